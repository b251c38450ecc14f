"""Deeds: each beat of a story is done by the verb that people use for it, in the words of the demo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from shenava.common import clock
from shenava.complaints import actions
from shenava.operations.demo import asking
from shenava.operations.demo.case import Case
from shenava.people.parties import system_party

FINDINGS = ("upheld", "upheld", "upheld", "partly", "not_upheld")


def take(case: Case, _detail: str) -> None:
    """The officer takes it."""
    actions.take(case.complaint, by=case.officer)


def classify(case: Case, _detail: str) -> None:
    """Every line gets its category."""
    category = case.house.categories[case.story.topic["category"]]
    for line in case.complaint.issue_lines.filter(category=None):
        actions.classify(case.complaint, line=line, category=category, by=case.officer)


def assess(case: Case, _detail: str) -> None:
    """How grave it is; looked at again, somewhat graver."""
    topic, dice = case.story.topic, case.dice
    severity = min(dice.randint(*topic["severity"]) + case.complaint.assessments.count(), 5)
    is_safety = bool(topic.get("is_safety"))
    look = actions.Look(
        severity=severity,
        importance=max(1, min(5, severity + dice.randint(-1, 1))),
        felt_severity=dice.randint(2, 5),
        urgency="immediate" if is_safety else dice.choice(("normal", "normal", "urgent")),
        is_safety=is_safety,
        is_legal=case.story.channel == "supervisory_body",
        is_media=case.story.channel == "social_media",
        immediate_action=case.writes("immediate") if is_safety else "",
    )
    actions.assess(case.complaint, look=look, by=case.officer)


def note(case: Case, _detail: str) -> None:
    """A word among colleagues."""
    actions.note(case.complaint, text=case.writes("note"), by=case.officer)


def summarise(case: Case, _detail: str) -> None:
    """The problem in our words, as the complainant confirmed it."""
    text = case.writes("summary").format(title=case.complaint.title)
    actions.confirm_summary(
        case.complaint, text=text, channel="phone", confirmed_on=clock.now().date(), by=case.officer
    )


def split(case: Case, _detail: str) -> None:
    """One more thing complained about."""
    actions.add_issue_line(case.complaint, subject="information", text=case.writes("line"), by=case.officer)
    category = case.house.categories["H04"]
    line = case.complaint.issue_lines.latest("position")
    actions.classify(case.complaint, line=line, category=category, by=case.officer)


def decide(case: Case, _detail: str) -> None:
    """A finding for every line, with its reasons."""
    finding = case.story.topic.get("finding") or case.dice.choice(
        ("upheld", "upheld", "upheld", "partly", "not_upheld")
    )
    reasons = case.story.topic["reason"] or case.writes("opinion")
    lines = case.complaint.issue_lines.values_list("pk", flat=True)
    findings = {line: actions.LineFinding(finding, reasons) for line in lines}
    actions.decide(case.complaint, findings=findings, reasons=reasons, by=case.judge)


def respond(case: Case, detail: str) -> None:
    """The answer; another one after a rejection or a reopening."""
    text = case.says("second") if detail else case.story.topic["answer"]
    actions.respond(case.complaint, text=text, by=case.officer)


def correct(case: Case, _detail: str) -> None:
    """Another answer instead of the one given."""
    actions.correct_response(case.complaint, text=case.says("second"), by=case.officer)


def accept(case: Case, _detail: str) -> None:
    """The complainant is content."""
    actions.record_acceptance(case.complaint, text=case.says("acceptance"), by=case.complaint.complainant)


def reject(case: Case, _detail: str) -> None:
    """The complainant is not content."""
    actions.record_rejection(case.complaint, text=case.says("rejection"), by=case.complaint.complainant)


def review(case: Case, _detail: str) -> None:
    """The complainant wants somebody else to look at it."""
    actions.ask_review(case.complaint, text=case.says("rejection"), by=case.complaint.complainant)


def conclude(case: Case, _detail: str) -> None:
    """Whoever had no part in the answer has looked at it anew."""
    actions.answer_review(case.complaint, result="changed", text=case.says("second"), by=case.complaint.owner)


def reopen(case: Case, _detail: str) -> None:
    """It was not over."""
    actions.reopen(case.complaint, text=case.says("reopening"), by=case.complaint.complainant)


def withdraw(case: Case, _detail: str) -> None:
    """The complainant does not want it any more."""
    actions.withdraw(case.complaint, text=case.says("withdrawal"), by=case.complaint.complainant)


def ask(case: Case, _detail: str) -> None:
    """Something that only the complainant knows."""
    actions.ask_complainant(case.complaint, text=case.says("question"), by=case.officer)


def inform(case: Case, detail: str) -> None:
    """The complainant writes again."""
    channel = case.story.channel if case.story.channel in ("portal", "email") else "phone"
    addition = actions.Addition(text=case.says(detail or "information"), channel=channel)
    actions.add_information(case.complaint, addition=addition, by=case.complaint.complainant)


def postpone(case: Case, _detail: str) -> None:
    """Another date, with the reason."""
    due_at = max(case.complaint.due_at or clock.now(), clock.now()) + timedelta(days=7)
    actions.change_deadline(case.complaint, due_at=due_at, reason=case.says("deadline"), by=case.officer)


def warn(case: Case, _detail: str) -> None:
    """Nobody has said anything to our answer."""
    actions.warn_silence(case.complaint, by=system_party())


def lapse(case: Case, _detail: str) -> None:
    """Nobody says anything at all."""
    actions.close_unanswered(case.complaint, by=system_party())


def exhaust(case: Case, _detail: str) -> None:
    """All that is reasonable was done."""
    actions.close(case.complaint, text=case.writes("exhausted"), by=case.officer)


def misdirect(case: Case, _detail: str) -> None:
    """It is for somebody else."""
    actions.mark_misdirected(case.complaint, text=case.says("misdirected"), by=case.officer)


def dismiss(case: Case, _detail: str) -> None:
    """It asks for nothing to be mended."""
    actions.mark_not_a_complaint(case.complaint, text=case.writes("not_complaint"), by=case.officer)


def convert(case: Case, _detail: str) -> None:
    """A question that is a complaint."""
    actions.convert(case.complaint, record_type="complaint", by=case.officer)


def merge(case: Case, _detail: str) -> None:
    """The same matter came before."""
    assert case.other is not None
    actions.mark_duplicate(case.complaint, of=case.other.complaint, text=case.writes("duplicate"), by=case.officer)


def link(case: Case, _detail: str) -> None:
    """It belongs to another one."""
    assert case.other is not None
    actions.link(case.complaint, other=case.other.complaint, by=case.officer)


def settle(case: Case, _detail: str) -> None:
    """The manager has done what danger asked for."""
    actions.settle_tasks(case.complaint, by=case.manager)


OWN: dict[str, Callable[[Case, str], None]] = {
    deed.__name__: deed
    for deed in (
        take, classify, assess, note, summarise, split, decide, respond, correct, accept, reject, review, conclude,
        reopen, withdraw, ask, inform, postpone, warn, lapse, exhaust, misdirect, dismiss, convert, merge, link, settle,
    )
}  # fmt: skip
DEEDS = OWN | asking.DEEDS
