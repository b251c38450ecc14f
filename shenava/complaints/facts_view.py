"""Facts of a complaint as rules see them: each field with its words, and how it is read.

They are read when they are asked for, so a rule that looks at the channel costs no question to the database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from shenava.common import clock
from shenava.common.remembering import once
from shenava.complaints.models import (
    Basis,
    Category,
    Channel,
    Complaint,
    Directness,
    Importance,
    Priority,
    RecordType,
    Remedy,
    Severity,
    Source,
    Subject,
)
from shenava.people.models import ContactGroup, Party, PartyKind, Unit
from shenava.process import drawn
from shenava.process.fields import CHOICE, NUMBER, SCALE, TEXT, YES_NO, Choice, Field

MONEY = frozenset({Remedy.REFUND, Remedy.COMPENSATION})
PARTIES = 50
"""Of more parties with one number or address than these the latest are looked at."""


def categories() -> Sequence[Choice]:
    """Categories that can be chosen, each below the one above it; by code."""
    return [(one.code, one) for one in once(_categories)]


def groups() -> Sequence[Choice]:
    """Categories of the upper level, by code."""
    return [(one.code, one) for one in once(_categories) if one.parent_id is None]


def units() -> Sequence[Choice]:
    """Units in use, by number."""
    return [(unit.pk, unit) for unit in once(_units)]


def _categories() -> list[Category]:
    return list(Category.objects.in_use().in_order())


def _units() -> list[Unit]:
    return list(Unit.objects.filter(is_active=True).select_related("party").order_by("party__name"))


def languages() -> Sequence[Choice]:
    """The languages that complainants write in."""
    return [(code, _named(code)) for code, _name in settings.LANGUAGES]


def stages() -> Sequence[Choice]:
    """Stages and ends of the processes that were published."""
    return drawn.stage_choices(get_language() or "en")


def _named(code: str) -> str:
    return {"en": "English", "fa": "فارسی", "he": "עברית"}[code]


def of_the_same(complaint: Complaint) -> QuerySet[Complaint]:
    """Other complaints of whoever has the same address or telephone number as the complainant."""
    who = complaint.complainant
    alike = Q(pk=who.pk)
    alike |= Q(email=who.email) if who.email else Q()
    alike |= Q(phone=who.phone) if who.phone else Q()
    parties = Party.objects.filter(alike, is_anonymous=False).order_by("-pk").values("pk")[:PARTIES]
    return Complaint.objects.filter(complainant__in=parties).exclude(pk=complaint.pk)


def _first_category(complaint: Complaint) -> Category | None:
    """The category of the first issue line that has one."""
    lines = complaint.issue_lines.all() if complaint.pk else ()
    return next((line.category for line in lines if line.category is not None), None)


def _code(complaint: Complaint) -> str:
    category = _first_category(complaint)
    return category.code if category else ""


def _group(complaint: Complaint) -> str:
    category = _first_category(complaint)
    return (category.parent or category).code if category else ""


def _days(complaint: Complaint) -> int:
    return max(((complaint.closed_at or clock.now()) - complaint.entered_at).days, 0)


def _known(choices: Any) -> Callable[[], Sequence[Choice]]:
    return lambda: list(choices.choices)


READ: dict[str, Callable[[Complaint], Any]] = {
    "contact_group": lambda found: found.complainant.contact_group,
    "complainant_kind": lambda found: found.complainant.kind,
    "is_represented": lambda found: found.representative_id is not None,
    "is_repeated": lambda found: of_the_same(found).exists(),
    "asks_for_money": lambda found: not MONEY.isdisjoint(found.requested_remedies),
    "category": _code,
    "category_group": _group,
    "unit": lambda found: found.unit_id,
    "days_open": _days,
    "is_late": lambda found: found.is_late(clock.now()),
}
"""What is not simply written in the row."""


class Facts(Mapping[str, Any]):
    """What is the case of a complaint, by field; each is looked up when it is asked for, and kept."""

    def __init__(self, complaint: Complaint) -> None:
        self.complaint = complaint
        self._kept: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Any:
        if key not in KEYS:
            raise KeyError(key)
        if key not in self._kept:
            read = READ.get(key)
            self._kept[key] = read(self.complaint) if read else getattr(self.complaint, key)
        return self._kept[key]

    def __iter__(self) -> Iterator[str]:
        return iter(KEYS)

    def __len__(self) -> int:
        return len(KEYS)


facts_of = Facts

FIELDS = (
    Field("record_type", _("Kind of record"), CHOICE, _known(RecordType), may_be_empty=False),
    Field("channel", _("Received by"), CHOICE, _known(Channel), may_be_empty=False),
    Field("subject", _("What it is about"), CHOICE, _known(Subject), may_be_empty=False),
    Field("category", _("Category"), CHOICE, categories),
    Field("category_group", _("Group of categories"), CHOICE, groups),
    Field("product", _("Product or service"), TEXT),
    Field("serial", _("Serial number or invoice number"), TEXT),
    Field("severity", _("Severity"), SCALE, _known(Severity)),
    Field("importance", _("Importance"), SCALE, _known(Importance)),
    Field("priority", _("Priority"), SCALE, _known(Priority)),
    Field("is_safety", _("Danger to people"), YES_NO),
    Field("is_legal", _("Legal matter"), YES_NO),
    Field("is_media", _("Matter for the media"), YES_NO),
    Field("is_about_staff", _("About a member of staff"), YES_NO),
    Field("asks_for_money", _("Asks for money"), YES_NO),
    Field("is_anonymous", _("Anonymous"), YES_NO),
    Field("is_represented", _("Somebody else speaks for the complainant"), YES_NO),
    Field("is_repeated", _("Complained before"), YES_NO),
    Field("contact_group", _("Contact group"), CHOICE, _known(ContactGroup), may_be_empty=False),
    Field("complainant_kind", _("Person or company"), CHOICE, _known(PartyKind), may_be_empty=False),
    Field("language", _("Language"), CHOICE, languages, may_be_empty=False),
    Field("source", _("Through whom"), CHOICE, _known(Source), may_be_empty=False),
    Field("directness", _("How it was said"), CHOICE, _known(Directness), may_be_empty=False),
    Field("expectation_basis", _("A reply is expected"), CHOICE, _known(Basis), may_be_empty=False),
    Field("unit", _("Unit"), CHOICE, units),
    Field("stage", pgettext_lazy("field of a complaint", "Stage"), CHOICE, stages, may_be_empty=False),
    Field("days_open", _("Days since it came in"), NUMBER, may_be_empty=False),
    Field("is_late", _("Past the promised date"), YES_NO),
    Field("reopened_count", _("How often it was opened again"), NUMBER, may_be_empty=False),
)
KEYS = {field.key: field for field in FIELDS}
