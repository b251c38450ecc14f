"""Merge: one matter, one decision, and nobody is answered later, less or by whom he complains about."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shenava.common import clock
from shenava.complaints import actions
from shenava.complaints.actions import LineFinding, Look
from shenava.complaints.models import Complaint
from shenava.journal.actions import Refused
from shenava.journal.models import Entry
from shenava.messages.models import Outgoing
from shenava.people.models import Party
from shenava.people.parties import Introduction
from tests.world import World

TODAY = clock.now().date()


def neighbours(world: World, **details: object) -> Complaint:
    """The like complaint of somebody else, registered."""
    return world.complaint(complainant=Introduction(name="Her neighbour", email="neighbour@example.com"), **details)


def fresh(complaint: Complaint) -> Complaint:
    return Complaint.objects.get(pk=complaint.pk)


def kinds(complaint: Complaint) -> list[str]:
    entries = Entry.objects.filter(stream__name=complaint.journal_stream).order_by("seq")
    return [entry.kind.removeprefix("complaint.") for entry in entries]


def sees(party: Party, complaint: Complaint) -> bool:
    return Complaint.objects.visible_to(Party.objects.get(pk=party.pk)).filter(pk=complaint.pk).exists()


def refuse(complaint: Complaint, of: Complaint, why: str, by: Party) -> None:
    """The merge is refused for this reason, and nothing has changed."""
    before = kinds(complaint), kinds(of)
    with pytest.raises(Refused, match=why):
        actions.mark_duplicate(complaint, of=of, by=by)
    assert not fresh(complaint).is_closed
    assert (kinds(complaint), kinds(of)) == before


def test_whoever_is_named_in_one_sees_nothing_of_both(world: World) -> None:
    first, second = world.taken(by=world.manager), neighbours(world)
    actions.name_staff(first, staff=world.reza, by=world.manager)
    actions.name_staff(second, staff=world.sara, by=world.agent)
    actions.mark_duplicate(second, of=first, by=world.manager)
    assert [sees(one, both) for one in (world.sara, world.reza) for both in (first, second)] == [False] * 4
    assert fresh(first).concerned == fresh(second).concerned == {world.sara.pk, world.reza.pk}
    assert "shut_out_together" in kinds(first)
    actions.reopen(second, text="Something else.", by=world.manager)
    assert not sees(world.reza, second)


def test_whoever_is_named_later_sees_nothing_of_what_was_merged_before(world: World) -> None:
    first, second = world.taken(by=world.manager), neighbours(world)
    actions.mark_duplicate(second, of=first, by=world.manager)
    assert sees(world.sara, second)
    actions.name_staff(first, staff=world.sara, by=world.manager)
    assert not sees(world.sara, second)
    actions.declare_conflict(first, reason="My brother sold it.", by=world.manager)
    assert not sees(world.manager, second)


def test_a_complaint_about_staff_is_not_hidden_in_another_matter(world: World) -> None:
    first, second = world.taken(), neighbours(world, subject="staff")
    refuse(second, first, "only merged into another one about staff", world.manager)


def test_what_was_answered_without_hearing_him_does_not_answer_a_complaint_about_him(world: World) -> None:
    first, second = world.responded(), neighbours(world)
    actions.name_staff(second, staff=world.reza, by=world.agent)
    actions.name_staff(first, staff=world.expert, by=world.agent)
    refuse(second, first, "was not heard in it", world.manager)


def test_nobody_is_shut_out_of_his_own_complaint(world: World) -> None:
    first, second = world.taken(), world.complaint(complainant=world.reza)
    actions.name_staff(first, staff=world.reza, by=world.sara)
    refuse(second, first, "is the complainant", world.manager)


def test_after_a_merge_names_somebody_new_it_is_decided_anew(world: World) -> None:
    first, second = world.taken(by=world.manager), neighbours(world)
    actions.name_staff(first, staff=world.reza, by=world.manager)
    for side in (world.reza, first.complainant):
        actions.record_hearing(first, side=side, heard_on=TODAY, note="So.", by=world.manager)
    findings = {line.pk: LineFinding("upheld", "So.") for line in first.issue_lines.all()}
    actions.decide(first, findings=findings, reasons="So.", by=world.manager)
    actions.name_staff(second, staff=world.sara, by=world.agent)
    actions.mark_duplicate(second, of=first, by=world.manager)
    for verb, details in (
        ("respond", {"text": "You are right."}),
        ("decide", {"findings": findings, "reasons": "So."}),
    ):
        with pytest.raises(Refused):
            actions.MENU[verb](first, by=world.manager, **details)
    actions.record_hearing(first, side=world.sara, heard_on=TODAY, note="So.", by=world.manager)
    actions.decide(first, findings=findings, reasons="So.", by=world.manager)
    actions.respond(first, text="You are right.", by=world.manager)
    assert kinds(second)[-1] == "answered_with_another"


def test_the_earlier_of_two_promises_counts_for_both(world: World) -> None:
    first, second = world.taken(), neighbours(world)
    actions.assess(second, look=Look(5, 5), by=world.agent)
    earlier = fresh(second).due_at
    actions.change_deadline(first, due_at=earlier + timedelta(days=3), reason="Parts.", by=world.sara)
    actions.mark_duplicate(second, of=first, by=world.manager)
    assert fresh(first).due_at == earlier
    assert kinds(first)[-2:] == ["promise_brought_forward", "assessed"]


def test_a_later_promise_moves_nothing(world: World) -> None:
    first, second = world.taken(), neighbours(world)
    before = fresh(first).due_at
    actions.change_deadline(second, due_at=before + timedelta(days=3), reason="Parts.", by=world.manager)
    actions.mark_duplicate(second, of=first, by=world.manager)
    assert fresh(first).due_at == before


def test_another_date_is_told_to_everybody_whose_complaint_was_merged(world: World) -> None:
    first, second = world.taken(), neighbours(world)
    actions.mark_duplicate(second, of=first, by=world.manager)
    later = fresh(first).due_at + timedelta(days=3)
    Outgoing.objects.all().delete()
    actions.change_deadline(first, due_at=later, reason="Parts are on their way.", by=world.sara)
    told = Outgoing.objects.values_list("to_email", flat=True)
    assert sorted(told) == ["mahsa@example.com", "neighbour@example.com"]
    assert second.deadline_changes.get().due_at == fresh(second).due_at == later
    assert kinds(second)[-1] == "deadline_changed"


def test_what_was_answered_already_answers_at_once(world: World) -> None:
    first, second = world.responded(), neighbours(world)
    actions.mark_duplicate(second, of=first, by=world.manager)
    assert second.messages.get(kind="response").text == "A technician comes tomorrow."
    assert kinds(second)[-1] == "answered_with_another"


def test_a_corrected_answer_reaches_everybody(world: World) -> None:
    first, second = world.responded(), neighbours(world)
    actions.mark_duplicate(second, of=first, by=world.manager)
    actions.correct_response(first, text="He comes on Friday.", by=world.sara)
    texts = second.messages.filter(kind="response").order_by("pk").values_list("text", flat=True)
    assert list(texts) == ["A technician comes tomorrow.", "He comes on Friday."]


def test_nothing_is_merged_into_what_will_never_be_answered(world: World) -> None:
    first, second = world.taken(), neighbours(world)
    actions.withdraw(first, by=first.complainant)
    refuse(second, first, "closed without an answer", world.manager)


def test_what_others_were_merged_into_is_not_merged_on(world: World) -> None:
    first, second, third = world.taken(), neighbours(world), world.taken()
    actions.mark_duplicate(second, of=first, by=world.manager)
    refuse(first, third, "Others were merged into this one", world.manager)
