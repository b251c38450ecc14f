"""What was asked by referral, as the complaint page offers it: each with the verbs that this reader may do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django import forms

from shenava.complaints import policy
from shenava.complaints.models import Complaint, Referral, ReferralKind
from shenava.desk.forms.complaints import LetterForm, OpinionForm, WhyForm
from shenava.people.standing import Standing

VERBS = {
    "acceptance": "accept_referral",
    "opinions": "give_opinion",
    "return": "return_referral",
    "recall": "recall",
    "reply": "record_reply",
}
FORMS: dict[str, type[forms.Form]] = {
    "acceptance": forms.Form,
    "opinions": OpinionForm,
    "return": WhyForm,
    "recall": WhyForm,
    "reply": LetterForm,
}


@dataclass(frozen=True)
class Asked:
    """One referral and the forms of what can be done to it, by noun."""

    referral: Referral
    offers: Mapping[str, forms.Form]
    is_readable: bool


def asked(
    standing: Standing,
    complaint: Complaint,
    referrals: Iterable[Referral],
    faulty: Mapping[tuple[int, str], forms.Form] | None = None,
) -> list[Asked]:
    """The referrals to which this reader may do something, in the order they were sent."""
    found = [_one(standing, complaint, referral, faulty or {}) for referral in referrals]
    return [one for one in found if one.offers]


def _one(
    standing: Standing, complaint: Complaint, referral: Referral, faulty: Mapping[tuple[int, str], forms.Form]
) -> Asked:
    offers = {
        noun: faulty.get((referral.pk, noun)) or _form(noun, referral)
        for noun, verb in VERBS.items()
        if (referral.pk, noun) in faulty or _is_offered(standing, noun, verb, complaint, referral)
    }
    return Asked(referral, offers, policy.may_read(standing, complaint, referral))


def _form(noun: str, referral: Referral) -> forms.Form:
    """An empty form; a revision begins with what was said last."""
    last = next(reversed(referral.opinions.all()), None) if noun == "opinions" else None
    said = {name: getattr(last, name) for name in ("text", "recommendation", "is_shareable")} if last else {}
    return FORMS[noun](prefix=f"r{referral.pk}", initial=said)


def _is_offered(standing: Standing, noun: str, verb: str, complaint: Complaint, referral: Referral) -> bool:
    """An opinion that was given can be revised: offered, not asked for."""
    is_outside = referral.kind == ReferralKind.OUTSIDE
    if noun == "reply":
        return is_outside and referral.is_open and bool(policy.verdict(standing, verb, complaint))
    return bool(policy.verdict_on(standing, verb, complaint, referral))
