"""Carrying: what protects in a complaint goes along when it is merged into another, and back when that is undone."""

from __future__ import annotations

from dataclasses import fields

from shenava.common import clock
from shenava.complaints.actions.assessment import Look, alarms, judge, keep_look, raise_alarm
from shenava.complaints.facts_of_relation import LookPutBack
from shenava.complaints.models import Assessment, Complaint, Urgency
from shenava.journal.recording import record
from shenava.people.models import Party


def carry_over(complaint: Complaint, of: Complaint, *, by: Party) -> None:
    """The complaint that goes on is judged no less grave than the one merged into it, and who was heard was heard.

    A danger to people is told on that one, unless it was told there already and nobody waits with it here.
    """
    _carry_hearings(complaint, of)
    look, last, was_safety = complaint.assessments.last(), of.assessments.last(), of.is_safety
    if look is None or of.is_closed:
        return
    graver = _graver(_look(look), _look(last) if last else Look(1, 1))
    if last is None or graver != _look(last):
        judge(of, graver, by, carried_from=complaint)
    if complaint.is_safety and (not was_safety or alarms(complaint).open().exists()):
        raise_alarm(of, by)


def put_back(complaint: Complaint, of: Complaint, *, by: Party) -> None:
    """The merge is undone: the other one is judged as it is without it, unless it was judged since or has ended.

    What is still merged there is still reckoned in. Whoever was shut out stays shut out, and what was heard stays.
    A danger with which nobody has dealt is told again on the complaint that was opened.
    """
    last = of.assessments.last()
    if last is not None and last.carried_from_id is not None and not of.is_closed:
        _judge_without(of, last, by)
    if complaint.is_safety and alarms(complaint).filter(answered_at=None).exists():
        raise_alarm(complaint, by)


def _judge_without(of: Complaint, last: Assessment, by: Party) -> None:
    """The look that people took at it themselves, and the graver of it and of each that is still merged."""
    own = of.assessments.filter(carried_from=None).last()
    look, share = _look(own) if own else Look(1, 1), None
    for merged in of.duplicates.closed().order_by("pk"):
        known = merged.assessments.last()
        graver = _graver(_look(known), look) if known else look
        look, share = graver, share if graver == look else merged
    if own is None and share is None:
        look = Look(last.severity, last.importance)
    if look != _look(last):
        _judge_as_before(of, look, share=share, judged_by=(own or last).by, by=by)


def _judge_as_before(of: Complaint, look: Look, *, share: Complaint | None, judged_by: Party, by: Party) -> None:
    kept = keep_look(of, look, judged_by, carried_from=share)
    if not kept.is_safety:
        now = clock.now()
        alarms(of).open().update(recalled_at=now, closed_at=now)
    fact = LookPutBack(assessment=kept.pk, severity=kept.severity, importance=kept.importance, priority=kept.priority)
    record(of, fact, by=by)


def _carry_hearings(complaint: Complaint, of: Complaint) -> None:
    """As they were written down, each once however often the two were merged."""
    known = set(of.hearings.values_list("party", "at"))
    for hearing in complaint.hearings.all():
        if (hearing.party_id, hearing.at) not in known:
            hearing.pk, hearing.complaint, hearing.carried_from = None, of, complaint
            hearing.save(force_insert=True)


def _graver(one: Look, other: Look) -> Look:
    """The graver of two in every respect; what has to be done at once is said of both. How grave the complainant
    says it is stays the other's."""
    at_once = dict.fromkeys(words for words in (other.immediate_action, one.immediate_action) if words)
    return Look(
        severity=max(one.severity, other.severity),
        importance=max(one.importance, other.importance),
        felt_severity=other.felt_severity,
        urgency=max(one.urgency, other.urgency, key=Urgency.values.index),
        is_safety=one.is_safety or other.is_safety,
        is_legal=one.is_legal or other.is_legal,
        is_media=one.is_media or other.is_media,
        immediate_action="\n\n".join(at_once),
        remark=other.remark,
    )


def _look(assessment: Assessment) -> Look:
    return Look(**{field.name: getattr(assessment, field.name) for field in fields(Look)})
