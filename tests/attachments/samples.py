"""Small files of many kinds, made in the test."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib


def zipped(members: dict[str, bytes]) -> bytes:
    """A zip archive; members in the given order, stored."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def png() -> bytes:
    """A picture of one pixel."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def ole(entry: str) -> bytes:
    """A compound file whose directory, in the second sector, names one stream."""
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", head, 30, 9)
    struct.pack_into("<I", head, 48, 1)
    return bytes(head) + bytes(512) + "Root Entry".encode("utf-16-le").ljust(128, b"\0") + entry.encode("utf-16-le")


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS: list[tuple[str, bytes, str]] = [
    ("a.pdf", b"%PDF-1.7\n...", "application/pdf"),
    ("a.png", png(), "image/png"),
    ("a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0", "image/jpeg"),
    ("a.gif", b"GIF89a;<script>alert(1)</script>", "image/gif"),
    ("a.webp", b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp"),
    ("a.tif", b"II*\0\x08\0\0\0", "image/tiff"),
    ("a.bmp", b"BM\x10\0\0\0\0\0\0\0", "image/bmp"),
    ("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0", "image/heic"),
    ("a.docx", zipped({"[Content_Types].xml": b"", "word/document.xml": b""}), WORD),
    ("a.odt", zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}),
     "application/vnd.oasis.opendocument.text"),
    ("a.docm", zipped({"[Content_Types].xml": b"", "word/document.xml": b"", "word/vbaProject.bin": b""}),
     "application/octet-stream"),
    ("a.zip", zipped({"letter.txt": b"hello"}), "application/zip"),
    ("a.doc", ole("WordDocument"), "application/msword"),
    ("a.xls", ole("Workbook"), "application/vnd.ms-excel"),
    ("a.msi", ole("InstallerTables"), "application/octet-stream"),
    ("a.txt", "سلام، دستگاه روشن نمی‌شود".encode(), "text/plain"),
    ("a.csv", b"a,b\n1,2\n", "text/csv"),
    ("a.eml", b"Received: by x\r\n\tfolded\r\nFrom: a@example.com\r\nSubject: x\r\n\r\nhi", "message/rfc822"),
    ("a.mp3", b"ID3\x04\0\0", "audio/mpeg"),
    ("a.m4a", b"\0\0\0\x18ftypM4A \0\0\0\0", "audio/mp4"),
    ("a.wav", b"RIFF\x10\0\0\0WAVEfmt ", "audio/wav"),
    ("a.ogg", b"OggS\0\x02", "audio/ogg"),
    ("a.amr", b"#!AMR\n", "audio/amr"),
    ("a.mp4", b"\0\0\0\x18ftypisom\0\0\0\0", "video/mp4"),
    ("a.mov", b"\0\0\0\x14ftypqt  \0\0\0\0", "video/quicktime"),
    ("a.3gp", b"\0\0\0\x14ftyp3gp5\0\0\0\0", "video/3gpp"),
    ("picture.png", b'<svg xmlns="http://www.w3.org/2000/svg" onload="x"/>', "application/octet-stream"),
    ("a.txt", b"  <!DOCTYPE html><script>alert(1)</script>", "application/octet-stream"),
    ("a.html", b"<p>hello</p>", "application/octet-stream"),
    ("a.js", b"alert(1)", "application/octet-stream"),
    ("a.txt", b"#!/bin/sh\nrm -rf /\n", "application/octet-stream"),
    ("a.exe", b"MZ\x90\0\x03\0", "application/octet-stream"),
    ("a.txt", b"\xff\xfe\xfa\0bytes", "application/octet-stream"),
    ("empty", b"", "application/octet-stream"),
]  # fmt: skip
