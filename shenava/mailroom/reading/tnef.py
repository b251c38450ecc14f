"""Outlook's parcel winmail.dat (TNEF, MS-OXTNEF), opened: its files and its body, whatever state it is in."""

from __future__ import annotations

import mimetypes
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from . import rtf
from .charsets import decode
from .shapes import File

SIGNATURE = b"\x78\x9f\x3e\x22"
_BODY, _CODEPAGE, _MESSAGE_PROPERTIES = 0x800C, 0x9007, 0x9003
_NEW_FILE, _TITLE, _CONTENT, _FILE_PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
_WIDTH = {0x02: 4, 0x03: 4, 0x04: 4, 0x0A: 4, 0x0B: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x14: 8, 0x40: 8, 0x48: 16}
_VARIABLE = {0x0D, 0x1E, 0x1F, 0x102}
_MAX_FILES, _MAX_VALUES, _MAX_DEPTH = 200, 20_000, 5


@dataclass(slots=True)
class Parcel:
    """What was in a TNEF: `is_whole` is False where its end or a checksum was missing."""

    files: list[File] = field(default_factory=list)
    text: str | None = None
    html: str | None = None
    is_whole: bool = True


@dataclass(slots=True)
class _Unpacking:
    parcel: Parcel
    codepage: str = "cp1252"
    depth: int = 0
    names: dict[int, bytes | str] = field(default_factory=dict)
    is_open: bool = False


def is_tnef(raw: bytes) -> bool:
    """Whether bytes begin as a TNEF does."""
    return raw.startswith(SIGNATURE)


def unpack(raw: bytes, depth: int = 0) -> Parcel:
    """Files and body of one TNEF; whatever stands before a damaged spot is kept."""
    work = _Unpacking(Parcel(), depth=depth)
    for level, kind, value in _attributes(raw, work.parcel):
        if level == 1:
            _message(work, kind, value)
        else:
            _file(work, kind, value)
    _close_file(work)
    return work.parcel


def _attributes(raw: bytes, parcel: Parcel) -> Iterator[tuple[int, int, bytes]]:
    at = 6
    while at + 9 <= len(raw):
        level, kind, length = struct.unpack_from("<BII", raw, at)
        at += 9
        if level not in {1, 2} or at + length > len(raw):
            parcel.is_whole = False
            if level in {1, 2} and length < 2**31:
                yield level, kind & 0xFFFF, raw[at:]
            return
        yield level, kind & 0xFFFF, raw[at : at + length]
        at += length + 2
    parcel.is_whole = 6 < len(raw) <= at


def _message(work: _Unpacking, kind: int, value: bytes) -> None:
    if kind == _CODEPAGE and len(value) >= 4:
        work.codepage = f"cp{struct.unpack_from('<I', value)[0]}"
    elif kind == _BODY:
        work.parcel.text = _letters(value, work)
    elif kind == _MESSAGE_PROPERTIES:
        _message_properties(work, value)


def _message_properties(work: _Unpacking, value: bytes) -> None:
    properties = dict(_properties(value))
    if 0x1000 in properties and not work.parcel.text:
        work.parcel.text = _letters(properties[0x1000], work)
    if 0x1013 in properties:
        codepage = properties.get(0x3FDE)
        known = f"cp{int.from_bytes(codepage, 'little')}" if isinstance(codepage, bytes) else work.codepage
        raw = properties[0x1013]
        work.parcel.html = (
            raw if isinstance(raw, str) else decode(raw.rstrip(b"\x00"), known.replace("cp65001", "utf-8"))
        )
    packed = properties.get(0x1009)
    if isinstance(packed, bytes) and not work.parcel.html:
        text, html = rtf.told(rtf.unpacked(packed))
        work.parcel.html = html
        work.parcel.text = work.parcel.text or text


def _file(work: _Unpacking, kind: int, value: bytes) -> None:
    if kind == _NEW_FILE:
        _close_file(work)
        work.is_open = True
    elif kind == _TITLE:
        work.names[_TITLE] = value.rstrip(b"\x00")
    elif kind == _CONTENT:
        work.names[_CONTENT] = value
    elif kind == _FILE_PROPERTIES:
        work.names.update(_properties(value))


def _close_file(work: _Unpacking) -> None:
    known, work.names = work.names, {}
    if not work.is_open or not known or len(work.parcel.files) >= _MAX_FILES:
        return
    content = known.get(_CONTENT)
    if content is None:
        content = known.get(0x3701, b"")
    raw = content if isinstance(content, bytes) else content.encode()
    name = _name(known, work)
    kind = _letters(known.get(0x370E, b""), work).lower() or mimetypes.guess_type(name)[0]
    cid = _letters(known.get(0x3712, b""), work).strip("<> ") or None
    if is_tnef(raw[16:20]) and work.depth < _MAX_DEPTH:
        _nested(work, raw[16:], name)
        return
    file = File(name, kind or "application/octet-stream", raw, inline=cid is not None, content_id=cid)
    work.parcel.files.append(file)


def _nested(work: _Unpacking, raw: bytes, name: str) -> None:
    """An embedded message stays one file, its words as text; files within it follow it."""
    inner = unpack(raw, work.depth + 1)
    said = inner.html or inner.text or ""
    kind = "text/html" if inner.html else "text/plain"
    work.parcel.files.append(File(name, kind if said else "application/ms-tnef", said.encode() or raw))
    work.parcel.files.extend(inner.files[: _MAX_FILES - len(work.parcel.files)])


def _name(known: dict[int, bytes | str], work: _Unpacking) -> str:
    """The long name, else the title, else the display name."""
    for key in (0x3707, _TITLE, 0x3001, 0x3704):
        name = _letters(known.get(key, b""), work).strip()
        if name:
            return name
    return ""


def _letters(value: bytes | str, work: _Unpacking) -> str:
    if isinstance(value, str):
        return value.rstrip("\x00")
    return decode(value.rstrip(b"\x00"), work.codepage)


def _properties(raw: bytes) -> Iterator[tuple[int, bytes | str]]:
    """(id, value) of every MAPI property: letters as str, everything else as bytes; stops at damage."""
    if len(raw) < 4:
        return
    count, at = min(struct.unpack_from("<I", raw)[0], _MAX_VALUES), 4
    for _ in range(count):
        if at + 4 > len(raw):
            return
        kind, identity = struct.unpack_from("<HH", raw, at)
        at = _past_name(raw, at + 4) if identity >= 0x8000 else at + 4
        values, at = _values(raw, at, kind)
        if values is None:
            return
        if values:
            first = values[0]
            yield identity, first.decode("utf-16-le", "replace") if kind & 0xFFF == 0x1F else first


def _past_name(raw: bytes, at: int) -> int:
    """A named property carries a GUID and a number or a name before its value."""
    if at + 24 > len(raw):
        return len(raw)
    kind, length = struct.unpack_from("<II", raw, at + 16)
    return at + 24 if kind == 0 else at + 24 + (length + 3 & ~3)


def _values(raw: bytes, at: int, kind: int) -> tuple[list[bytes] | None, int]:
    base, several = kind & 0xFFF, bool(kind & 0x1000) or kind & 0xFFF in _VARIABLE
    count = 1
    if several:
        if at + 4 > len(raw):
            return None, at
        count, at = struct.unpack_from("<I", raw, at)[0], at + 4
    if base not in _WIDTH and base not in _VARIABLE and base not in {0, 1}:
        return None, at
    values: list[bytes] = []
    for _ in range(min(count, _MAX_VALUES)):
        length, step = _WIDTH.get(base, 0), _WIDTH.get(base, 0)
        if base in _VARIABLE:
            if at + 4 > len(raw):
                return None, at
            length, at = struct.unpack_from("<I", raw, at)[0], at + 4
            step = length + 3 & ~3
        values.append(raw[at : at + length])
        at += step
        if at > len(raw) + 3:
            return values, at
    return values, at
