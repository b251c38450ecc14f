"""Decision: the problem agreed on, both sides heard, nobody involved has a part in it, and reasons for all."""

from __future__ import annotations

import pytest

from shenava.common import clock
from shenava.complaints import actions, policy
from shenava.complaints.actions import Commission, LineFinding
from shenava.complaints.cartable import Desk, received
from shenava.complaints.models import Complaint, Decision
from shenava.journal.actions import Refused
from shenava.journal.models import Entry
from shenava.people.models import Party, Role
from shenava.people.standing import standing_of
from tests import world as cast
from tests.world import World

TODAY = clock.now().date()


def kinds(complaint: Complaint) -> list[str]:
    entries = Entry.objects.filter(stream__name=complaint.journal_stream).order_by("seq")
    return [entry.kind.removeprefix("complaint.") for entry in entries]


def fresh(complaint: Complaint) -> Complaint:
    return Complaint.objects.get(pk=complaint.pk)


def decided(complaint: Complaint, by: Party, *findings: str) -> Decision:
    """A decision with these findings, line by line."""
    lines = complaint.issue_lines.all()
    said = {line.pk: LineFinding(finding, "Because.") for line, finding in zip(lines, findings, strict=True)}
    decision: Decision = actions.decide(complaint, findings=said, reasons="All in all.", by=by)
    return decision


def about_staff(world: World) -> Complaint:
    """A complaint in which Reza of sales is complained about, held by the manager."""
    complaint = world.taken(by=world.manager)
    actions.name_staff(complaint, staff=world.reza, by=world.manager)
    return complaint


def heard(complaint: Complaint, side: Party | None, by: Party) -> None:
    actions.record_hearing(complaint, side=side, heard_on=TODAY, note="He said so.", by=by)


def test_the_summary_is_kept_with_how_and_when_it_was_confirmed_and_each_wording_stays(world: World) -> None:
    complaint = world.complaint()
    for text in ("It shakes.", "It shakes when it spins."):
        actions.confirm_summary(complaint, text=text, channel="phone", confirmed_on=TODAY, by=world.agent)
    kept = list(complaint.summaries.values_list("text", "channel", "by"))
    assert kept == [
        ("It shakes.", "phone", world.agent.pk),
        ("It shakes when it spins.", "phone", world.agent.pk),
    ]
    assert kinds(complaint)[-1] == "summary_confirmed"


@pytest.mark.parametrize(
    ("findings", "whole"),
    [
        (("upheld", "upheld"), "upheld"),
        (("not_upheld", "not_upheld"), "not_upheld"),
        (("upheld", "not_upheld"), "partly"),
        (("not_determinable", "partly"), "partly"),
        (("not_determinable", "not_upheld"), "not_upheld"),
    ],
)
def test_the_whole_follows_from_the_findings_of_the_lines(world: World, findings: tuple[str, str], whole: str) -> None:
    complaint = world.taken()
    actions.add_issue_line(complaint, subject="service", text="Nobody came.", by=world.sara)
    decision = decided(complaint, world.sara, *findings)
    assert decision.finding == whole
    assert tuple(complaint.issue_lines.values_list("finding", flat=True)) == findings


def test_a_line_left_out_is_no_decision(world: World) -> None:
    complaint = world.taken()
    line = complaint.issue_lines.get()
    actions.add_issue_line(complaint, subject="service", text="Nobody came.", by=world.sara)
    with pytest.raises(Refused, match="Every issue line"):
        actions.decide(complaint, findings={line.pk: LineFinding("upheld", "So.")}, reasons="So.", by=world.sara)
    assert complaint.decisions.count() == 0


def test_a_decision_is_revised_until_the_complainant_is_answered_and_the_first_stays(world: World) -> None:
    complaint = world.taken()
    first = decided(complaint, world.sara, "not_upheld")
    second = decided(complaint, world.sara, "upheld")
    assert second.revision_of == first
    assert first.lines.get().finding == "not_upheld"
    assert complaint.issue_lines.get().finding == "upheld"
    actions.respond(complaint, text="You are right.", by=world.sara)
    with pytest.raises(Refused):
        decided(complaint, world.sara, "not_upheld")
    assert complaint.decisions.count() == 2


@pytest.mark.parametrize("who", ["agent", "expert", "reza", "auditor", "administrator"])
def test_only_the_holder_or_a_manager_decides(world: World, who: str) -> None:
    complaint = world.taken()
    with pytest.raises(Refused):
        decided(complaint, getattr(world, who), "upheld")
    assert complaint.decisions.count() == 0
    assert complaint.issue_lines.get().finding == ""


@pytest.mark.parametrize("who", ["sara", "manager", "auditor", "administrator", "expert"])
def test_whoever_is_named_is_shut_out_whatever_his_role(world: World, who: str) -> None:
    named, complaint = getattr(world, who), world.complaint()
    actions.name_staff(complaint, staff=named, by=world.agent)
    assert not Complaint.objects.visible_to(Party.objects.get(pk=named.pk)).filter(pk=complaint.pk).exists()
    assert policy.may(named, "note", fresh(complaint)).reason in (policy.INVOLVED.reason, policy.NOT_YOURS.reason)
    assert complaint.pk not in received(Desk(standing_of(named))).values_list("complaint", flat=True)
    assert kinds(complaint)[-1] == "staff_named"


def test_a_complainant_who_works_here_is_not_shut_out_of_his_own_complaint(world: World) -> None:
    complaint = world.complaint(complainant=world.expert)
    with pytest.raises(Refused, match="is the complainant"):
        actions.name_staff(complaint, staff=world.expert, by=world.agent)
    assert fresh(complaint).excluded == []


def test_what_lay_with_whoever_is_named_goes_to_others(world: World) -> None:
    complaint = world.taken()
    referral = actions.refer(
        complaint, to=world.reza, commission=Commission(kind="action", directive="See."), by=world.sara
    )
    actions.name_staff(complaint, staff=world.reza, by=world.manager)
    referral.item.refresh_from_db()
    assert referral.item.holder == world.service.party
    assert fresh(complaint).owner == world.sara


def test_a_conflict_puts_the_work_back_to_the_unit_while_an_officer_is_left_there(world: World) -> None:
    cast.person("Omid Farahani", Role.COMPLAINT_OFFICER, world.service)
    complaint = world.taken()
    actions.declare_conflict(complaint, reason="He is my brother.", by=world.sara)
    complaint = fresh(complaint)
    assert complaint.owner == world.service.party
    assert complaint.named.get().is_concerned is False
    assert not policy.may(world.sara, "take", complaint)
    assert not Complaint.objects.visible_to(world.sara).filter(pk=complaint.pk).exists()
    assert kinds(complaint)[-2:] == ["conflict_declared", "handed_over"]


def test_where_nobody_is_left_in_the_unit_its_fallback_holder_has_it(world: World) -> None:
    world.service.fallback_holder = world.reza
    world.service.save()
    complaint = world.taken()
    actions.declare_conflict(complaint, reason="He is my brother.", by=world.sara)
    assert fresh(complaint).owner == world.reza
    assert complaint.pk in received(Desk(standing_of(world.reza))).values_list("complaint", flat=True)


def test_a_fallback_holder_who_is_involved_himself_is_passed_over(world: World) -> None:
    world.service.fallback_holder = world.reza
    world.service.save()
    complaint = world.taken()
    actions.name_staff(complaint, staff=world.reza, by=world.manager)
    actions.declare_conflict(complaint, reason="He is my brother.", by=world.sara)
    assert fresh(complaint).owner == world.manager


def test_a_complaint_is_never_assigned_to_whoever_is_shut_out(world: World) -> None:
    complaint = about_staff(world)
    with pytest.raises(Refused, match="cannot hold it"):
        actions.assign(complaint, to=world.reza, by=world.manager)
    assert fresh(complaint).owner == world.manager


def test_a_complaint_of_staff_is_decided_only_after_both_sides_were_heard(world: World) -> None:
    complaint = about_staff(world)
    with pytest.raises(Refused, match="complainant has to be heard"):
        decided(complaint, world.manager, "upheld")
    heard(complaint, complaint.complainant, world.manager)
    with pytest.raises(Refused, match="member of staff has to be heard"):
        decided(complaint, world.manager, "upheld")
    assert complaint.decisions.count() == 0
    heard(complaint, world.reza, world.manager)
    assert decided(complaint, world.manager, "upheld").finding == "upheld"


def test_a_complaint_of_staff_is_answered_only_after_it_was_decided(world: World) -> None:
    complaint = world.complaint(subject="staff")
    actions.take(complaint, by=world.manager)
    with pytest.raises(Refused, match="decided before it is answered"):
        actions.respond(complaint, text="Sorry.", by=world.manager)
    assert complaint.responses.count() == 0
    heard(complaint, complaint.complainant, world.manager)
    heard(complaint, None, world.manager)
    decided(complaint, world.manager, "not_determinable")
    actions.respond(complaint, text="Sorry.", by=world.manager)
    assert complaint.stage == "responded"


def test_management_decides_about_its_staff(world: World) -> None:
    complaint = world.complaint(subject="staff")
    actions.take(complaint, by=world.sara)
    heard(complaint, complaint.complainant, world.sara)
    heard(complaint, None, world.sara)
    with pytest.raises(Refused, match="decided by a complaints manager"):
        decided(complaint, world.sara, "upheld")
    with pytest.raises(Refused, match="decided by a complaints manager"):
        line = complaint.issue_lines.get()
        actions.record_finding(complaint, line=line, finding="upheld", reasons="So.", by=world.sara)
    assert complaint.issue_lines.get().finding == ""


def test_only_the_two_sides_are_heard(world: World) -> None:
    complaint = about_staff(world)
    with pytest.raises(Refused, match="its sides"):
        heard(complaint, world.expert, world.manager)
    assert complaint.hearings.count() == 0
