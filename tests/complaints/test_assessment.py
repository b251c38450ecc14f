"""Assessment: what is grave comes first, danger is told at once, and no promise moves later by it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shenava.common import clock
from shenava.complaints import actions
from shenava.complaints.actions import Look
from shenava.complaints.cartable import Desk, received
from shenava.complaints.models import Complaint
from shenava.complaints.priority import priority_of
from shenava.deadlines.models import Clock, WorkingInterval
from shenava.journal.actions import Refused
from shenava.journal.models import Entry
from shenava.messages.models import Outgoing
from shenava.people.models import Role
from shenava.people.parties import Introduction
from shenava.people.standing import standing_of
from shenava.process import deciding
from shenava.process.models import WorkItem
from shenava.process.questions import question
from shenava.process.table_actions import publish_table, save_table
from tests import world as cast
from tests.world import World

DANGER = Look(severity=4, importance=3, is_safety=True, immediate_action="Stop selling it.")


def kinds(complaint: Complaint) -> list[str]:
    entries = Entry.objects.filter(stream__name=complaint.journal_stream).order_by("seq")
    return [entry.kind.removeprefix("complaint.") for entry in entries]


@pytest.mark.django_db
@pytest.mark.parametrize("severity", range(1, 5))
@pytest.mark.parametrize("importance", range(1, 5))
def test_what_is_graver_or_matters_more_never_comes_later(severity: int, importance: int) -> None:
    here = judged(severity, importance)
    assert 1 <= here <= judged(severity + 1, importance) <= 4
    assert here <= judged(severity, importance + 1) <= 4


def judged(severity: int, importance: int, *, is_safety: bool = False) -> int:
    """The priority that the delivered table makes of these."""
    return priority_of(Complaint(severity=severity, importance=importance, is_safety=is_safety))


@pytest.mark.django_db
def test_danger_to_people_comes_first_whatever_the_table_says() -> None:
    assert (judged(1, 1), judged(1, 1, is_safety=True)) == (1, 4)


def test_priority_is_what_the_table_in_force_says(world: World) -> None:
    asked, first = question("priority"), world.complaint()
    vip = {"if": [{"field": "contact_group", "is": "in", "value": ["supplier"]}], "then": {"priority": 3}}
    content = deciding.content_of(asked)
    written = {**content, "inputs": ["contact_group", *content["inputs"]], "rows": [vip, *content["rows"]]}
    draft = save_table(of=asked, content=written, by=world.administrator)
    actions.assess(first, look=Look(1, 1), by=world.sara)
    publish_table(draft.table, by=world.administrator)
    supplier = world.complaint(complainant=Introduction(name="Pars Steel", contact_group="supplier"))
    actions.assess(supplier, look=Look(1, 1), by=world.sara)
    assert (first.priority, supplier.priority) == (1, 3)


def test_every_look_is_kept_and_the_complaint_shows_the_latest(world: World) -> None:
    complaint = world.complaint()
    actions.assess(complaint, look=Look(2, 2, felt_severity=5, remark="A first look."), by=world.agent)
    actions.assess(complaint, look=Look(3, 4, is_media=True), by=world.sara)
    complaint = Complaint.objects.get(pk=complaint.pk)
    looks = list(complaint.assessments.values_list("version", "severity", "felt_severity", "by"))
    assert looks == [(1, 2, 5, world.agent.pk), (2, 3, None, world.sara.pk)]
    assert (complaint.severity, complaint.importance, complaint.priority) == (3, 4, 3)
    assert (complaint.is_media, complaint.is_safety) == (True, False)


def test_an_answered_complaint_is_still_assessed_and_a_closed_one_is_not(world: World) -> None:
    complaint = world.responded()
    actions.assess(complaint, look=Look(2, 2), by=world.sara)
    actions.record_acceptance(complaint, by=world.sara)
    with pytest.raises(Refused):
        actions.assess(complaint, look=Look(5, 5), by=world.sara)
    assert complaint.assessments.count() == 1


@pytest.mark.parametrize("who", ["expert", "auditor", "administrator", "reza"])
def test_others_do_not_assess(world: World, who: str) -> None:
    complaint = world.complaint()
    with pytest.raises(Refused):
        actions.assess(complaint, look=Look(5, 5), by=getattr(world, who))
    complaint.refresh_from_db()
    assert (complaint.severity, complaint.assessments.count()) == (None, 0)


def test_a_graver_complaint_is_promised_an_earlier_answer_counted_from_now(world: World) -> None:
    complaint = world.taken()
    given = complaint.due_at
    actions.assess(complaint, look=Look(5, 3), by=world.sara)
    assert clock.now() < complaint.due_at < given
    assert Clock.objects.open().get(complaint=complaint, kind="answer").due_at == complaint.due_at
    assert complaint.work_items.get(kind="stage", closed_at=None).due_at == complaint.due_at
    assert "promise_brought_forward" in kinds(complaint)


def test_a_calendar_that_never_opens_hinders_no_judgement(world: World) -> None:
    complaint = world.taken()
    WorkingInterval.objects.all().delete()
    actions.assess(complaint, look=Look(5, 3), by=world.sara)
    assert complaint.severity == 5


def test_a_promise_given_never_moves_later(world: World) -> None:
    complaint = world.taken()
    actions.assess(complaint, look=Look(5, 3), by=world.sara)
    soon = complaint.due_at
    actions.assess(complaint, look=Look(1, 1), by=world.sara)
    assert complaint.due_at == soon
    assert kinds(complaint).count("promise_brought_forward") == 1


def test_a_look_late_in_the_day_of_the_promise_leaves_it_alone(world: World) -> None:
    complaint = world.taken()
    given = complaint.due_at
    with clock.shifted(given - clock.now() - timedelta(hours=1)):
        actions.assess(complaint, look=Look(5, 5), by=world.sara)
    assert complaint.due_at == given


def test_an_answered_complaint_is_promised_nothing_new(world: World) -> None:
    complaint = world.responded()
    given = complaint.due_at
    actions.assess(complaint, look=Look(5, 5), by=world.sara)
    assert complaint.due_at == given


def test_danger_is_told_to_the_managers_of_the_whole_once(world: World) -> None:
    cast.person("Hamid Local", Role.COMPLAINTS_MANAGER, world.service)
    complaint = world.complaint()
    actions.assess(complaint, look=DANGER, by=world.agent)
    actions.assess(complaint, look=DANGER, by=world.agent)
    task = WorkItem.objects.get(complaint=complaint, kind="task")
    mail = Outgoing.objects.get(purpose="staff_notice")
    assert (task.holder, task.title) == (world.manager, "safety")
    assert task in received(Desk(standing_of(world.manager)))
    assert (mail.to_email, mail.state) == (world.manager.email, "due")
    assert complaint.reference in mail.subject
    assert "drum" not in mail.body
    assert kinds(complaint).count("safety_alarmed") == 1


def test_a_manager_named_in_the_complaint_is_told_nothing(world: World) -> None:
    complaint = world.complaint()
    Complaint.objects.filter(pk=complaint.pk).update(excluded=[world.manager.pk])
    actions.assess(complaint, look=DANGER, by=world.agent)
    assert not WorkItem.objects.filter(complaint=complaint, kind="task").exists()
    assert not Outgoing.objects.filter(purpose="staff_notice").exists()


def test_a_task_leaves_the_cartable_when_its_holder_has_dealt_with_it(world: World) -> None:
    complaint = world.complaint()
    actions.assess(complaint, look=DANGER, by=world.agent)
    with pytest.raises(Refused, match="No task"):
        actions.settle_tasks(complaint, by=world.expert)
    actions.settle_tasks(complaint, by=world.manager)
    task = WorkItem.objects.get(complaint=complaint, kind="task")
    assert task.answered_at is not None
    assert task.seen_at is not None
    assert list(received(Desk(standing_of(world.manager))).filter(kind="task")) == []
