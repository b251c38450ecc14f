"""XML of strangers is read within limits, and nothing outside it is looked at."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from shenava.common.safe_xml import UnsafeXMLError, parse, text_of

BOMB = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>'


def code_of(given: bytes) -> str:
    """Why a file is refused."""
    with pytest.raises(UnsafeXMLError) as refused:
        parse(given)
    return refused.value.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "latin-1"])
def test_a_doctype_is_refused_in_whatever_encoding(encoding: str) -> None:
    declared = {"utf-16-be": "utf-16", "latin-1": "iso-8859-1"}.get(encoding, encoding)
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    assert code_of(mark + f'<?xml version="1.0" encoding="{declared}"?>{BOMB}'.encode(encoding)) == "doctype"


@pytest.mark.parametrize("kind", ['SYSTEM "{}"', 'PUBLIC "-//x" "{}"', '[<!ENTITY % p SYSTEM "{}"> %p;]'])
def test_nothing_outside_the_file_is_read_or_asked_for(kind: str, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    canary.write_text("secret")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        for where in (canary.as_uri(), f"http://127.0.0.1:{listener.getsockname()[1]}/x"):
            assert code_of(f"<!DOCTYPE a {kind.format(where)}><a/>".encode()) == "doctype"
        with pytest.raises(TimeoutError):
            listener.accept()


def test_an_entity_that_is_not_declared_and_an_inclusion_bring_nothing_in() -> None:
    assert code_of(b"<a>&x;</a>") == "not_xml"
    included = parse(b'<a xmlns:x="http://www.w3.org/2001/XInclude"><x:include href="/etc/passwd"/></a>')
    assert included[0].text is None


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (b"", "empty"),
        (b"<a>" * 61 + b"</a>" * 61, "too_deep"),
        (b"<r>" + b"<a/>" * 100_001 + b"</r>", "too_large"),
        (b"<a>" + b" " * 4_000_000 + b"</a>", "too_large"),
        (b"\x00\x01\x02", "not_xml"),
        (b"<a", "not_xml"),
        (b"<a>\xff</a>", "not_xml"),
        (b'<?xml version="1.0" encoding="utf-7"?>+ADw-a/+AD4-', "not_xml"),
        (b"<a>&#0;</a>", "not_xml"),
    ],
)
def test_what_is_too_much_or_no_xml_is_refused(given: bytes, code: str) -> None:
    assert code_of(given) == code


def test_what_is_written_is_read_as_it_was() -> None:
    root = parse("<a x='&lt;&#13;&#10;&quot;'><b>\u0634\u0646\u0648\u0627 &amp; more</b></a>".encode())
    again = parse(text_of(root))
    assert (again.attrib, again[0].text) == ({"x": '<\r\n"'}, "\u0634\u0646\u0648\u0627 & more")
