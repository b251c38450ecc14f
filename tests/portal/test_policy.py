"""The policy page: what everybody may know before complaining."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from django.test import Client

from shenava.deadlines import actions, clocks
from shenava.deadlines.models import PromiseRule
from shenava.messages.actions import Words, add_template, change_template
from shenava.people import bodies
from shenava.process import publishing
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


def test_promises_of_one_channel_or_another_country_are_not_told_to_all(world: World, client: Client) -> None:
    terms = {"amount": 1, "measure": "working_days"}
    PromiseRule.objects.create(kind="answer", record_type="complaint", channel="phone", **terms)
    PromiseRule.objects.create(kind="answer", record_type="complaint", jurisdiction="IL", **terms)
    PromiseRule.objects.create(kind="assess", record_type="complaint", **terms)
    told = [rule for rule in clocks.told_to_all("IR") if rule.amount == 1 and rule.record_type == "complaint"]
    assert told == []
    assert (
        "an answer with reasons within 1 working day."
        not in client.get("/", headers={"accept-language": "en"}).content.decode()
    )
    PromiseRule.objects.create(kind="answer", record_type="complaint", channel="portal", **terms)
    assert (
        client.get("/", headers={"accept-language": "en"})
        .content.decode()
        .count("an answer with reasons within 1 working day.")
        == 1
    )


def test_it_stands_before_the_set_up_too(db: None, client: Client) -> None:
    assert client.get("/policy/").status_code == 200


def test_what_the_organisation_says_itself_stands_there_in_its_language_only(world: World, client: Client) -> None:
    words = Words(body="ما به هر شکایتی گوش می‌دهیم.\n\n<b>همیشه</b>")
    own = add_template(kind="policy", language="fa", words=words, by=world.administrator)
    client.cookies["shenava_language"] = "fa"
    page = client.get("/policy/").content.decode()
    assert page.index("ما به هر شکایتی گوش می‌دهیم.") < page.index("<ol")
    assert "&lt;b&gt;همیشه&lt;/b&gt;" in page
    client.cookies["shenava_language"] = "en"
    assert "گوش می‌دهیم" not in client.get("/policy/").content.decode()
    change_template(own, words=replace(words, is_active=False), by=world.administrator)
    client.cookies["shenava_language"] = "fa"
    assert "گوش می‌دهیم" not in client.get("/policy/").content.decode()


def test_the_days_of_silence_are_those_of_the_process_in_force(world: World, client: Client) -> None:
    page = client.get("/policy/").content.decode()
    assert ("remind you: 14" in page, "close it: 7" in page, "the days begin anew" in page) == (True, True, True)
    drawn = json.loads(publishing.DEFAULT.read_text(encoding="utf-8"))
    drawn["nodes"]["responded"] |= {"warn_after": 23, "lapse_after": 9}
    publishing.publish(drawn, by=world.system)
    page = client.get("/policy/").content.decode()
    assert ("remind you: 23" in page, "close it: 9" in page) == (True, True)


def test_where_silence_ends_nothing_nobody_is_threatened_with_it(world: World, client: Client) -> None:
    drawn = json.loads(publishing.DEFAULT.read_text(encoding="utf-8"))
    drawn["nodes"]["responded"] |= {"warn_after": 0, "lapse_after": 0}
    publishing.publish(drawn, by=world.system)
    page = client.get("/policy/").content.decode()
    assert "say nothing" not in page
    assert "nothing more can reasonably be done" in page


def test_whoever_is_silent_reads_how_to_ask_for_more(world: World, client: Client) -> None:
    bodies.deliver("IL")
    page = client.get("/policy/").content.decode()
    silent = page[page.index('id="silence"') : page.index('id="elsewhere"')]
    assert ("opened again" in silent, 'href="#elsewhere"' in silent, 'href="/track/"' in silent) == (True, True, True)
