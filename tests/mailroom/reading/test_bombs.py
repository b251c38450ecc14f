"""Letters made to exhaust a reader end in their limits, and the next one is served at once."""

import time
from collections.abc import Callable, Iterator

import pytest

from shenava.mailroom.reading import read_limited, sandbox

from . import bombs


@pytest.fixture(autouse=True)
def _no_children_left() -> Iterator[None]:
    yield
    sandbox.close()


@pytest.mark.parametrize("bomb", bombs.ALL, ids=lambda bomb: bomb.__name__)
def test_a_bomb_ends_in_its_limits_and_delays_nobody(bomb: Callable[[], bytes]) -> None:
    reading = read_limited(bomb())
    begun = time.monotonic()
    following = read_limited(b"Subject: next\r\n\r\nhello")
    assert time.monotonic() - begun < 2
    assert following.subject == "next"
    assert reading.from_email == "sara@example.com"
    assert reading.subject


def test_beyond_the_caps_a_defect_says_what_was_left_out() -> None:
    assert "limits: more than 500 parts" in read_limited(bombs.flat_parts()).defects
    assert "limits: nested deeper than 20" in read_limited(bombs.nested_parts()).defects
    assert "limits: more than 1000 headers" in read_limited(bombs.many_headers()).defects
    assert "limits: more than 50 addresses in to" in read_limited(bombs.many_recipients()).defects


def test_a_message_that_overruns_its_time_comes_back_as_a_stub() -> None:
    reading = read_limited(bombs.deep_html(b"<b><i><u><s><small>" * 4), seconds=0)
    assert reading.defects == ("limits: time",)
    assert (reading.from_email, reading.subject, reading.message_id) == (
        "sara@example.com",
        "My order",
        "bomb@example.com",
    )


def test_a_message_that_overruns_its_memory_is_told_and_the_next_one_is_read() -> None:
    reading = read_limited(bombs.huge_base64(), memory=96 * 1024 * 1024)
    assert any("MemoryError" in defect or defect.startswith("limits") for defect in reading.defects)
    assert reading.subject == "My order"
    assert read_limited(b"Subject: next\r\n\r\nhello", memory=96 * 1024 * 1024).text == "hello"


def test_more_than_fifty_megabytes_are_not_read() -> None:
    reading = read_limited(bombs.HEAD + b"\r\n" + b"x" * (50 * 1024 * 1024))
    assert reading.subject == "My order"
    assert reading.defects[0].startswith("limits: message of")
