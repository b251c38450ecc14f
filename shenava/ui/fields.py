"""Form fields that need the reader: dates in the reader's calendar."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shenava.common import clock
from shenava.common.dates import digits, parse_date, show_date_short
from shenava.common.text import fold
from shenava.ui.reader import current_calendar

EARLIEST, LATEST = 1800, 2199


class DateInput(forms.DateInput):
    """A text input that the date picker takes over; without a script one types the date."""

    template_name = "ui/widgets/date.html"
    offers = "past"
    """Which days the picker offers: past (with today), ahead (with today) or any."""

    def format_value(self, value: Any) -> str | None:
        """Shown in the reader's calendar; what was typed wrongly is shown as typed."""
        if isinstance(value, date):
            return show_date_short(value, calendar=current_calendar(), language=get_language() or "en")
        return str(value) if value else None

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["calendar"] = current_calendar()
        context["widget"]["iso"] = value.isoformat() if isinstance(value, date) else ""
        context["widget"]["offers"] = self.offers
        context["widget"]["today"] = timezone.localdate(clock.now()).isoformat()
        return context


class ComingDateInput(DateInput):
    """A day that lies ahead."""

    offers = "ahead"


class AnyDateInput(DateInput):
    """A day whenever it is."""

    offers = "any"


class DateField(forms.Field):
    """A day, typed in the reader's calendar (1405/09/03, ۳/۹/۱۴۰۵) or as ISO from the picker; not centuries away."""

    widget = DateInput
    default_error_messages = {"invalid": _("This is not a date. Write for example {example}.")}

    def to_python(self, value: Any) -> date | None:
        """The day; raises ValidationError with an example in the reader's calendar."""
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        calendar, language = current_calendar(), get_language() or "en"
        try:
            return _near(_iso(value) or parse_date(value, calendar=calendar, language=language))
        except ValueError as fault:
            example = show_date_short(timezone.localdate(clock.now()), calendar=calendar, language=language)
            message = str(self.error_messages["invalid"]).format(example=example)
            raise forms.ValidationError(message, code="invalid") from fault


class DueField(DateField):
    """The last day for something; the moment is the end of that day where the reader is."""

    widget = ComingDateInput

    def clean(self, value: Any) -> Any:
        """The moment, timezone-aware; raises ValidationError for a day that is past."""
        day = super().clean(value)
        if day is None:
            return None
        if day < timezone.localdate(clock.now()):
            raise forms.ValidationError(_("This day is past."), code="past")
        zone = timezone.get_current_timezone()
        return datetime.combine(day, time(23, 59), zone)


class TimeField(forms.Field):
    """A time of day, in any digits: 14:35, ۱۴:۳۵, 9.05."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr", "autocomplete": "off", "size": "5"})
    default_error_messages = {"invalid": _("This is not a time. Write for example {example}.")}

    def to_python(self, value: Any) -> time | None:
        """The time; raises ValidationError with an example in the reader's digits."""
        if value in self.empty_values:
            return None
        if isinstance(value, time):
            return value
        found = _TIME.fullmatch(fold(str(value)[:20]).strip())
        if found is None:
            example = digits("14:35", get_language() or "en")
            message = str(self.error_messages["invalid"]).format(example=example)
            raise forms.ValidationError(message, code="invalid")
        return time(int(found.group(1)), int(found.group(2)))


_TIME = re.compile(r"([01]?\d|2[0-3])[:.٫](\d{2}(?<=[0-5]\d))")


def moment_of(day: date | None, at: time | None) -> datetime:
    """A day and a time of the reader's zone as a moment: today where no day, its beginning where no time is given."""
    local = clock.now().astimezone(timezone.get_current_timezone())
    return datetime.combine(day or local.date(), at or time(0, 0), timezone.get_current_timezone())


def _iso(value: str) -> date | None:
    try:
        found = date.fromisoformat(value.strip())
    except ValueError:
        return None
    return found if found.year >= EARLIEST else None


def _near(found: date) -> date:
    """A year that people mean; another calendar's year lies centuries away."""
    if not EARLIEST <= found.year <= LATEST:
        raise ValueError("the year is of another calendar")
    return found
