"""Asking others: referrals and what comes of them, bodies outside, and the sides of a complaint about staff."""

from __future__ import annotations

from datetime import timedelta

from shenava.common import clock
from shenava.complaints import actions, personal
from shenava.complaints.models import Referral
from shenava.operations.demo.case import Case
from shenava.people.models import Party
from shenava.people.standing import standing_of

BRANCHES = {"tehran": "shirin", "isfahan": "behrouz", "mashhad": "farhad", "shiraz": "nasrin"}


def refer(case: Case, kind: str) -> None:
    """Ask a colleague or a unit."""
    to, case.asked = _whom(case, kind)
    commission = actions.Commission(
        kind=kind,
        directive=case.writes(kind),
        due_at=clock.now() + timedelta(days=case.dice.randint(2, 5)),
        urgency=case.dice.choice(("normal", "normal", "urgent")),
        is_confidential=case.dice.random() < 0.05,
    )
    referral = actions.refer(case.complaint, to=to, commission=commission, by=case.officer)
    if kind != "copy":
        case.referral = referral


def see(case: Case, _detail: str) -> None:
    """Whoever was asked opens the page."""
    personal.mark_seen(standing_of(_asked(case)), case.complaint)


def accept_referral(case: Case, _detail: str) -> None:
    """Whoever was asked takes it on."""
    actions.accept_referral(case.complaint, referral=_referral(case), by=_asked(case))


def give_back(case: Case, _detail: str) -> None:
    """It was the wrong address."""
    actions.return_referral(case.complaint, referral=_referral(case), reason=case.writes("returned"), by=_asked(case))


def call_back(case: Case, _detail: str) -> None:
    """It is not needed any more."""
    actions.recall(case.complaint, referral=_referral(case), reason=case.writes("recalled"), by=case.officer)


def opine(case: Case, _detail: str) -> None:
    """What whoever was asked has found; said again it is a revision."""
    referral = _referral(case)
    advice = actions.Advice(
        text=_opinion(case, referral),
        recommendation=case.writes("recommendation") if case.dice.random() < 0.5 else "",
        is_shareable=case.dice.random() < 0.3,
    )
    actions.give_opinion(case.complaint, referral=referral, advice=advice, by=_asked(case))


def refer_outside(case: Case, _detail: str) -> None:
    """A letter to a body outside."""
    letter = actions.Letter(
        reference=f"{case.dice.randint(1200, 9800)}/ش",
        text=case.writes("letter"),
        due_at=clock.now() + timedelta(days=case.dice.randint(10, 20)),
    )
    body = case.dice.choice(case.house.bodies)
    case.referral = actions.refer_outside(case.complaint, body=body, letter=letter, by=case.officer)


def reply(case: Case, _detail: str) -> None:
    """What the body wrote back."""
    letter = actions.Letter(reference=f"{case.dice.randint(20000, 98000)}", text=case.writes("reply"))
    actions.record_reply(case.complaint, referral=_referral(case), letter=letter, by=case.officer)


def name(case: Case, _detail: str) -> None:
    """Somebody of ours is complained about."""
    able = [case.house.people[key] for key in ("sara", "minoo", "kaveh", "negar", "farhad")]
    case.named = case.dice.choice([one for one in able if one != case.officer])
    actions.name_staff(case.complaint, staff=case.named, by=case.officer)


def hear(case: Case, side: str) -> None:
    """One side tells what happened: the complainant, the member of staff, or nobody who could be found out."""
    sides = {"staff": case.named, "unknown": None, "": case.complaint.complainant}
    text = case.writes({"staff": "replied", "unknown": "unknown", "": "heard"}[side])
    today = clock.now().date()
    actions.record_hearing(case.complaint, side=sides[side], heard_on=today, note=text, by=case.officer)


def declare(case: Case, _detail: str) -> None:
    """The officer is not impartial; the other one of the house takes it."""
    actions.declare_conflict(case.complaint, reason=case.writes("conflict"), by=case.officer)
    other = "kaveh" if case.officer == case.house.people["sara"] else "sara"
    case.officer = case.house.people[other]


def _whom(case: Case, kind: str) -> tuple[Party, Party]:
    """Who is asked, and who acts on it: a unit's work is done by its officer."""
    people = case.house.people
    if kind == "action":
        key = case.dice.choice([key for key, officer in BRANCHES.items() if people[officer] != case.officer])
        return case.house.units[key].party, people[BRANCHES[key]]
    keys = {"approval": ("reza",), "copy": ("arash", "leila", "reza"), "inspection": ("hamid", "ali")}
    to = people[case.dice.choice(keys.get(kind, ("ali", "ali", "hamid", "leila")))]
    return to, to


def _opinion(case: Case, referral: Referral) -> str:
    if referral.opinions.exists():
        return case.writes("revised")
    if referral.kind == "approval":
        return case.writes("approved")
    return case.story.topic["opinion"] or case.writes("opinion")


def _referral(case: Case) -> Referral:
    assert case.referral is not None
    return case.referral


def _asked(case: Case) -> Party:
    assert case.asked is not None
    return case.asked


DEEDS = {
    deed.__name__: deed
    for deed in (
        refer, see, accept_referral, give_back, call_back, opine, refer_outside, reply, name, hear, declare,
    )
}  # fmt: skip
