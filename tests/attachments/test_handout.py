"""Handing files out."""

from contextlib import closing
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.test import Client

from shenava.attachments import handout, store
from shenava.common import clock
from tests.attachments.samples import KINDS, png

INLINE = {"image/png", "image/jpeg", "image/gif", "image/webp"}
pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.attachments.addresses")]


@pytest.mark.parametrize(("name", "content", "kind"), KINDS)
def test_every_kind_leaves_with_our_type_and_runs_nowhere(name: str, content: bytes, kind: str) -> None:
    with closing(handout.file_response(store.take_in(content, name=name))) as response:
        assert b"".join(response.streaming_content) == content
    assert response["Content-Type"].partition(";")[0] == kind
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Disposition"].startswith("inline" if kind in INLINE else "attachment")


@pytest.mark.parametrize(
    "name", ['a"; filename=b', "<img src=x onerror=alert(1)>", "صورت‌حساب.pdf", "a\r\nSet-Cookie: x=1", "'%0d"]
)
def test_a_name_cannot_end_its_header(name: str) -> None:
    with closing(handout.file_response(store.take_in(b"x", name=name))) as response:
        header = response["Content-Disposition"]
    assert "\r" not in header and "\n" not in header
    parsed = EmailMessage()
    parsed["Content-Disposition"] = header
    assert set(parsed["Content-Disposition"].params) <= {"filename"}
    assert parsed["Content-Disposition"].content_disposition == "attachment"


def test_a_signed_address_hands_the_file_out_without_a_login(client: Client) -> None:
    file = store.take_in(png(), name="a.png")
    with closing(client.get(handout.signed_path(file, "desk:7"))) as response:
        assert b"".join(response.streaming_content) == png()
    assert not response.cookies


def test_a_signed_address_says_for_whom_it_was_made() -> None:
    file = store.take_in(b"x", name="a")
    token = handout.signed_path(file, "desk:7").rstrip("/").rpartition("/")[2]
    assert handout.open_signed(token) == (file, "desk:7")


def test_a_changed_address_hands_nothing_out(client: Client) -> None:
    path = handout.signed_path(store.take_in(b"x", name="a"), "desk:7")
    for place in range(path.index("/files/") + 7, len(path) - 1):
        other = "A" if path[place] != "A" else "B"
        assert client.get(path[:place] + other + path[place + 1 :]).status_code == 404


def test_an_address_ends_after_ten_minutes(client: Client) -> None:
    path = handout.signed_path(store.take_in(b"x", name="a"), "desk:7")
    with clock.shifted(timedelta(minutes=10, seconds=1)):
        assert client.get(path).status_code == 404


def test_bytes_lost_by_the_disk_are_a_404_and_not_a_crash(client: Client) -> None:
    file = store.take_in(b"x", name="a")
    file.path.unlink()
    assert client.get(handout.signed_path(file, "desk:7")).status_code == 404
