"""The tree of parts of one message, in linear time and bounded depth.

The standard library's parser needs 25 s for 100,000 flat parts and fails on deep nesting; here a multipart
is cut at its boundary lines by offset, without copying, and everything beyond the caps is left out by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .charsets import codec_name
from .headers import Headers, split_head
from .parameters import split_parameters
from .shapes import LIMITS, Defects, Limits
from .transfer import decoded

_GUESS = re.compile(
    rb"(?:\A|\n|\r)--([^\s-][^\r\n]{0,200}?|"
    rb"-{1,60}[^\r\n\s-][^\r\n]{0,200}?)[ \t]*(?:\r\n|\n|\r)(?=[Cc][Oo][Nn][Tt])"
)
_TYPE = re.compile(r"^[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,100}$")


@dataclass(slots=True)
class Part:
    """One node of the tree: its head, and either children or bytes."""

    headers: Headers
    content_type: str
    parameters: dict[str, str]
    disposition: str
    disposition_parameters: dict[str, str]
    source: bytes
    start: int
    end: int
    children: list[Part] = field(default_factory=list)
    decoded: bytes | None = None

    def content(self, defects: Defects) -> bytes:
        """The decoded bytes of a leaf, or the raw bytes of a node."""
        if self.decoded is None:
            encoding = self.headers.token("content-transfer-encoding").strip("\"'")
            self.decoded = decoded(self.source[self.start : self.end], encoding, defects)
        return self.decoded

    def walk(self) -> Iterator[Part]:
        """This part and all below it, in the order of the message."""
        waiting = [self]
        while waiting:
            part = waiting.pop()
            yield part
            waiting.extend(reversed(part.children))


@dataclass(slots=True)
class _Walk:
    """What stays the same while one message is taken apart."""

    defects: Defects
    limits: Limits
    parts: int = 0


def parse(raw: bytes, defects: Defects, limits: Limits = LIMITS) -> Part:
    """The tree of one message. Never raises for what the message holds; see `defects` for what was mended."""
    if len(raw) > limits.message_bytes:
        defects.say(f"limits: message of {len(raw)} bytes")
        raw = raw[: limits.message_bytes]
    root = _part(raw, 0, len(raw), _Walk(defects, limits), 0)
    _pass_on_charset(root)
    return root


def _pass_on_charset(root: Part) -> None:
    """Raw eight-bit headers are read in the charset of the first text that names one."""
    for part in root.walk():
        declared = part.parameters.get("charset")
        if part.content_type.startswith("text/") and codec_name(declared) not in {None, "ascii", "utf-8"}:
            root.headers.hint = declared
            return


def _part(source: bytes, start: int, end: int, walk: _Walk, depth: int, default: str = "text/plain") -> Part:
    walk.parts += 1
    headers, body = split_head(source, start, end, walk.defects, walk.limits)
    kind, parameters = split_parameters(headers.letters("content-type"))
    disposition, details = split_parameters(headers.letters("content-disposition"))
    kind = _known_type(kind, default, parameters, details)
    part = Part(headers, kind, parameters, disposition, details, source, body, end)
    if kind.startswith("multipart/"):
        _open(part, walk, depth)
    return part


def _known_type(kind: str, default: str, parameters: dict[str, str], details: dict[str, str]) -> str:
    if _TYPE.match(kind):
        return kind
    if kind in {"text", "plain", "html"}:
        return "text/html" if kind == "html" else "text/plain"
    if kind in {"multipart", "mixed"} or (not kind and "boundary" in parameters):
        return "multipart/mixed"
    named = "filename" in details or "name" in parameters
    return "application/octet-stream" if kind and named else default


def _open(part: Part, walk: _Walk, depth: int) -> None:
    """Cut a multipart into its children; one that cannot be cut is read as the text that it is."""
    if depth >= walk.limits.depth:
        walk.defects.say(f"limits: nested deeper than {walk.limits.depth}")
        return
    if part.headers.token("content-transfer-encoding") in {"base64", "quoted-printable"}:
        _unwrap(part, walk)
    pieces = _pieces(part, walk)
    default = "message/rfc822" if part.content_type == "multipart/digest" else "text/plain"
    for start, end in pieces:
        if walk.parts >= walk.limits.parts:
            walk.defects.say(f"limits: more than {walk.limits.parts} parts")
            break
        part.children.append(_part(part.source, start, end, walk, depth + 1, default))
    if not part.children:
        walk.defects.say("mime: a multipart without parts")
        part.content_type = "text/html" if b"<html" in part.source[part.start : part.start + 2000] else "text/plain"


def _unwrap(part: Part, walk: _Walk) -> None:
    """Some gateways encode a whole multipart, which the standard forbids."""
    body = part.source[part.start : part.end]
    marker = b"--" + part.parameters.get("boundary", "\n").encode("utf-8", "surrogateescape")
    if marker in body:
        return
    walk.defects.say("mime: an encoded multipart")
    part.source = part.content(walk.defects)
    part.start, part.end = 0, len(part.source)


def _pieces(part: Part, walk: _Walk) -> list[tuple[int, int]]:
    boundary = part.parameters.get("boundary", "").encode("utf-8", "surrogateescape")
    pieces = _cut(part, boundary, walk.limits) if boundary else []
    if not pieces:
        guess = _GUESS.search(part.source, part.start, min(part.end, part.start + 200_000))
        if guess is not None:
            walk.defects.say("mime: boundary missing or wrong, guessed")
            pieces = _cut(part, guess.group(1), walk.limits)
    return pieces


def _cut(part: Part, boundary: bytes, limits: Limits) -> list[tuple[int, int]]:
    """Offsets of the children between boundary lines; an unclosed last one runs to the end."""
    mark = re.compile(b"--" + re.escape(boundary.rstrip()) + rb"(--)?[ \t]*(?=[\r\n]|\Z)")
    pieces: list[tuple[int, int]] = []
    begun: int | None = None
    for match in mark.finditer(part.source, part.start, part.end):
        before = match.start()
        if before > part.start and part.source[before - 1] not in b"\r\n":
            continue
        if begun is not None:
            pieces.append((begun, _without_newline(part.source, begun, before)))
        begun = None if match.group(1) else _past_newline(part.source, match.end(), part.end)
        if len(pieces) > limits.parts:
            return pieces
    if begun is not None and begun < part.end:
        pieces.append((begun, part.end))
    return pieces


def _past_newline(source: bytes, at: int, end: int) -> int:
    if source[at : at + 2] == b"\r\n":
        return min(at + 2, end)
    return min(at + 1, end)


def _without_newline(source: bytes, begun: int, at: int) -> int:
    """The line end before a boundary belongs to the boundary."""
    if at - 2 >= begun and source[at - 2 : at] == b"\r\n":
        return at - 2
    return at - 1 if at - 1 >= begun and source[at - 1] in b"\r\n" else at
