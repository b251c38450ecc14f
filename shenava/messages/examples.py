"""Examples: what a template looks like filled in, shown to whoever writes it. Nothing of it is ever sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.utils import translation
from django.utils.translation import pgettext

from shenava.common import clock
from shenava.messages import placeholders, texts
from shenava.messages.models import OFFERED, Template, TemplateKind
from shenava.people.models import Organisation

KEY = "abcd-efgh-jkmn-pqrs"


def table(template: Template) -> list[dict[str, object]]:
    """The placeholders that are offered: how each is written, what it means, and an example."""
    values = _values(template.language)
    return [
        {"written": f"{{{name}}}", "meaning": placeholders.MEANINGS[name], "example": values[name]}
        for name in OFFERED[template.kind]
    ]


def filled(template: Template) -> texts.Wording:
    """What the reader gets: the whole mail, or the text of the page."""
    language, complaint = template.language, replace(_complaint(), secret=KEY)
    if template.kind == TemplateKind.ACKNOWLEDGEMENT:
        own = texts.Wording(template.subject, template.body)
        return texts.acknowledgement(complaint, language=language, own=own)
    if template.kind == TemplateKind.RESPONSE:
        answer = placeholders.fill(template.body, _values(language))
        return texts.response(complaint, text=answer, language=language)
    return texts.Wording("", template.body)


def _values(language: str) -> dict[str, str]:
    with translation.override(language):
        # Translators: a name as people have it, shown as an example
        name = pgettext("an example of a name", "Maria Green")
    received_at = clock.now() - timedelta(days=1)
    return texts.values_of(_complaint(), name=name, received_at=received_at, language=language)


def _complaint() -> texts.ComplaintFacts:
    due_at, organisation = clock.now() + timedelta(days=10), Organisation.current()
    return texts.ComplaintFacts("1405-000123", "K7QX22MPAB", "", due_at, organisation)
