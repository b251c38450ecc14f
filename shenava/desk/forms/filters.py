"""The filters of the list, as a query string asks for them. What is faulty is told and left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from shenava.common.fields import LineField
from shenava.common.text import clean
from shenava.complaints.filters import Filters, Order, State, Waits
from shenava.complaints.index.words import ask
from shenava.complaints.models import (
    FLAGS,
    Category,
    Channel,
    ClosureReason,
    Finding,
    Priority,
    RecordType,
    Severity,
    Source,
    Subject,
)
from shenava.desk.forms.complaints import CategoryChoice, PartyChoice
from shenava.people.models import ContactGroup, Party, Unit
from shenava.ui.fields import DateField

ANY = [("", _("any"))]
Choices = Callable[[], list[tuple[str, str]]]


def several(label: Any, choices: Any) -> forms.MultipleChoiceField:
    """Any of several values."""
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
    )  # fmt: skip


def one_of(label: Any, choices: Any) -> forms.ChoiceField:
    """One value, or any."""
    return forms.ChoiceField(label=label, choices=[*ANY, *choices], required=False)


def yes(label: Any) -> forms.BooleanField:
    """Only those of which it is true."""
    return forms.BooleanField(label=label, required=False)


class FilterForm(forms.Form):
    """One field for each question; their names are those of `Filters`."""

    text = LineField(label=_("Words in it"), max_length=100, required=False)
    state = one_of(_("Open or closed"), State.choices)
    stage = several(_("Stage"), ())
    record_type = several(_("Kind of record"), RecordType.choices)
    channel = several(_("Received by"), Channel.choices)
    source = several(_("Through whom"), Source.choices)
    contact_group = several(_("Contact group"), ContactGroup.choices)
    subject = several(_("About"), Subject.choices)
    category = CategoryChoice(
        label=_("Category"), queryset=Category.objects.in_order(), required=False, empty_label=_("any")
    )
    priority = several(_("Priority"), Priority.choices[::-1])
    severity = several(_("Severity"), Severity.choices[::-1])
    flag = several(_("Flags"), FLAGS.items())
    owner = PartyChoice(label=_("Held by"), queryset=Party.objects.none(), required=False, empty_label=_("any"))
    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=Unit.objects.select_related("party"), required=False, empty_label=_("any")
    )
    holder = PartyChoice(label=_("Work lies with"), queryset=Party.objects.none(), required=False, empty_label=_("any"))
    waits = one_of(_("The work is"), Waits.choices)
    step = one_of(_("Is at the step"), ())
    step_late = yes(_("A step beside the handling is late"))
    received_from = DateField(label=_("Received from"), required=False)
    received_to = DateField(label=_("Received until"), required=False)
    due_from = DateField(label=_("Due from"), required=False)
    due_to = DateField(label=_("Due until"), required=False)
    registered_on = DateField(label=_("Registered on"), required=False)
    assessed_on = DateField(label=_("Assessed on"), required=False)
    late = yes(_("Late"))
    soon = yes(_("Late within two working days"))
    has_referral = yes(_("Has an open referral"))
    body = PartyChoice(
        label=_("Passed to the external body"), queryset=Party.objects.filter(body__isnull=False).order_by("name"),
        required=False, empty_label=_("any"),
    )  # fmt: skip
    questioned = yes(_("Waits for the complainant's answer to a question"))
    about_staff = yes(_("About a member of staff, named or not"))
    language = several(_("Language"), settings.LANGUAGES)
    finding = several(_("Finding"), Finding.choices)
    closure_reason = several(_("Why it ended"), ClosureReason.choices)
    reopened = yes(_("Reopened"))
    order = forms.ChoiceField(label=_("Order"), choices=Order.choices, required=False)

    def __init__(self, values: Any, *, stages: Choices, steps: Choices) -> None:
        super().__init__(values, auto_id="f-%s")
        self.fields["stage"].choices = stages  # type: ignore[attr-defined]
        self.fields["step"].choices = lambda: [*ANY, *steps()]  # type: ignore[attr-defined]
        holders = Party.objects.holders().distinct().order_by("kind", "name")
        self.fields["owner"].queryset = self.fields["holder"].queryset = holders  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        """Words that can be looked for."""
        text: str = self.cleaned_data["text"]
        if text and not ask(text):
            raise forms.ValidationError(_("Write a word of at least two letters, or part of a number."))
        return text

    def filters(self) -> Filters:
        """What could be understood, as the list asks for it."""
        self.is_valid()
        said = {name: value for name, value in self.cleaned_data.items() if name != "order" and value}
        return Filters(**{name: _plain(value) for name, value in said.items()})

    @property
    def paging_order(self) -> tuple[str, ...]:
        """The keys to page by."""
        chosen = self.cleaned_data.get("order") or Order.NEWEST
        return (chosen, "-id" if chosen.startswith("-") else "id")

    @property
    def active(self) -> list[forms.BoundField]:
        """The fields that narrow the list or are faulty, for their chips."""
        return [self[name] for name in self.fields if name in self.errors or self._narrows(name)]

    @property
    def asked(self) -> dict[str, list[str]]:
        """What was asked and understood, as it can be kept and asked again."""
        given = {name: self.data.getlist(name) for name in self.fields if name not in self.errors}  # type: ignore[attr-defined]
        said = {name: [clean(one, multiline=False) for one in dict.fromkeys(ones)] for name, ones in given.items()}
        return {name: [one for one in ones if one] for name, ones in said.items() if any(ones)}

    def _narrows(self, name: str) -> bool:
        return name != "order" and bool(self.cleaned_data.get(name))


class ListViewForm(forms.Form):
    """A name for the list as it is looked at now."""

    name = LineField(label=_("Name of the view"), max_length=60)
    is_shared = forms.BooleanField(
        label=_("Colleagues see this view"),
        help_text=_("Everybody sees in it only the complaints within their own reach."),
        required=False,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    return value.pk if isinstance(value, Party | Unit | Category) else value
