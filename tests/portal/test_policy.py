"""The policy page: what everybody may know before complaining."""

from __future__ import annotations

import pytest
from django.test import Client

from shenava.deadlines import actions
from shenava.deadlines.models import PromiseRule
from shenava.people import bodies
from tests.world import World


@pytest.mark.parametrize("language", ["en", "fa", "he"])
def test_steps_deadlines_and_other_ways_are_told_in_every_language(world: World, client: Client, language: str) -> None:
    bodies.deliver("IL")
    client.cookies["shenava_language"] = language
    page = client.get("/policy/").content.decode()
    assert "הרשות להגנת הצרכן" in page
    assert world.organisation.email in page
    assert page.count("<tr>") == 1 + PromiseRule.objects.filter(is_active=True, severity=None).count()


def test_a_changed_promise_is_what_the_page_says_next(world: World, client: Client) -> None:
    rule = PromiseRule.objects.get(kind="answer", record_type="complaint", severity=None)
    actions.change_promise(rule, terms=(77, "calendar_days", ""), by=world.administrator)
    assert "77" in client.get("/policy/").content.decode()


def test_it_stands_before_the_set_up_too(db: None, client: Client) -> None:
    assert client.get("/policy/").status_code == 200
