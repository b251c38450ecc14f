"""Hostile values: whatever is sent in whatever form, the answer is a page or a refusal, never a fault of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any, NamedTuple
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client

from tests.test_doors import ADDRESSES, LEAVING, Doors, status
from tests.world import World

HOSTILE: dict[str, Any] = {
    "nothing": "", "a zero byte": "a\x00b", "bytes that are no text": b"a\xed\xa0\x80\xff", "below zero": "-1",
    "turned around": "\u202eabc\u2066", "huge": "9" * 30, "too huge for the column": "3000000000", "no number": "NaN",
    "markup": "<svg/onload=alert(1)>'\"{{7*7}}{% now %}", "a formula": "=cmd|' /C calc'!A0", "long": "x" * 70_000,
    "of nobody": "99999", "several": ["1", "1", "2"], "a day of another calendar": "1405-12-30", "half": "²",
    "no day": "2026-02-31T99:99", "far away": "9999-12-31T23:59", "before all time": "0001-01-01T00:00",
    "other digits": "۱۲۳", "percent": "%s %(a)s %", "another host": "//evil.example/\\",
}  # fmt: skip
FORM = "application/x-www-form-urlencoded"
OPENED = re.compile(r'(?:href|hx-get)="([^"]*\?do=[a-z_-]+)')


class Found(NamedTuple):
    """A form of a page."""

    method: str
    address: str
    fields: dict[str, str]

    @property
    def kind(self) -> tuple[str, ...]:
        """Forms of one kind are tried once."""
        return (self.method, re.sub(r"\d+", "1", self.address), *sorted(self.fields))

    def variations(self, turn: int) -> Iterator[tuple[str, dict[str, Any]]]:
        """What it is sent with: nothing, each field hostile in its turn, and a third of the ways for all at once."""
        ways = list(HOSTILE)
        yield "nothing", {}
        for place, name in enumerate(self.fields, turn):
            what = ways[place % len(ways)]
            yield f"{name}: {what}", self.fields | {name: HOSTILE[what]}
        for what in ("a zero byte", *ways[turn % 3 :: 3]):
            yield f"all: {what}", dict.fromkeys(self.fields, HOSTILE[what])


class Forms(HTMLParser):
    """The forms of a page, with what their fields hold."""

    def __init__(self, page: str, at: str) -> None:
        super().__init__()
        self.at, self.found = at, list[Found]()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = about.get("action", "").split("#")[0]
            self.found.append(Found(about.get("method", "get"), action if action[:1] == "/" else self.at, {}))
        elif self.found and tag in ("input", "select", "textarea", "button") and "name" in about:
            self.found[-1].fields.setdefault(about["name"], about.get("value", ""))
        elif self.found and self.found[-1].fields and tag == "option":
            last = list(self.found[-1].fields)[-1]
            self.found[-1].fields[last] = self.found[-1].fields[last] or about.get("value", "")


def forms_of(doors: Doors, client: Client) -> Iterator[Found]:
    """Every form that somebody meets on any page, the ones that open on demand too."""
    for name in sorted(ADDRESSES.keys() - LEAVING):
        at = doors.address(name, ADDRESSES[name])
        for address in {at, *map(at.__add__, opened(client, at))}:
            yield from Forms(read(client, address), at).found


def opened(client: Client, at: str) -> set[str]:
    return {f"?{found.partition('?')[2]}" for found in OPENED.findall(read(client, at))}


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    is_page = "html" in answer.headers.get("Content-Type", "") and answer.status_code == 200
    content = answer.getvalue()
    return content.decode() if is_page else ""


def send(client: Client, form: Found, said: dict[str, Any]) -> None:
    """Send it as it is; a fault of ours comes through, and what it did is undone."""
    body = urlencode(said, doseq=True)
    with transaction.atomic():
        if form.method.lower() == "post":
            assert status(client.post(form.address, body, content_type=FORM)) < 500
        else:
            assert status(client.get(f"{form.address}?{body}")) < 500
        transaction.set_rollback(True)


@contextmanager
def told(what: str) -> Iterator[None]:
    """Say of a fault what had been sent."""
    try:
        yield
    except Exception as fault:
        fault.add_note(what)
        raise


SLOW = [pytest.param(role, marks=pytest.mark.slow) for role in ("manager", "administrator", "expert")]


@pytest.mark.parametrize("role", ["anonymous", "officer", *SLOW])
def test_no_value_in_any_form_is_a_fault(world: World, role: str) -> None:
    doors = Doors(world)
    client = doors.client(role)
    forms = {form.kind: form for form in forms_of(doors, client) if not form.address.endswith("/logout/")}
    assert len(forms) > 8
    for turn, form in enumerate(forms.values()):
        for what, said in form.variations(turn):
            with told(f"{form.method} {form.address} with {what}"):
                send(client, form, said)
