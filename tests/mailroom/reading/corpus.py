"""The collected mail of other projects and what they state of it, compared field by field."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from shenava.mailroom.reading import Reading

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "data"
needs_corpus = pytest.mark.skipif(not FOLDER.is_dir(), reason="the collected mail is not at ../shared/data")


def rows(name: str) -> list[dict[str, Any]]:
    """The rows of one manifest; empty where the material is absent."""
    path = FOLDER / name
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.is_file() else []


def raw(row: dict[str, Any]) -> bytes:
    return (FOLDER / row["file"]).read_bytes()


def squeezed(text: str) -> str:
    """Letters without any white space, tags or marks of emphasis."""
    text = re.sub(r"<!--.*?-->|<style.*?</style>|<script.*?</script>|<title>.*?</title>", "", text, flags=re.S | re.I)
    text = unescape(re.sub(r"<[^>]*>", "", text))
    return re.sub(r"[\s\u200b\ufeff]+", "", text)


def letters_only(text: str) -> str:
    return re.sub(r"[\s\u200b\ufeff]+", "", text)


def _addresses(value: Any) -> list[str]:
    if isinstance(value, list):
        return [one["address"].lower() for one in value if one.get("address")]
    return re.findall(r"[^\s<>,\"();:]+@[^\s<>,\"();]+", value.lower())


def _emails(boxes: Any) -> list[str]:
    return [box.email.lower() for box in boxes]


def same_from(reading: Reading, wanted: str) -> bool:
    return not _addresses(wanted) or reading.from_email.lower() in _addresses(wanted)


def same_to(reading: Reading, wanted: Any) -> bool:
    if isinstance(wanted, str):
        return set(_addresses(wanted)) <= set(_emails(reading.to))
    return [(one["address"] or "").lower() for one in wanted] == _emails(reading.to)


def same_reply_to(reading: Reading, wanted: Any) -> bool:
    if isinstance(wanted, str):
        return _addresses(wanted) == _emails(reading.reply_to)
    return [(one["name"] or "", one["address"] or "") for one in wanted] == [
        (b.name, b.email) for b in reading.reply_to
    ]


def same_date(reading: Reading, wanted: Any) -> bool:
    if isinstance(wanted, str):
        return (reading.date or "")[:16] == wanted[:16].replace(" ", "T") or not re.match(r"\d{4}-", wanted)
    sign = "-" if wanted["tz_before_gmt"] else "+"
    stamp = (
        f"{wanted['year']:04}-{wanted['month']:02}-{wanted['day']:02}"
        f"T{wanted['hour']:02}:{wanted['minute']:02}:{min(wanted['second'], 59):02}"
    )
    zone = f"{sign}{wanted['tz_hour']:02}:{wanted['tz_minute']:02}".replace("-00:00", "+00:00")
    return reading.date == stamp + zone


def same_attachments(reading: Reading, wanted: list[dict[str, Any]]) -> bool:
    """Every file that was stated is there; copies of the HTML body and parts without a type are no files."""
    real = [one for one in wanted if not one.get("is_original_html_part") and one.get("mime_type", "") is not None]
    return all(any(_same_file(have, one) for have in reading.files) for one in real)


def _same_file(have: Any, one: dict[str, Any]) -> bool:
    """The same bytes (line ends of messages aside), or the same name and size, or the same unnamed kind."""
    stored = {hashlib.sha256(raw).hexdigest() for raw in _line_ends(have.content)}
    hashed = {hashlib.md5(have.content).hexdigest(), *stored}
    if one.get("sha256", one.get("md5")) in hashed:
        return True
    if one.get("filename") is None:
        return one.get("content_type") in {None, have.content_type}
    return have.filename == one["filename"] and one.get("size", len(have.content)) == len(have.content)


def _line_ends(content: bytes) -> list[bytes]:
    """Some sources count the line end before the boundary, or the line ends of a server, to a message."""
    crlf = content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    return [content, content + b"\n", crlf, crlf + b"\r\n", content + b"\r\n"]


def same_count(reading: Reading, wanted: int) -> bool:
    return len(reading.attachments) == wanted


def alike(wanted: str, have: str) -> bool:
    """Equal; a letter that the source could not decode itself is any letter."""
    if "\ufffd" not in wanted:
        return wanted == have
    return re.fullmatch(".{0,3}".join(re.escape(piece) for piece in re.split("\ufffd+", wanted)), have) is not None


def said(wanted: Any) -> str:
    return wanted if isinstance(wanted, str) else "\n".join(one["content"] for one in wanted)


def same_text(reading: Reading, wanted: Any) -> bool:
    if not isinstance(wanted, str) and any(one["kind"] == "html" for one in wanted):
        return squeezed(said(wanted)) in (squeezed(reading.text), squeezed(reading.html or ""))
    return any(
        alike(letters_only(said(wanted)), have) for have in (letters_only(reading.text), squeezed(reading.html or ""))
    )


def same_html(reading: Reading, wanted: Any) -> bool:
    if not isinstance(wanted, str) and not any(one["kind"] == "html" for one in wanted):
        return same_text(reading, wanted)
    return alike(squeezed(said(wanted)), squeezed(reading.html or ""))


def same_sanitised(reading: Reading, wanted: str) -> bool:
    have = {squeezed(reading.text), squeezed(reading.html or "")}
    return wanted == "no visible content" or squeezed(wanted) in have


def same_text_file(reading: Reading, wanted: str) -> bool:
    text = (FOLDER / wanted).read_text("utf-8", "replace")
    return letters_only(text) in letters_only(reading.text) or letters_only(text) == letters_only(reading.text)


def same_html_file(reading: Reading, wanted: str) -> bool:
    return squeezed((FOLDER / wanted).read_text("utf-8", "replace")) in squeezed(reading.html or "")


def is_machine(reading: Reading) -> bool:
    return reading.automatic or reading.list or reading.bounce is not None


CHECKS: dict[str, Callable[[Reading, Any], bool]] = {
    "subject": lambda r, w: alike(letters_only(w or ""), letters_only(r.subject)),
    "from_email": lambda r, w: r.from_email.lower() == (w or "").lower(),
    "from": same_from,
    "from_name": lambda r, w: r.from_name == (w or ""),
    "from_display_name": lambda r, w: r.from_name == (w or ""),
    "from_addresses": lambda r, w: r.from_email.lower() == w[0].lower(),
    "to": same_to,
    "to_email": lambda r, w: not w or w.lower() in _emails(r.to),
    "to_name": lambda r, w: not w or w in [box.name for box in r.to],
    "to_addresses": lambda r, w: [one.lower() for one in w] == _emails(r.to),
    "cc": lambda r, w: _addresses(w) == _emails(r.cc),
    "cc_addresses": lambda r, w: [one.lower() for one in w] == _emails(r.cc),
    "reply_to": same_reply_to,
    "message_id": lambda r, w: (r.message_id or "") == (w or "").strip("<>"),
    "date": same_date,
    "attachments": same_attachments,
    "attachment_count": same_count,
    "first_attachment_size": lambda r, w: bool(r.attachments) and r.attachments[0]["size"] == w,
    "first_attachment_filename": lambda r, w: bool(r.attachments) and r.attachments[0]["filename"] == w,
    "attachment_filenames_include": lambda r, w: set(w) <= {one["filename"] for one in r.attachments},
    "text_body": same_text,
    "html_body": same_html,
    "body_zammad_sanitised": same_sanitised,
    "text_file": same_text_file,
    "html_file": same_html_file,
    "has_html_body": lambda r, w: (r.html is not None) == w,
    "is_delivery_status": lambda r, w: (r.bounce is not None) == w,
    "is_bounce": lambda r, w: (r.bounce is not None) == w,
    "dsn_status": lambda r, w: r.bounce is not None and r.bounce.status == w,
    "dsn_action": lambda r, w: r.bounce is not None and r.bounce.recipients[0].action == w,
    "dsn_final_recipient": lambda r, w: r.bounce is not None and (r.bounce.recipient or "?") in w,
    "is_bulk": lambda r, w: r.list == w,
    "is_auto_generated": lambda r, w: r.automatic == w,
    "is_auto_response": lambda r, w: r.automatic == w,
    "send_auto_response": lambda r, w: is_machine(r) != w,
}


def disagreements(reading: Reading, expect: dict[str, Any]) -> Iterator[str]:
    """The keys of an expectation that the reading does not meet."""
    return (key for key, check in CHECKS.items() if key in expect and not check(reading, expect[key]))


def reply_disagreements(have: str, expect: dict[str, Any]) -> Iterator[str]:
    """What a source states of the new words of a reply, white space aside, and is not so."""
    whole = ("reply_text", "reply_text_ignoring_whitespace", "first_fragment_trimmed", "first_fragment", "visible_text")
    stated = [expect[key] for key in whole if key in expect][:1]
    yield from (one for one in stated if letters_only(one) != letters_only(have))
    for one in expect.get("fragment_regex", []):
        if one["fragment"] == 0 and bool(re.search(one["regex"], have)) != one["matches"]:
            yield one["regex"]
    for one in expect.get("checks", []):
        if one["message"] == 0 and one["field"] == "body" and not _holds(one, letters_only(have)):
            yield one["value"]
    if expect.get("signature") and letters_only(expect["signature"]) in letters_only(have):
        yield expect["signature"]
    if "reply_html" in expect and squeezed(expect["reply_html"]) != letters_only(have):
        yield expect["reply_html"]


def _holds(check: dict[str, Any], have: str) -> bool:
    value = letters_only(check["value"])
    return {"in": value in have, "not in": value not in have, "==": value == have}[check["op"]]
