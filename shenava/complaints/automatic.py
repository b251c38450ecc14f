"""What may set an automation off, what it may do to a complaint, and the ones that are offered to begin with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from shenava.common.remembering import once
from shenava.complaints.facts_view import stages
from shenava.complaints.models import Priority
from shenava.complaints.rules import READERS
from shenava.deadlines.models import ClockKind
from shenava.people.models import Party, Unit
from shenava.process.automations import FACT, PROMISE, STAGE, Argument, Deed, Plan
from shenava.process.fields import TEXT, Choice

OWNER, MANAGERS = "owner", "managers"
FACTS = (
    ("complaint.registered", _("it is registered")), ("complaint.classified", _("it is classified")),
    ("complaint.assessed", _("it is assessed")), ("complaint.safety_alarmed", _("danger to people is found")),
    ("complaint.routed", _("it goes to another unit")), ("complaint.assigned", _("it is assigned")),
    ("complaint.taken", _("somebody takes it")), ("complaint.message_received", _("the complainant writes")),
    ("complaint.questioned", _("the complainant is asked something")),
    ("complaint.referred", _("it is referred")), ("complaint.opinion_given", _("an opinion is given")),
    ("complaint.referral_returned", _("a referral comes back")),
    ("complaint.staff_named", _("a member of staff is named")), ("complaint.decided", _("it is decided")),
    ("complaint.responded", _("it is answered")), ("complaint.response_accepted", _("the answer is accepted")),
    ("complaint.response_rejected", _("the answer is rejected")), ("complaint.review_asked", _("a review is asked")),
    ("complaint.reopened", _("it is opened again")), ("complaint.escalated", _("a rung of the ladder is reached")),
    ("complaint.call_missed", _("a promised call failed")),
    ("complaint.acknowledgement_undelivered", _("the acknowledgement cannot be delivered")),
)  # fmt: skip
"""The facts of a complaint that set automations off, in words that go on after “when”."""


def people_and_units() -> Sequence[Choice]:
    """Units in use, and everybody who may work on complaints."""
    return once(_people_and_units)


def _people_and_units() -> list[tuple[Any, Any]]:
    units = Unit.objects.filter(is_active=True).select_related("party").order_by("party__name")
    staff = Party.objects.staff().filter(grants__role__in=READERS).distinct().order_by("name")
    return [*((unit.pk, unit) for unit in units), *((party.pk, party) for party in staff)]


OCCASIONS = {FACT: lambda: FACTS, STAGE: stages, PROMISE: lambda: ClockKind.choices}
WHOM = Argument("to", _("To whom"), choices=people_and_units)
DEEDS = (
    Deed("assign", _("Assign it"), (WHOM,)),
    Deed("refer", _("Refer it for an opinion"), (WHOM, Argument("text", _("What is asked"), TEXT))),
    Deed(
        "remind",
        _("Put it on somebody's list to follow up"),
        (Argument("to", _("Whose"), choices=lambda: (
            (OWNER, _("whoever answers for it")), (MANAGERS, _("a complaints manager")),
        )),),
    ),
    Deed("raise_priority", _("Raise its priority by one")),
    Deed("note", _("Write a note for colleagues"), (Argument("text", _("Note"), TEXT),)),
)  # fmt: skip
EXAMPLES = (
    Plan(
        names={
            "en": "Danger: a manager follows it up",
            "fa": "خطر برای افراد: پیگیری توسط مدیر شکایات",
            "he": "סכנה לאנשים: מנהל התלונות עוקב",
        },
        occasion="fact:complaint.assessed",
        conditions=({"field": "is_safety", "is": "is", "value": True},),
        deed="remind",
        arguments={"to": MANAGERS},
    ),
    Plan(
        names={
            "en": "Nobody took it for four working hours",
            "fa": "چهار ساعت کاری کسی آن را برنداشته است",
            "he": "ארבע שעות עבודה איש לא לקח אותה",
        },
        occasion="stage:registered",
        amount=4,
        measure="working_hours",
        deed="remind",
        arguments={"to": MANAGERS},
    ),
    Plan(
        names={
            "en": "Two working days before the answer is due: more urgent",
            "fa": "دو روز کاری تا موعد پاسخ: اولویت بالاتر",
            "he": "שני ימי עבודה לפני מועד התשובה: דחוף יותר",
        },
        occasion="promise:answer",
        amount=2,
        measure="working_days",
        conditions=({"field": "priority", "is": "at_most", "value": Priority.HIGH - 1},),
        deed="raise_priority",
    ),
)
