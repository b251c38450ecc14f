"""Forms of calendars and promises."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shenava.common import clock
from shenava.common.dates import digits, same_day_each_year, year_span
from shenava.common.fields import LineField, NameField
from shenava.complaints.models import Channel, RecordType
from shenava.deadlines.actions import Terms
from shenava.deadlines.clocks import About
from shenava.deadlines.hours_text import parse_hours
from shenava.deadlines.ical import RefusedLineError, Why, read_days
from shenava.deadlines.models import ClockKind, PauseReason, PromiseRule
from shenava.deadlines.working_time import Interval
from shenava.desk.forms.administration import ZONES
from shenava.people.models import Organisation
from shenava.ui.fields import AnyDateInput, DateField
from shenava.ui.reader import current_calendar

YEARS = (2000, 2100)
YEARS_AHEAD = 10
LARGEST = 1024 * 1024
WHY = {
    Why.NO_CALENDAR: _("this is no iCalendar file."),
    Why.UNREADABLE: _("this line cannot be read."),
    Why.NO_DATE: _("there is no date here."),
    Why.TIMED: _("this is a time of day; only whole days are taken."),
    Why.REPEATED: _("this repetition is not known; only the same day every year is."),
    Why.BACKWARD: _("this ends before it begins."),
    Why.TOO_LONG: _("these are more days than a calendar has."),
    Why.UNENDED: _("what began before does not end here."),
}


class HoursField(LineField):
    """Working hours as people write them; empty is no work."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=100, required=False, **kwargs)
        self.widget.attrs["dir"] = "ltr"

    def clean(self, value: Any) -> tuple[Interval, ...]:
        """Intervals in minutes after midnight."""
        try:
            return parse_hours(super().clean(value))
        except ValueError as fault:
            raise forms.ValidationError(
                _("Write hours as 08:00-12:00, 13:00-17:00; leave empty for a free day.")
            ) from fault


class DayForm(forms.Form):
    """A day on which work is done otherwise."""

    date = DateField(label=_("Day"), widget=AnyDateInput)
    name = LineField(label=_("Name of the day"))
    hours = HoursField(label=_("Hours"), help_text=_("Such as 08:00-12:00; empty is a holiday."))
    every_year = forms.BooleanField(
        label=_("The same day of your calendar every year"),
        help_text=_("For ten years; each of them can be changed for itself."),
        required=False,
    )


def days_of(form: DayForm) -> list[date]:
    """The day that was given, or the same of ten years."""
    day, every_year = form.cleaned_data["date"], form.cleaned_data["every_year"]
    return same_day_each_year(day, current_calendar(), YEARS_AHEAD if every_year else 1)


class ImportDaysForm(forms.Form):
    """A file with free days, as offices and states give it out."""

    file = forms.FileField(
        label=_("File (iCalendar, .ics)"),
        help_text=_("Whole days only. Read are those of this year and of the five after it."),
    )

    def clean_file(self) -> dict[date, str]:
        """The days with their names; what is not understood is named with its line."""
        file, language = self.cleaned_data["file"], get_language() or "en"
        if file.size > LARGEST:
            raise forms.ValidationError(_("This file is too large for a calendar."))
        today = timezone.localdate(clock.now())
        try:
            return read_days(file.read().decode("utf-8"), today.replace(month=1, day=1), date(today.year + 5, 12, 31))
        except UnicodeDecodeError as fault:
            raise forms.ValidationError(_("This is no text in UTF-8.")) from fault
        except RefusedLineError as refused:
            told = _("Line {number}: {why}").format(number=digits(refused.number, language), why=WHY[refused.why])
            raise forms.ValidationError(told) from refused


class HoursForm(forms.Form):
    """The working week, one line a day."""

    def __init__(self, *args: Any, weekdays: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, label in weekdays:
            self.fields[f"day{number}"] = HoursField(label=label)


class CopyHolidaysForm(forms.Form):
    """Public holidays of a country and a year of the reader's calendar."""

    country = forms.ChoiceField(label=_("Country"), choices=[("IR", _("Iran")), ("IL", _("Israel"))])
    year = forms.IntegerField(label=_("Year"), widget=forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr"}))

    def clean_year(self) -> tuple[date, date]:
        """The first and the last day of the year."""
        try:
            first, last = year_span(self.cleaned_data["year"], current_calendar())
        except ValueError as fault:
            raise forms.ValidationError(_("There is no such year in your calendar.")) from fault
        if not YEARS[0] <= first.year < YEARS[1]:
            raise forms.ValidationError(_("Holidays are known for years near this one only."))
        return first, last


class CalendarForm(forms.Form):
    """A new calendar."""

    name = NameField(label=_("Name of the calendar"), max_length=100)
    country = forms.ChoiceField(
        label=_("Begins as in"),
        choices=Organisation.Country.choices,
        required=False,
        help_text=_("Working week and holidays begin as they are there; you can change everything."),
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=ZONES)


class PromiseForm(forms.Form):
    """How long a promise is."""

    amount = forms.IntegerField(label=_("How much"), min_value=1, max_value=365)
    measure = forms.ChoiceField(label=_("Measured in"), choices=PromiseRule.Measure.choices)
    legal_reference = LineField(label=_("Law or policy"), max_length=300, required=False)
    pauses_for = forms.MultipleChoiceField(
        label=_("The time stands still while it"),
        help_text=_("Only where the law or your policy lets it; else the date stands, whoever has the word."),
        choices=PauseReason.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def terms(self) -> Terms:
        """What is promised, as the verbs want it."""
        said = self.cleaned_data
        return Terms(said["amount"], said["measure"], said["legal_reference"], tuple(said["pauses_for"]))


class NewPromiseForm(PromiseForm):
    """A promise for all records or for some: of a kind, a severity, a channel, a country."""

    kind = forms.ChoiceField(label=_("Promise"), choices=ClockKind.choices)
    record_type = forms.ChoiceField(
        label=_("Kind of record"), choices=[("", _("all")), *RecordType.choices], required=False
    )
    severity = forms.TypedChoiceField(
        label=_("Severity"),
        choices=[("", _("all"))],
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("From 1, a trifle, to 5, danger to life."),
    )
    channel = forms.ChoiceField(label=_("Received by"), choices=[("", _("all")), *Channel.choices], required=False)
    jurisdiction = forms.ChoiceField(
        label=_("Country whose law holds"),
        choices=[("", _("all")), *Organisation.Country.choices[:-1]],
        required=False,
    )
    field_order = [
        "kind", "record_type", "severity", "channel", "jurisdiction", "amount", "measure", "legal_reference",
        "pauses_for",
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        degrees = [(str(degree), digits(degree, language)) for degree in range(1, 6)]
        self.fields["severity"].choices = [("", _("all")), *degrees]  # type: ignore[attr-defined]

    def about(self) -> About:
        """For what it is promised."""
        said = self.cleaned_data
        return About(said["record_type"], said["severity"], said["channel"], said["jurisdiction"])
