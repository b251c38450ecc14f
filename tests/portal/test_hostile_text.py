"""Hostile text: whatever is written into whatever field, every page keeps the shape it has for harmless words."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from shenava.complaints import actions
from shenava.complaints.models import Complaint
from tests.world import World, log_in

HARMLESS = "A harmless sentence."
OURS = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' autofocus onfocus='alert(1)",
    "javascript:alert(1)",
    "{{ 7|add:7 }}{% debug %}{organisation}{by.__class__}%(x)s",
    "</textarea></title><svg onload=alert(1)>",
    "<!--", "]]>", "&lt;b&gt;&#60;i&#62;",
    "\u202e\u2066<b>\u2069",
]  # fmt: skip
Shape = list[tuple[str, tuple[str, ...]]]


class Reader(HTMLParser):
    """The tags of a page with the names of their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.shape: Shape = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.shape.append((tag, tuple(sorted(name for name, _ in attrs))))

    def handle_data(self, data: str) -> None:
        self.text += data


def walk(world: World, text: str) -> dict[str, Reader]:
    """The whole thread with this text in every field of both doors; each page as it is read."""
    actions.withdraw(world.complaint(), by=world.system)  # so that the archive has its number from the first walk on
    stranger, officer = Client(), log_in(Client(), world.sara)
    line = text.replace("\n", " ")[:190]
    form: dict[str, Any] = {
        "submission": f"mark {text}"[:60], "description": text, "subject": "product", "record_type": "complaint",
        "name": line, "product": line, "serial": line[:80], "expectation": text, "on_behalf": "on",
        "behalf_name": line, "authority": line,
    }  # fmt: skip
    receipt = stranger.post("/complaints/new/", form, follow=True)
    complaint = Complaint.objects.latest("pk")
    desk, portal = f"/desk/complaints/{complaint.reference}/", f"/complaints/{complaint.public_code}/"
    folder = officer.get("/desk/cartable/received/")
    for noun, values in {
        "holding": {}, "notes": {"text": text}, "issue-lines": {"subject": "staff", "text": line},
        "findings": {"line": complaint.issue_lines.get().pk, "finding": "upheld", "reasons": text},
        "information": {"channel": "phone", "text": text}, "responses": {"text": text},
    }.items():  # fmt: skip
        assert officer.post(f"{desk}{noun}/", values).status_code == 302
    stranger.post(f"{portal}information/", {"submission": "add", "text": text})
    stranger.post(f"{portal}rejection/", {"text": text})
    pages = {"receipt": receipt, "folder": folder, "desk": officer.get(desk), "portal": stranger.get(portal)}
    pages["track"] = stranger.get("/track/", {"code": text})
    pages["form"] = stranger.post("/complaints/new/", form | {"subject": "nothing", "submission": "other"})
    actions.withdraw(complaint, by=world.system)
    return {name: Reader(page.content.decode()) for name, page in pages.items()}


def test_our_own_payloads_change_the_shape_of_no_page(world: World) -> None:
    harmless = {name: page.shape for name, page in walk(world, HARMLESS).items()}
    for text in OURS:
        assert {name: page.shape for name, page in walk(world, text).items()} == harmless, text


def test_what_was_written_is_shown_as_it_was_written(world: World) -> None:
    pages = walk(world, OURS[0])
    assert {name: OURS[0] in page.text for name, page in pages.items() if name != "track"} == dict.fromkeys(
        ("receipt", "folder", "desk", "portal", "form"), True
    )


def test_the_collected_payloads_change_the_shape_of_no_page(world: World, material: Path) -> None:
    rows = [
        json.loads(line)
        for line in (material / "security" / "security.jsonl").read_text(encoding="utf-8").split("\n")
        if line
    ]
    texts = [row["payload"] for row in rows if row["kind"] in KINDS and len(str(row.get("payload") or "").strip()) > 3]
    harmless = {name: page.shape for name, page in walk(world, HARMLESS).items()}
    assert len(texts) > MANY
    for text in texts[:: len(texts) // 12]:
        assert {name: page.shape for name, page in walk(world, text).items()} == harmless, text


@pytest.mark.parametrize("header", ["Content-Security-Policy", "X-Frame-Options", "Referrer-Policy"])
def test_every_page_is_guarded_by_its_headers_too(client: Client, world: World, header: str) -> None:
    answers = [client.get(address) for address in ("/", "/complaints/new/", "/track/", "/desk/login/")]
    assert all(answer.headers.get(header) for answer in answers)
    policies = {re_nonce(answer.headers["Content-Security-Policy"]) for answer in answers}
    assert not any("unsafe" in policy for policy in policies)


def re_nonce(policy: str) -> str:
    """A policy without the nonce of its page."""
    return " ".join(word for word in policy.split() if not word.startswith("'nonce-"))


KINDS = {"xss", "naughty_string", "template_injection"}
MANY = 100
