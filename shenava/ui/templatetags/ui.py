"""Template tags: icons, fields, dates in the reader's calendar, people's words kept in their place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.db.models import Model
from django.forms import BoundField
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from shenava.common import clock
from shenava.common.dates import digits as in_digits
from shenava.common.dates import show_brief, show_date, show_duration, show_moment
from shenava.ui.charts import stacked
from shenava.ui.icons import icon as draw
from shenava.ui.reader import current_reader

register = template.Library()
MIXED = re.compile(r"(?<![\w/@.-])(?=[\w/.+-]*[A-Za-z])(?=[\w/.+-]*\d)[\w/.+-]{2,}", re.ASCII)


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "inbox" %}`"""
    return draw(name)


@register.simple_tag(name="date")
def date_tag(day: date | None) -> SafeString | str:
    """A date in the reader's calendar."""
    if day is None:
        return ""
    reader = current_reader()
    shown = show_date(day, calendar=reader.calendar, language=reader.language)
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), shown)


@register.simple_tag
def moment(at: datetime | None) -> SafeString | str:
    """A moment in full, in the reader's calendar and time zone."""
    if at is None:
        return ""
    reader = current_reader()
    shown = show_moment(at, calendar=reader.calendar, language=reader.language, time_zone=reader.time_zone)
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), shown)


@register.simple_tag
def brief(at: datetime | None) -> SafeString | str:
    """A moment as short as can be: the time today, the date and the time before."""
    if at is None:
        return ""
    reader = current_reader()
    where = {"calendar": reader.calendar, "language": reader.language, "time_zone": reader.time_zone}
    long, short = show_moment(at, **where), show_brief(at, now=clock.now(), **where)
    return format_html('<time datetime="{}" title="{}">{}</time>', at.isoformat(), long, short)


@register.simple_tag
def due(at: datetime | None, now: datetime, done_at: datetime | None = None) -> SafeString | str:
    """How long until a promised date, or how long it is past."""
    if at is None or done_at is not None:
        return ""
    left, language = at - now, current_reader().language
    text = (_("{time} left") if at >= now else _("{time} over")).format(time=show_duration(left, language))
    state = " data-late" if at < now else " data-soon" if left < timedelta(days=1) else ""
    return format_html('<span class="due"{}>{}{}</span>', mark_safe(state), draw("timer"), text)


@register.simple_tag
def length(time: timedelta) -> SafeString:
    """How long something took, in its two largest units; the seconds stand behind it."""
    words = show_duration(time, current_reader().language)
    return format_html('<data value="{}">{}</data>', repr(time.total_seconds()), words)


@register.simple_tag
def percent(number: int) -> str:
    """A part of a hundred, with the reader's digits and sign."""
    language = current_reader().language
    return in_digits(number, language) + ("٪" if language == "fa" else "%")


@register.simple_tag
def digits(number: object) -> str:
    """A number in the reader's digits; counts stop at 99+."""
    if isinstance(number, int) and number > 99:
        return in_digits("99", current_reader().language) + "+"
    return in_digits(number, current_reader().language)


@register.simple_tag
def number(value: int) -> str:
    """A number in full, in the reader's digits."""
    return in_digits(value, current_reader().language)


@register.simple_tag
def code(value: object) -> SafeString:
    """Numbers, codes, phones, addresses: isolated, left to right."""
    return format_html('<bdi class="code" dir="ltr">{}</bdi>', value)


@register.simple_tag
def person(party: object) -> SafeString:
    """A name, which cannot turn its surroundings around."""
    return format_html("<bdi>{}</bdi>", party)


@register.simple_tag
def prose(text: object) -> SafeString:
    """People's text: their own direction, line breaks kept, serials and codes isolated, nothing linked."""
    safe = conditional_escape(str(text))
    isolated = MIXED.sub(lambda found: f"\u2066{found.group()}\u2069", safe) if "&" not in safe else safe
    return mark_safe(f'<div class="prose" dir="auto">{isolated}</div>')


@register.simple_tag
def avatar(party: Any, size: str = "") -> SafeString:
    """A circle with the first letter of a name."""
    letter, hue = str(party or "?").strip()[:1], (getattr(party, "pk", 0) or 0) % 4 + 1
    wide = format_html(' data-size="{}"', size) if size else ""
    return format_html('<span class="avatar" data-hue="{}"{} aria-hidden="true">{}</span>', hue, wide, letter)


@register.inclusion_tag("ui/parts/field.html")
def field(bound: BoundField, kind: str = "") -> dict[str, Any]:
    """A form field with label, help, control and error: `{% field form.name %}`."""
    described = [f"{bound.auto_id}_help"] * bool(bound.help_text) + [f"{bound.auto_id}_error"] * bool(bound.errors)
    widget = bound.field.widget
    attributes: dict[str, str | bool] = {"aria-describedby": " ".join(described)} if described else {}
    if bound.errors:
        attributes["aria-invalid"] = "true"
    shape = kind or {
        "CheckboxInput": "check",
        "RadioSelect": "options",
        "CheckboxSelectMultiple": "options",
    }.get(type(widget).__name__, "text")
    return {"field": bound, "control": bound.as_widget(attrs=attributes), "kind": shape}


@register.inclusion_tag("ui/parts/bar.html")
def bar(values: Iterable[tuple[str, int]], most: int) -> dict[str, Any]:
    """A bar of several parts, as long as its numbers are to the most of its table."""
    return {"pieces": stacked(list(values), most)}


@register.filter
def listed(words: Iterable[object]) -> str:
    """Words one after the other, with the comma of the reader's language."""
    return ("، " if current_reader().language == "fa" else ", ").join(map(str, words))


@register.filter
def said(bound: BoundField) -> str:
    """What a field of a query was given, in words: the labels of choices, a date as typed."""
    given, meant = bound.value(), getattr(bound.form, "cleaned_data", {}).get(bound.name)
    if isinstance(meant, Model):
        return str(meant)
    if given is True or given in ("on", "True"):
        return _("yes")
    values = {str(value) for value in given} if isinstance(given, list | tuple) else {str(given)}
    choices = getattr(bound.field, "choices", ())
    named = [str(label) for value, label in choices if str(value) in values]
    return str(listed(named or sorted(values)))


@register.filter
def megabytes(size: int) -> str:
    """A file size people can read."""
    language = current_reader().language
    if size >= 1024 * 1024:
        return in_digits(f"{size / 1024 / 1024:.1f} MB", language)
    return in_digits(f"{max(size // 1024, 1)} KB", language)
