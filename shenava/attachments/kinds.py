"""What kind of file these bytes are. Pure: the sender's word for it (header, ending) is never believed.

Archives are looked into by the names of their members only; nothing is ever unpacked.
"""

from __future__ import annotations

import re
import struct
from typing import BinaryIO

UNKNOWN = "application/octet-stream"
HEAD_BYTES = 4096
MEMBER_BYTES = 1024 * 1024

ENDINGS: dict[str, tuple[str, ...]] = {
    "application/pdf": ("pdf",),
    "application/rtf": ("rtf",),
    "application/msword": ("doc",),
    "application/vnd.ms-excel": ("xls",),
    "application/vnd.ms-powerpoint": ("ppt",),
    "application/vnd.ms-outlook": ("msg",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("xlsx",),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ("pptx",),
    "application/vnd.oasis.opendocument.text": ("odt",),
    "application/vnd.oasis.opendocument.spreadsheet": ("ods",),
    "text/plain": ("txt", "log"),
    "text/csv": ("csv",),
    "message/rfc822": ("eml",),
    "image/png": ("png",),
    "image/jpeg": ("jpg", "jpeg", "jfif"),
    "image/gif": ("gif",),
    "image/webp": ("webp",),
    "image/tiff": ("tif", "tiff"),
    "image/bmp": ("bmp",),
    "image/heic": ("heic", "heif"),
    "audio/mpeg": ("mp3",),
    "audio/mp4": ("m4a",),
    "audio/wav": ("wav",),
    "audio/ogg": ("ogg", "oga", "opus"),
    "audio/amr": ("amr",),
    "video/mp4": ("mp4", "m4v"),
    "video/quicktime": ("mov",),
    "video/3gpp": ("3gp", "3g2"),
    "video/webm": ("webm",),
}
ACCEPTED = frozenset(ENDINGS)
"""What a stranger may hand in by the portal: documents, pictures, sound, video."""
INLINE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""What a browser may show instead of saving: pictures made of pixels only."""

MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"{\\rtf", "application/rtf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"#!AMR", "audio/amr"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
    (b"\xff\xf2", "audio/mpeg"),
    (b"\x1a\x45\xdf\xa3", "video/webm"),
)
RIFF = {b"WAVE": "audio/wav", b"WEBP": "image/webp"}
BRANDS = (
    (b"qt", "video/quicktime"),
    (b"M4A", "audio/mp4"),
    (b"M4B", "audio/mp4"),
    (b"3g", "video/3gpp"),
    (b"hei", "image/heic"),
    (b"hev", "image/heic"),
    (b"mif1", "image/heic"),
    (b"msf1", "image/heic"),
)
OFFICE = (
    ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)
OPEN_DOCUMENT = (
    (b"application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "application/vnd.oasis.opendocument.spreadsheet"),
)
OLE = (
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("__substg1.0", "application/vnd.ms-outlook"),
)
ACTIVE_TEXT = re.compile(rb"<\s*(?:!doctype|html|head|body|svg|script|iframe|\?xml|math|style)|^\s*<\?|^#!", re.I)
MAIL_HEADER = re.compile(
    rb"\A(?:[A-Za-z0-9-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:from|received|message-id|mime-version):", re.I
)


def recognise(file: BinaryIO, ending: str) -> str:
    """The content type of a seekable file, from its bytes; `application/octet-stream` for all else.

    `ending` (lower case, no dot) only tells plain text from CSV and from programs, which look alike.
    """
    file.seek(0)
    head = file.read(HEAD_BYTES)
    for magic, content_type in MAGIC:
        if head.startswith(magic):
            return content_type
    return _container(file, head) or _text(file, head, ending)


def ending_of(name: str) -> str:
    """The ending of a file name in lower case without its dot; empty when it has none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def _container(file: BinaryIO, head: bytes) -> str | None:
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(file, head)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _ole(file, head)
    if head.startswith(b"RIFF"):
        return RIFF.get(head[8:12], UNKNOWN)
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0":
        return "image/bmp"
    return _film(head)


def _film(head: bytes) -> str | None:
    if head[4:8] == b"ftyp":
        return next((kind for start, kind in BRANDS if head.startswith(start, 8)), "video/mp4")
    return "video/quicktime" if head[4:8] in {b"moov", b"mdat", b"wide"} else None


def _zip(file: BinaryIO, head: bytes) -> str:
    if head[30:38] == b"mimetype":
        kinds = (kind for magic, kind in OPEN_DOCUMENT if _stored_mimetype(head) == magic)
        return next(kinds, UNKNOWN)
    names = member_names(file)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return UNKNOWN
    if "[Content_Types].xml" in names:
        return next((kind for part, kind in OFFICE if part in names), UNKNOWN)
    return "application/zip"


def _stored_mimetype(head: bytes) -> bytes:
    method, size = struct.unpack_from("<H", head, 8)[0], struct.unpack_from("<I", head, 18)[0]
    return head[38 : 38 + min(size, 100)] if method == 0 else b""


def member_names(file: BinaryIO) -> frozenset[str]:
    """Names in a zip's directory, from at most its first MiB; empty for a broken archive."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 66_000))
    tail = file.read(66_000)
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) < end + 22:
        return frozenset()
    length, start = struct.unpack_from("<II", tail, end + 12)
    file.seek(min(start, size))
    return frozenset(_names(file.read(min(length, MEMBER_BYTES))))


def _names(directory: bytes) -> list[str]:
    names, place = [], 0
    while directory[place : place + 4] == b"PK\x01\x02" and len(directory) >= place + 46:
        name, extra, comment = struct.unpack_from("<HHH", directory, place + 28)
        names.append(directory[place + 46 : place + 46 + name].decode("utf-8", "replace"))
        place += 46 + name + extra + comment
    return names


def _ole(file: BinaryIO, head: bytes) -> str:
    if len(head) < 512:
        return UNKNOWN
    shift, first = struct.unpack_from("<H", head, 30)[0], struct.unpack_from("<I", head, 48)[0]
    if shift not in (9, 12):
        return UNKNOWN
    file.seek((first + 1) << shift)
    directory = file.read(HEAD_BYTES)
    return next((kind for entry, kind in OLE if entry.encode("utf-16-le") in directory), UNKNOWN)


def _text(file: BinaryIO, head: bytes, ending: str) -> str:
    if ending not in {"", "txt", "log", "csv", "eml"} or not head or _is_binary(head):
        return UNKNOWN
    if MAIL_HEADER.match(head):
        return "message/rfc822"
    if ending == "eml" or ACTIVE_TEXT.search(head) or not _is_utf8(head):
        return UNKNOWN
    return "text/csv" if ending == "csv" else "text/plain"


def _is_binary(head: bytes) -> bool:
    return any(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head)


def _is_utf8(head: bytes) -> bool:
    for cut in range(4):  # the head may end within a letter
        try:
            head[: len(head) - cut].decode()
        except UnicodeDecodeError:
            continue
        return True
    return False
