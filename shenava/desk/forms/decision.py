"""Forms for the summary, for hearing both sides, for impartiality and for the decision."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from shenava.common import clock
from shenava.common.fields import ProseField
from shenava.complaints.actions import LineFinding
from shenava.complaints.models import Channel, Complaint, Finding
from shenava.desk.forms.complaints import PartyChoice
from shenava.people.models import Party
from shenava.ui.fields import DateField

CONFIRMED_BY = [
    Channel.PHONE,
    Channel.IN_PERSON,
    Channel.EMAIL,
    Channel.PORTAL,
    Channel.LETTER,
    Channel.SMS,
    Channel.MESSENGER,
]


def _today() -> date:
    """The date where the reader is."""
    return timezone.localdate(clock.now())


class PastDayField(DateField):
    """The day of something that has happened."""

    def clean(self, value: Any) -> date | None:
        """The day; raises ValidationError for one that has not come yet."""
        day: date | None = super().clean(value)
        if day and day > _today():
            raise forms.ValidationError(_("This day has not come yet."))
        return day


class SummaryForm(forms.Form):
    """The problem in our words, and how the complainant confirmed it."""

    text = ProseField(label=_("The problem in our words"), max_length=5_000)
    channel = forms.ChoiceField(label=_("Confirmed by"), choices=[(one.value, one.label) for one in CONFIRMED_BY])
    confirmed_on = PastDayField(label=_("Confirmed on"), initial=_today)


class NameStaffForm(forms.Form):
    """Which member of staff is complained about."""

    staff = PartyChoice(label=_("Member of staff"), queryset=Party.objects.none(), empty_label=_("Choose…"))

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        able = Party.objects.staff().exclude(pk__in=complaint.concerned)
        self.fields["staff"].queryset = able.order_by("folded_name", "pk")  # type: ignore[attr-defined]


class ConflictForm(forms.Form):
    """Why one is not impartial."""

    reason = ProseField(
        label=_("Why you are not impartial here"),
        help_text=_("You will not see this complaint any more; others take it over."),
        max_length=2_000,
    )


class HearingForm(forms.Form):
    """Which side was heard, when, and what it said."""

    side = forms.ChoiceField(label=_("Who was heard"))
    heard_on = PastDayField(label=_("Heard on"), initial=_today)
    note = ProseField(label=_("What was said"), max_length=10_000)

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        speaker = complaint.representative or complaint.complainant
        self.sides: dict[str, Party | None] = {"complainant": speaker}
        labels: list[tuple[str, Any]] = [("complainant", _("the complainant"))]
        for party in sorted(complaint.concerned_parties, key=lambda one: one.pk):
            self.sides[str(party.pk)] = party
            labels.append((str(party.pk), str(party)))
        if not complaint.concerned:
            self.sides["unknown"] = None
            labels.append(("unknown", _("the member of staff, who could not be found out")))
        self.fields["side"].choices = labels  # type: ignore[attr-defined]

    def clean_side(self) -> Party | None:
        """The party of the side; None for a member of staff who could not be found out."""
        return self.sides[self.cleaned_data["side"]]


class DecisionForm(forms.Form):
    """A finding with reasons for every issue line, and the reasons of the whole."""

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = list(complaint.issue_lines.all())
        last = next(reversed(complaint.decisions.all()), None)
        for line in self.lines:
            self.fields[f"finding-{line.pk}"] = forms.ChoiceField(
                label=format_html("<bdi>{}</bdi>", line.text),
                choices=[("", _("Choose…")), *Finding.choices],
                initial=line.finding,
            )
            self.fields[f"reasons-{line.pk}"] = ProseField(label=_("Reasons"), max_length=5_000, initial=line.reasons)
        self.fields["reasons"] = ProseField(
            label=_("Reasons of the decision as a whole"), max_length=10_000, initial=last.reasons if last else ""
        )

    def findings(self) -> dict[int, LineFinding]:
        """What was found, by key of the issue line."""
        said = self.cleaned_data
        return {line.pk: LineFinding(said[f"finding-{line.pk}"], said[f"reasons-{line.pk}"]) for line in self.lines}
