"""Letters made to exhaust a reader, generated: none is larger than it must be to do harm elsewhere."""

import base64
import struct

HEAD = b"From: Sara <sara@example.com>\r\nSubject: My order\r\nMessage-ID: <bomb@example.com>\r\n"


def flat_parts() -> bytes:
    part = b"--b\r\n\r\n\r\n"
    return HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + part * 100_000 + b"--b--\r\n"


def nested_parts(depth: int = 1_000) -> bytes:
    parts = [HEAD + b"Content-Type: multipart/mixed; boundary=b0\r\n\r\n"]
    parts += [b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n" % (n, n + 1) for n in range(depth)]
    return b"".join(parts) + b"--b%d\r\n\r\nhello\r\n" % depth


def nested_comments() -> bytes:
    return b"From: " + b"(" * 5_000 + b")" * 5_000 + b" sara@example.com\r\nSubject: x\r\n\r\nhello"


def encoded_words() -> bytes:
    return b"From: sara@example.com\r\nSubject: " + b"=?utf-8?q?a?=\r\n " * 20_000 + b"\r\n\r\nhello"


def many_headers() -> bytes:
    return HEAD + b"X-A: b\r\n" * 300_000 + b"\r\nhello"


def one_long_header() -> bytes:
    return HEAD + b"X-A: " + b"a (" * 1_000_000 + b"\r\n\r\nhello"


def many_recipients() -> bytes:
    return HEAD + b"To: " + b"a@example.com, " * 200_000 + b"\r\n\r\nhello"


def half_encoded_words() -> bytes:
    return HEAD + b"To: " + b"=?a?q?" * 200_000 + b"\r\nSubject: " + b"=?a?q?" * 100_000 + b"\r\n\r\nhello"


def many_parameters() -> bytes:
    return HEAD + b"Content-Type: text/plain; " + b'a*0="b; ' * 200_000 + b"\r\n\r\nhello"


def deep_html(tag: bytes = b"<div><b><table><td>") -> bytes:
    return HEAD + b"Content-Type: text/html\r\n\r\n" + tag * 100_000 + b"hello"


def nested_quotations() -> bytes:
    return deep_html(b"<blockquote><ul><li>")


def crossed_tags() -> bytes:
    return deep_html(b"<b></i>")


def references() -> bytes:
    return deep_html(b"&amp" * 5)


def parentheses() -> bytes:
    names = (b"From", b"Content-Type", b"Authentication-Results", b"Date", b"Content-Disposition", b"To")
    return HEAD + b"".join(name + b": " + b"(" * 65_000 + b"\r\n" for name in names) + b"\r\nhello"


def unclosed_html() -> bytes:
    return HEAD + b"Content-Type: text/html\r\n\r\n" + b"<!--<a href='<![CDATA[" * 100_000


def endless_line() -> bytes:
    return HEAD + b"\r\n" + b"On " * 1_000_000 + b"wrote:\r\n" + b">" * 1_000_000


def attributions() -> bytes:
    return HEAD + b"\r\n" + b"On 1 2 3 4 <a@b.example\r\n" * 60_000 + b"-" * 300_000 + b"\r\nFrom: a\r\n" * 10_000


def uuencoded_starts() -> bytes:
    return HEAD + b"\r\n" + b"begin 644 a\r\nM\r\n" * 100_000


def huge_base64() -> bytes:
    return HEAD + b"Content-Type: application/x\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b"QUJD\r\n" * 6_000_000


def tnef_counts() -> bytes:
    values = struct.pack("<I", 0xFFFFFFFF) + struct.pack("<HHI", 0x101E, 0x1000, 0xFFFFFFFF) + b"\x00" * 400_000
    winmail = b"\x78\x9f\x3e\x22\x01\x00" + struct.pack("<BII", 1, 0x69003, len(values)) + values
    coded = base64.encodebytes(winmail)
    return HEAD + b"Content-Type: application/ms-tnef\r\nContent-Transfer-Encoding: base64\r\n\r\n" + coded


def report_blocks() -> bytes:
    block = b"Final-Recipient: rfc822; a@example.com\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
    start = b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n"
    return HEAD + start + b"Content-Type: message/delivery-status\r\n\r\n" + block * 100_000 + b"--b--\r\n"


ALL = (
    flat_parts,
    nested_parts,
    nested_comments,
    encoded_words,
    many_headers,
    one_long_header,
    many_recipients,
    half_encoded_words,
    many_parameters,
    deep_html,
    nested_quotations,
    crossed_tags,
    references,
    parentheses,
    unclosed_html,
    endless_line,
    attributions,
    uuencoded_starts,
    huge_base64,
    tnef_counts,
    report_blocks,
)
