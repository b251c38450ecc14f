"""What kind of file bytes are, whatever the sender calls them."""

import io
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shenava.attachments.kinds import ACCEPTED, UNKNOWN, ending_of, member_names, recognise
from tests.attachments.samples import KINDS, zipped


@pytest.mark.parametrize(("name", "content", "expected"), KINDS)
def test_the_kind_comes_from_the_bytes(name: str, content: bytes, expected: str) -> None:
    assert recognise(io.BytesIO(content), ending_of(name)) == expected


@pytest.mark.parametrize("ending", ["svg", "html", "js", "exe", "xml", "bat"])
def test_the_ending_does_not_make_a_picture_of_something_else(ending: str) -> None:
    assert recognise(io.BytesIO(b"<svg/>"), ending) == UNKNOWN


def test_a_letter_cut_by_the_end_of_the_head_is_still_text() -> None:
    content = b"a" + "ش".encode() * 5000
    assert recognise(io.BytesIO(content), "txt") == "text/plain"


def test_an_archive_with_a_huge_directory_is_read_within_bounds() -> None:
    members = {f"{number:0200}": b"" for number in range(6000)}
    assert 0 < len(member_names(io.BytesIO(zipped(members)))) < 6000


def test_an_archive_whose_directory_lies_about_its_place_gives_no_names() -> None:
    lying = bytearray(zipped({"word/document.xml": b""}))
    struct.pack_into("<II", lying, len(lying) - 10, 2**32 - 1, 2**32 - 1)
    assert member_names(io.BytesIO(bytes(lying))) == frozenset()


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=600), st.sampled_from(["", "txt", "csv", "eml", "docx"]))
def test_any_bytes_have_a_known_kind(content: bytes, ending: str) -> None:
    starts = [
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"RIFF",
        b"\0\0\0\0ftyp",
        b"",
    ]
    found = {recognise(io.BytesIO(start + content), ending) for start in starts}
    assert found <= ACCEPTED | {UNKNOWN, "application/zip"}
