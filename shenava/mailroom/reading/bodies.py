"""What the sender wrote and what they attached: the tree of parts told apart into text, HTML and files."""

from __future__ import annotations

import html as entities
import mimetypes
import re
from dataclasses import dataclass, field
from itertools import islice

from . import tnef
from .charsets import decode, is_known
from .mime import Part
from .plain import to_text
from .shapes import LIMITS, Defects, File, Limits
from .transfer import uuencoded

_BAD_IN_NAME = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff/\\]+")
_MARKUP = re.compile(r"<(?:bold|italic|fixed|smaller|bigger|center|nofill|flush\w+|indent\w*|param|lt|nl|/\w+)>", re.I)
_META = re.compile(rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.IGNORECASE)
# What stays open until it is closed.
_CONTAINER = re.compile(
    r"<(/?)(?!(?:br|hr|img|meta|link|input|p|li|td|tr|th|col|wbr|o:p)\b)([a-z][a-z0-9]{0,15})", re.IGNORECASE
)
_EXTENSIONS = {"text/plain": ".txt", "image/jpeg": ".jpg", "message/rfc822": ".eml", "text/calendar": ".ics"}


@dataclass(slots=True)
class Body:
    """What one part says: plain text and HTML, each None where the part has none of it."""

    text: str | None = None
    html: str | None = None


@dataclass(slots=True)
class Contents:
    """A whole message told apart. `text` is never None; `html` is the raw HTML as sent."""

    text: str = ""
    html: str | None = None
    text_was_sent: bool = False
    files: list[File] = field(default_factory=list)


@dataclass(slots=True)
class _Sorting:
    defects: Defects
    limits: Limits
    files: list[File] = field(default_factory=list)


def contents(root: Part, defects: Defects, limits: Limits = LIMITS) -> Contents:
    """Text, HTML and files of a message; text is made from the HTML where only that was sent."""
    sorting = _Sorting(defects, limits)
    body = _body(root, sorting)
    tnef_body = _open_tnef(sorting)
    if tnef_body is not None and not (body.text or "").strip() and not body.html:
        body = tnef_body
    text, html = body.text, body.html
    html = html if html is None else _within(html, defects, limits)
    found = Contents(html=html, text_was_sent=bool(text and text.strip()), files=sorting.files)
    found.text = text if text and (text.strip() or html is None) else to_text(html or "")
    found.text = tidy(found.text)[: limits.text_bytes]
    return found


def _within(html: str, defects: Defects, limits: Limits) -> str:
    """HTML up to its caps: so many characters, so many tags (deeply nested ones cost the cleaner dearly)."""
    if len(html) > limits.html_bytes:
        defects.say(f"limits: HTML of {len(html)} characters")
        html = html[: limits.html_bytes]
    for sign, at_most in (("<", limits.html_tags), ("&", 3 * limits.html_tags)):
        if html.count(sign) > at_most:
            defects.say(f"limits: more than {at_most} {sign} in the HTML")
            html = html[: next(islice(re.finditer(sign, html), at_most, None)).start()]
    too_deep = _where_too_deep(html, limits.html_depth)
    if too_deep is not None:
        defects.say(f"limits: HTML nested deeper than {limits.html_depth}")
    return html[:too_deep]


def _where_too_deep(html: str, at_most: int) -> int | None:
    """The offset at which more containers are open than a parser can bear; every tag looks through them all."""
    is_open: dict[str, int] = {}
    depth = 0
    for match in _CONTAINER.finditer(html):
        closing, name = match.group(1), match.group(2).lower()
        if not closing:
            is_open[name] = is_open.get(name, 0) + 1
            depth += 1
        elif is_open.get(name):
            is_open[name] -= 1
            depth -= 1
        if depth > at_most:
            return match.start()
    return None


def tidy(text: str) -> str:
    """Line ends of one kind, no NUL, no blanks at the end of the whole."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").rstrip()


def _body(part: Part, sorting: _Sorting) -> Body:
    kind = part.content_type
    if part.children:
        if kind == "multipart/alternative":
            return _best([_body(child, sorting) for child in part.children])
        return _joined([_body(child, sorting) for child in part.children])
    if kind in {
        "text/plain",
        "text/html",
        "text/enriched",
        "text/richtext",
        "text/markdown",
    } and not _is_file(part):
        return _text(part, sorting)
    sorting.files.append(_file(part, sorting))
    return Body()


def _best(bodies: list[Body]) -> Body:
    """Of alternatives, the richest of each sort: the last HTML, the longest text, so that nothing is lost."""
    best = Body()
    for body in bodies:
        if body.html is not None and body.html.strip():
            best.html = body.html
        if body.text is not None and len(body.text.strip()) >= len((best.text or "").strip()):
            best.text = body.text
    return best


def _joined(bodies: list[Body]) -> Body:
    """Of parts that follow each other: all of them. Text beside HTML joins it in both forms."""
    said = [body for body in bodies if body.text is not None or body.html is not None]
    if len(said) < 2:
        return said[0] if said else Body()
    if all(body.html is None for body in said):
        return Body("\n".join(body.text or "" for body in said))
    texts = [body.text if body.text is not None else to_text(body.html or "") for body in said]
    htmls = [body.html if body.html is not None else _as_html(body.text or "") for body in said]
    only_html = all(body.text is None for body in said)
    return Body(None if only_html else "\n".join(texts), "\n".join(htmls))


def _as_html(text: str) -> str:
    lines = entities.escape(tidy(text), quote=False).split("\n")
    return f'<div dir="auto">{"<br>".join(lines)}</div>' if text.strip() else ""


def _is_file(part: Part) -> bool:
    """Text with a name or marked as an attachment is a file; a nameless inline text is body."""
    named = bool(part.disposition_parameters.get("filename"))
    if part.disposition == "attachment":
        return True
    if named:
        return True
    return bool(part.parameters.get("name")) and part.disposition != "inline"


def _text(part: Part, sorting: _Sorting) -> Body:
    raw = part.content(sorting.defects)[: sorting.limits.text_bytes]
    if part.content_type == "text/html":
        return Body(html=html_letters(raw, part, sorting.defects))
    if b"\nbegin " in raw or raw.startswith(b"begin "):
        raw, found = uuencoded(raw)
        for name, content in found:
            sorting.files.append(File(_safe_name(name), _type_by_name(name), content))
    letters = _letters(raw, part, sorting.defects)
    if part.content_type in {"text/enriched", "text/richtext"}:
        letters = _MARKUP.sub("", letters.replace("\n\n", "\n"))
    if part.parameters.get("format", "").lower() == "flowed":
        letters = unflowed(letters, part.parameters.get("delsp", "").lower() == "yes")
    return Body(text=letters)


def _letters(raw: bytes, part: Part, defects: Defects) -> str:
    declared = part.parameters.get("charset")
    if declared and not is_known(declared):
        defects.say(f"charset unknown: {declared[:40]}")
    return tidy(decode(raw, declared)) if raw else ""


def html_letters(raw: bytes, part: Part, defects: Defects) -> str:
    """HTML as letters; its own meta tag is asked where the part names no charset."""
    declared = part.parameters.get("charset")
    if not declared or not is_known(declared):
        meta = _META.search(raw[:5_000])
        declared = meta.group(1).decode("ascii", "replace") if meta is not None else declared
    if declared and not is_known(declared):
        defects.say(f"charset unknown: {declared[:40]}")
    return decode(raw, declared).replace("\x00", "")


def unflowed(text: str, delete_space: bool) -> str:
    """RFC 3676: a line that ends in a blank goes on in the next one of the same quoting depth."""
    lines: list[str] = []
    open_depth = -1
    for line in text.split("\n"):
        bare = line.lstrip(">")
        depth = len(line) - len(bare)
        bare = bare.removeprefix(" ")
        flows = bare.endswith(" ") and bare != "-- "
        if depth == open_depth and bare != "-- ":
            lines[-1] += bare
        else:
            lines.append((">" * depth + " " if depth else "") + bare)
        if flows and delete_space:
            lines[-1] = lines[-1][:-1]
        open_depth = depth if flows else -1
    return "\n".join(lines)


def _file(part: Part, sorting: _Sorting) -> File:
    name = part.disposition_parameters.get("filename") or part.parameters.get("name") or ""
    content = part.content(sorting.defects)
    cid = part.headers.text("content-id").strip("<> ") or None
    inline = part.disposition == "inline" or (cid is not None and part.disposition != "attachment")
    return File(_safe_name(name) or _made_up(part, len(sorting.files) + 1), part.content_type, content, inline, cid)


def _made_up(part: Part, number: int) -> str:
    """A name for a file that came without one."""
    kind = part.content_type
    if kind == "message/rfc822":
        head = part.content(Defects())[:4_000]
        found = re.search(rb"^subject:[ \t]*([^\r\n]+)", head, re.IGNORECASE | re.MULTILINE)
        title = _safe_name(decode(found.group(1)))[:80] if found is not None else ""
        return f"{title or f'message-{number}'}.eml"
    if kind == "message/delivery-status":
        return "delivery-report.txt"
    by_id = _safe_name(part.headers.text("content-id").strip("<> ").partition("@")[0])
    if re.fullmatch(r"[\w.() -]{1,80}\.[A-Za-z][A-Za-z0-9]{1,4}", by_id):
        return by_id
    extension = _EXTENSIONS.get(kind) or mimetypes.guess_extension(kind) or ".bin"
    stem = kind.partition("/")[0] if kind.startswith(("image/", "audio/", "video/")) else "attachment"
    return f"{stem}-{number}{extension}"


def _safe_name(name: str) -> str:
    """The last component of a name, without control, direction or invisible marks, at most 200 characters."""
    parts = [piece for piece in _BAD_IN_NAME.split(name.strip()) if piece.strip(". ")]
    last = parts[-1].strip() if parts else ""
    stem, dot, extension = last.rpartition(".")
    return f"{stem[:180]}{dot}{extension[:20]}" if len(last) > 200 else last


def _type_by_name(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _open_tnef(sorting: _Sorting) -> Body | None:
    """Outlook's winmail.dat is a parcel: what is in it takes its place."""
    for index, file in enumerate(sorting.files):
        if not (file.content_type.endswith("ms-tnef") or tnef.is_tnef(file.content)):
            continue
        parcel = None
        with sorting.defects.surviving("tnef"):
            parcel = tnef.unpack(file.content)
        if parcel is None or not parcel.is_whole:
            sorting.defects.say("tnef: damaged")
        if parcel is not None and (parcel.is_whole or parcel.files or parcel.text or parcel.html):
            named = [
                File(
                    _safe_name(f.filename) or f"attachment-{index + 1}",
                    f.content_type,
                    f.content,
                    f.inline,
                    f.content_id,
                )
                for f in parcel.files
            ]
            sorting.files[index : index + 1] = named
            return Body(parcel.text, parcel.html)
    return None
