"""A promise that was changed moves nothing; applied to open complaints it moves what was seen and chosen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from shenava.common import clock
from shenava.complaints import actions, policy
from shenava.complaints.models import Complaint
from shenava.complaints.touched import touched_by
from shenava.deadlines import actions as deadlines
from shenava.deadlines.clocks import About, best, rule_for
from shenava.deadlines.models import PromiseRule
from shenava.journal.actions import Refused
from shenava.journal.models import Entry
from shenava.messages.models import Outgoing
from shenava.people.standing import standing_of
from tests.world import World, log_in

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def promised(world: World, days: int) -> PromiseRule:
    """The promise of an answer to complaints, changed."""
    rule = PromiseRule.objects.get(kind="answer", record_type="complaint", severity=None, is_active=True)
    changed: PromiseRule = deadlines.change_promise(rule, terms=(days, "calendar_days", ""), by=world.administrator)
    return changed


def due(complaint: Complaint) -> datetime:
    found = Complaint.objects.get(pk=complaint.pk).due_at
    assert found is not None
    assert found == complaint.clocks.open().get(kind="answer").due_at
    return found


def kinds(complaint: Complaint) -> list[str]:
    entries = Entry.objects.filter(stream__name=complaint.journal_stream).order_by("seq")
    return [kind.removeprefix("complaint.") for kind in entries.values_list("kind", flat=True)]


def test_the_list_shows_what_a_promise_would_move_and_moves_nothing(world: World) -> None:
    with clock.set_to(MONDAY):
        complaint, special = world.taken(), world.taken()
        actions.assess(special, look=actions.Look(4, 4), by=world.sara)
        before, rule = due(complaint), promised(world, 12)
        touched = touched_by(rule, standing_of(world.manager))
        assert [(one.complaint, one.before_at, one.due_at) for one in touched] == [
            (complaint, before, before + 2 * DAY)
        ]
        assert touched_by(rule, standing_of(world.reza)) == []
    assert due(complaint) == before


def test_a_later_date_is_told_with_the_reason_and_an_earlier_one_comes_forward(world: World) -> None:
    with clock.set_to(MONDAY):
        complaint = world.taken()
        before = due(complaint)
        actions.apply_promise(complaint, rule=promised(world, 12), reason="New rules hold.", by=world.manager)
        assert due(complaint) == before + 2 * DAY
        assert "New rules hold." in Outgoing.objects.latest("pk").body
        actions.apply_promise(complaint, rule=promised(world, 9), reason="Better ones.", by=world.manager)
    assert due(complaint) == before - DAY
    assert kinds(complaint)[-4:] == [
        "promise_applied", "deadline_changed", "promise_applied", "promise_brought_forward",
    ]  # fmt: skip


def test_nothing_moves_into_the_past_or_by_a_rule_that_does_not_fit(world: World) -> None:
    with clock.set_to(MONDAY):
        complaint = world.taken()
        before = due(complaint)
    short, other = promised(world, 2), PromiseRule.objects.get(kind="answer", record_type="", is_active=True)
    with clock.set_to(MONDAY + 5 * DAY):
        for rule, reason in ((short, policy.ONLY_AHEAD.reason), (other, policy.NOT_OF_THIS_RULE.reason)):
            with pytest.raises(Refused) as refused:
                actions.apply_promise(complaint, rule=rule, reason="So.", by=world.manager)
            assert refused.value.reason == reason
        assert touched_by(short, standing_of(world.manager)) == []
    assert due(complaint) == before


def test_only_a_manager_applies_a_promise(world: World) -> None:
    complaint = world.taken()
    for party in (world.sara, world.administrator, world.system, complaint.complainant):
        assert not policy.may(party, "apply_promise", complaint)


def test_the_best_of_some_rules_is_what_the_database_finds(world: World) -> None:
    deadlines.add_promise(
        kind="answer", about=About(channel="phone"), terms=(3, "calendar_days", ""), by=world.administrator
    )
    rules = list(PromiseRule.objects.filter(kind="answer", is_active=True))
    for about in (About("complaint"), About("complaint", 5), About("enquiry", channel="phone"), About("x", 2)):
        assert best(rules, about) == rule_for("answer", about)


def test_a_manager_sees_the_list_ticks_and_moves(world: World) -> None:
    first, second = world.taken(), world.taken()
    before, rule = due(second), promised(world, 12)
    arash, page = log_in(Client(), world.manager), "/desk/overview/promises/"
    assert page in arash.get("/desk/overview/").content.decode()
    shown = arash.get(page, {"rule": str(rule.pk)}).content.decode()
    assert str(first.reference) in shown
    assert str(second.reference) in shown
    said = {"rule": str(rule.pk), "complaint": [first.reference], "reason": ""}
    assert arash.post(page, said).status_code == 422
    arash.post(page, said | {"reason": "New rules hold."})
    assert (due(first), due(second)) == (before + 2 * DAY, before)
    assert log_in(Client(), world.sara).get(page).status_code == 403
