"""Carrying: what protects in a complaint is not lost when it is merged into another, and comes back with it."""

from __future__ import annotations

import pytest

from shenava.common import clock
from shenava.complaints import actions, policy
from shenava.complaints.actions import Look
from shenava.complaints.models import Complaint
from shenava.journal.actions import Refused
from shenava.messages.models import Outgoing
from shenava.people.parties import Introduction
from shenava.process.models import WorkItem
from tests.complaints.reading import everything, kinds, open_holders
from tests.world import World

DANGER = Look(4, 3, urgency="immediate", is_safety=True, immediate_action="Stop selling it.")
TODAY = clock.now().date()


def two(world: World, **details: object) -> tuple[Complaint, Complaint]:
    """A complaint in the manager's hands, and the like one of a neighbour, registered."""
    neighbour = Introduction(name="Her neighbour", email="neighbour@example.com")
    first = world.complaint(**details)
    actions.take(first, by=world.manager)
    return first, world.complaint(complainant=neighbour, **details)


def fresh(complaint: Complaint) -> Complaint:
    return Complaint.objects.get(pk=complaint.pk)


def alarms(complaint: Complaint) -> list[str]:
    """With whom a danger lies."""
    return [str(item.holder) for item in WorkItem.objects.open().filter(complaint=complaint, title="safety")]


def test_a_danger_is_not_lost_in_a_merge_and_is_told_on_the_complaint_that_goes_on(world: World) -> None:
    first, second = two(world)
    actions.assess(first, look=Look(2, 4, immediate_action="Send a technician.", remark="Mine."), by=world.sara)
    actions.assess(second, look=DANGER, by=world.agent)
    actions.mark_duplicate(second, of=first, by=world.manager)
    look = fresh(first).assessments.last()
    assert (look.severity, look.importance, look.priority, look.urgency) == (4, 4, 4, "immediate")
    assert (look.is_safety, look.by, look.carried_from) == (True, world.manager, second)
    assert look.immediate_action == "Send a technician.\n\nStop selling it."
    assert (fresh(first).is_safety, fresh(first).priority) == (True, 4)
    assert alarms(first) == ["Arash Niknam"]
    assert Outgoing.objects.filter(purpose="staff_notice", subject__contains=first.reference).count() == 1
    assert kinds(first)[-2:] == ["assessed", "safety_alarmed"]


def test_what_is_graver_already_is_not_judged_again(world: World) -> None:
    first, second = two(world)
    actions.assess(first, look=DANGER, by=world.sara)
    actions.settle_tasks(first, by=world.manager)
    actions.assess(second, look=Look(2, 2), by=world.agent)
    actions.mark_duplicate(second, of=first, by=world.manager)
    assert (first.assessments.count(), alarms(first)) == (1, [])


def test_an_alarm_that_still_waits_goes_along_though_the_other_was_dealt_with(world: World) -> None:
    first, second = two(world)
    actions.assess(first, look=DANGER, by=world.sara)
    actions.settle_tasks(first, by=world.manager)
    actions.assess(second, look=DANGER, by=world.agent)
    actions.mark_duplicate(second, of=first, by=world.manager)
    assert (alarms(first), alarms(second)) == (["Arash Niknam"], [])


def test_a_danger_is_not_merged_into_what_is_closed(world: World) -> None:
    first, second = two(world)
    actions.respond(first, text="A technician comes.", by=world.manager)
    actions.record_acceptance(first, by=first.complainant)
    actions.assess(second, look=DANGER, by=world.agent)
    before = everything(first), everything(second)
    with pytest.raises(Refused, match="would go on unseen"):
        actions.mark_duplicate(second, of=first, by=world.manager)
    assert (everything(first), everything(second)) == before


def test_undone_the_other_is_judged_as_before_and_the_danger_is_told_where_it_belongs(world: World) -> None:
    first, second = two(world)
    actions.assess(first, look=Look(2, 2, remark="Mine."), by=world.sara)
    actions.assess(second, look=DANGER, by=world.agent)
    actions.mark_duplicate(second, of=first, by=world.manager)
    actions.reopen(second, text="Another matter.", by=second.complainant)
    look = fresh(first).assessments.last()
    assert (look.version, look.severity, look.remark, look.by) == (3, 2, "Mine.", world.sara)
    assert (fresh(first).is_safety, fresh(second).is_safety) == (False, True)
    assert (alarms(first), alarms(second)) == ([], ["Arash Niknam"])
    assert kinds(first)[-2:] == ["merge_undone", "look_put_back"]


def test_what_was_not_judged_before_keeps_its_severity_and_loses_the_danger(world: World) -> None:
    first, second = two(world)
    actions.assess(second, look=DANGER, by=world.agent)
    actions.mark_duplicate(second, of=first, by=world.manager)
    actions.reopen(second, text="Another matter.", by=world.manager)
    look = fresh(first).assessments.last()
    assert (look.severity, look.is_safety, look.immediate_action) == (4, False, "")
    assert "Arash Niknam" in open_holders(first)  # who took it


def test_undone_nothing_is_put_back_where_somebody_has_judged_since(world: World) -> None:
    first, second = two(world)
    actions.assess(second, look=DANGER, by=world.agent)
    actions.mark_duplicate(second, of=first, by=world.manager)
    actions.assess(first, look=Look(5, 5, is_safety=True), by=world.sara)
    actions.reopen(second, text="Another matter.", by=world.manager)
    assert (fresh(first).is_safety, fresh(first).severity, alarms(first)) == (True, 5, ["Arash Niknam"])
    assert "look_put_back" not in kinds(first)


def test_whoever_of_the_staff_was_heard_in_one_was_heard_in_both(world: World) -> None:
    first, second = two(world, subject="staff")
    actions.name_staff(second, staff=world.reza, by=world.agent)
    actions.assign(second, to=world.sara, by=world.manager)
    for side in (world.reza, second.complainant):
        actions.record_hearing(second, side=side, heard_on=TODAY, note="So it was.", by=world.sara)
    actions.mark_duplicate(second, of=first, by=world.manager)
    assert [(one.party, one.by, one.carried_from) for one in first.hearings.all()] == [
        (world.reza, world.sara, second), (second.complainant, world.sara, second),
    ]  # fmt: skip
    assert "complainant has to be heard" in str(policy.may(world.manager, "decide", fresh(first)).reason)
    actions.record_hearing(first, side=first.complainant, heard_on=TODAY, note="He was rude.", by=world.manager)
    assert policy.may(world.manager, "decide", fresh(first))


def test_merged_twice_a_hearing_stands_there_once(world: World) -> None:
    first, second = two(world)
    actions.record_hearing(second, side=second.complainant, heard_on=TODAY, note="So it was.", by=world.sara)
    for _ in range(2):
        actions.mark_duplicate(second, of=first, by=world.manager)
        actions.reopen(second, text="Another matter.", by=world.manager)
    assert (first.hearings.count(), second.hearings.count()) == (1, 1)


def test_of_several_that_were_merged_the_danger_of_those_that_stay_is_not_put_back(world: World) -> None:
    grave, other = world.complaint(), world.taken()
    third = world.complaint()
    actions.assess(other, look=Look(1, 1), by=world.sara)
    actions.assess(grave, look=Look(5, 5, is_safety=True), by=world.agent)
    actions.assess(third, look=Look(4, 3, is_safety=True), by=world.agent)
    for one in (grave, third):
        actions.mark_duplicate(one, of=other, by=world.manager)
    actions.reopen(grave, text="Another machine.", by=world.sara)
    left = fresh(other)
    assert (left.severity, left.importance, left.is_safety) == (4, 3, True)
    assert alarms(other) == ["Arash Niknam"]
    actions.reopen(third, text="Another machine.", by=world.sara)
    left = fresh(other)
    assert (left.severity, left.importance, left.is_safety, alarms(other)) == (1, 1, False, [])


def test_the_share_of_one_that_was_outdone_by_another_is_put_back_too(world: World) -> None:
    first, graver, other = world.complaint(), world.complaint(), world.taken()
    actions.assess(other, look=Look(1, 1), by=world.sara)
    actions.assess(first, look=Look(2, 5), by=world.agent)
    actions.assess(graver, look=Look(4, 3), by=world.agent)
    for one in (first, graver):
        actions.mark_duplicate(one, of=other, by=world.manager)
    actions.reopen(first, text="Another machine.", by=world.sara)
    assert (fresh(other).severity, fresh(other).importance) == (4, 3)


def test_a_danger_seen_after_a_merge_was_undone_is_told(world: World) -> None:
    grave, other = world.complaint(), world.taken()
    actions.assess(grave, look=Look(5, 5, is_safety=True), by=world.agent)
    actions.mark_duplicate(grave, of=other, by=world.manager)
    actions.reopen(grave, text="Another machine.", by=world.sara)
    assert alarms(other) == []
    actions.assess(other, look=Look(5, 5, is_safety=True), by=world.sara)
    assert alarms(other) == ["Arash Niknam"]
