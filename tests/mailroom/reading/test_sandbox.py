"""The child reads as the parent would, knows no secrets, and is replaced when it dies."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from shenava.mailroom.reading import read, read_limited, sandbox, to_json_line

LETTER = (
    b"From: Sara <sara@example.com>\r\nTo: desk@example.org\r\nSubject: Broken\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nhello\r\n--b\r\n"
    b'Content-Type: image/png; name="p.png"\r\nContent-Transfer-Encoding: base64\r\n\r\nAAECAw==\r\n--b--\r\n'
)


@pytest.fixture(autouse=True)
def _no_children_left() -> Iterator[None]:
    yield
    sandbox.close()


def test_a_letter_read_in_the_child_equals_one_read_here() -> None:
    assert read_limited(LETTER) == read(LETTER)
    assert read_limited(LETTER).files[0].content == b"\x00\x01\x02\x03"


def test_a_bounce_survives_the_way_through_the_pipe() -> None:
    report = (
        b"From: MAILER-DAEMON@example.org\r\nSubject: Undelivered\r\n"
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\nSorry\r\n--b\r\n"
        b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\n"
        b"Final-Recipient: rfc822; a@example.com\r\nAction: failed\r\nStatus: 5.1.1\r\n--b--\r\n"
    )
    assert read_limited(report) == read(report)


def test_a_dead_child_is_replaced() -> None:
    assert read_limited(LETTER).subject == "Broken"
    sandbox._pool._idle[0].end()
    assert read_limited(LETTER).defects == read(LETTER).defects


def test_one_line_a_file() -> None:
    line = to_json_line(read("Subject: خط\u2028شکسته\n\nالف\nب".encode()), "a.eml")
    assert "\n" not in line
    assert "\u2028" not in line
    assert line.startswith('{"file": "a.eml", "message_id": null,')


def test_the_reader_needs_no_framework() -> None:
    program = (
        "import sys, shenava.mailroom.reading.child; "
        "sys.exit(any(name.split('.')[0] in {'django', 'psycopg'} for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
