"""Decision: the problem agreed on, both sides heard, nobody involved deciding, a finding with reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shenava.common import clock
from shenava.complaints import policy
from shenava.complaints.actions.holding import shut_out
from shenava.complaints.actions.naming import keep_named, shut_out_of_merged
from shenava.complaints.actions.room import action
from shenava.complaints.facts_of_judgement import ConflictDeclared, Decided, Heard, StaffNamed, SummaryConfirmed
from shenava.complaints.models import Complaint, DecidedLine, Decision, Hearing, IssueLine, Named, Summary
from shenava.complaints.models.decision import whole_finding
from shenava.journal.actions import Refused
from shenava.journal.recording import record
from shenava.people.models import Party


@dataclass(frozen=True)
class LineFinding:
    """What was found about one issue line, and why."""

    finding: str
    reasons: str


@action
def confirm_summary(complaint: Complaint, *, text: str, channel: str, confirmed_on: date, by: Party) -> Summary:
    """Say the problem in our words, and how and when the complainant confirmed that it is this."""
    summary = Summary.objects.create(
        complaint=complaint, text=text, channel=channel, confirmed_on=confirmed_on, by=by, at=clock.now()
    )
    record(complaint, SummaryConfirmed(summary=summary.pk, channel=channel), by=by)
    return summary


@action
def name_staff(complaint: Complaint, *, staff: Party, by: Party) -> Named:
    """Name a member of staff complained about: he sees nothing of it from now on, and his work goes to others."""
    if staff.pk in complaint.speaker_ids:
        raise Refused(policy.COMPLAINS_HIMSELF, "name_staff")
    named = keep_named(complaint, staff, is_concerned=True, reason="", by=by)
    shut_out(complaint, staff, by=by)
    record(complaint, StaffNamed(named=named.pk), by=by)
    shut_out_of_merged(complaint, by=by)
    return named


@action
def declare_conflict(complaint: Complaint, *, reason: str, by: Party) -> Named:
    """Say that one is not impartial here: one is shut out from now on, and one's work goes to others."""
    named = keep_named(complaint, by, is_concerned=False, reason=reason, by=by)
    record(complaint, ConflictDeclared(named=named.pk), by=by)
    shut_out(complaint, by, by=by)
    shut_out_of_merged(complaint, by=by)
    return named


@action
def record_hearing(complaint: Complaint, *, side: Party | None, heard_on: date, note: str, by: Party) -> Hearing:
    """Write down that one side was heard. `side` None: the member of staff could not be found out."""
    if side is not None and side.pk not in {*complaint.speaker_ids, *_concerned(complaint)}:
        raise Refused(policy.NO_SIDE, "record_hearing")
    hearing = Hearing.objects.create(
        complaint=complaint,
        is_complainant=side is not None and side.pk in complaint.speaker_ids,
        party=side,
        heard_on=heard_on,
        note=note,
        by=by,
        at=clock.now(),
    )
    record(complaint, Heard(hearing=hearing.pk), by=by)
    return hearing


@action
def decide(complaint: Complaint, *, findings: Mapping[int, LineFinding], reasons: str, by: Party) -> Decision:
    """Decide every issue line, with reasons; until the complainant is answered it may be decided anew.

    `findings` by key of the issue line. Where staff are concerned, both sides are heard before.
    """
    lines = list(complaint.issue_lines.all())
    if {line.pk for line in lines} != findings.keys():
        raise Refused(policy.EVERY_LINE, "decide")
    now = clock.now()
    decision = Decision.objects.create(
        complaint=complaint,
        finding=whole_finding(said.finding for said in findings.values()),
        reasons=reasons,
        by=by,
        at=now,
        revision_of=complaint.decisions.last(),
    )
    for line in lines:
        _keep_line(decision, line, findings[line.pk])
    fact = Decided(decision=decision.pk, finding=decision.finding, is_revision=decision.revision_of_id is not None)
    record(complaint, fact, by=by)
    return decision


def _keep_line(decision: Decision, line: IssueLine, said: LineFinding) -> None:
    DecidedLine.objects.create(decision=decision, line=line, finding=said.finding, reasons=said.reasons)
    line.finding, line.reasons, line.found_by, line.found_at = said.finding, said.reasons, decision.by, decision.at
    line.save(update_fields=["finding", "reasons", "found_by", "found_at"])


def _concerned(complaint: Complaint) -> set[int]:
    return set(complaint.named.filter(is_concerned=True).values_list("party_id", flat=True))
