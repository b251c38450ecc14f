"""Templates: what the organisation says in words of its own, one language at a time."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shenava.messages import placeholders


class TemplateKind(models.TextChoices):
    ACKNOWLEDGEMENT = "acknowledgement", _("acknowledgement")
    # Translators: a ready-made piece of an answer
    RESPONSE = "response", _("piece of an answer")
    POLICY = "policy", _("text of the policy page")


class Language(models.TextChoices):
    """What the product speaks; each language names itself."""

    ENGLISH = "en", "English"
    PERSIAN = "fa", "فارسی"
    HEBREW = "he", "עברית"


OFFERED: dict[str, tuple[str, ...]] = {
    TemplateKind.ACKNOWLEDGEMENT: ("number", "code", "promised", "link", "organisation"),
    TemplateKind.RESPONSE: ("number", "code", "name", "received", "promised", "link", "organisation"),
    TemplateKind.POLICY: (),
}
"""What may be filled in. An acknowledgement goes to whoever claims an address: nothing a stranger typed is in it."""
NEEDED: dict[str, tuple[str, ...]] = {TemplateKind.ACKNOWLEDGEMENT: ("number", "promised", "link")}
IN_SUBJECT = ("number", "organisation")
"""A subject is read over shoulders and in lists: it gets no link and no code."""


class TemplateQuerySet(models.QuerySet["Template"]):
    def the(self, kind: str, language: str) -> Template | None:
        """The one that holds for a language; None where the words of the product hold."""
        return self.filter(kind=kind, language=language, is_active=True).first()

    def for_answers(self, language: str) -> TemplateQuerySet:
        """Pieces of an answer that can be chosen in a language, by name."""
        return self.filter(kind=TemplateKind.RESPONSE, language=language, is_active=True).order_by("name")


class Template(models.Model):
    """Words with placeholders. An acknowledgement and a policy text there is once a language; pieces of an answer
    have names."""

    kind = models.CharField(max_length=16, choices=TemplateKind.choices)
    language = models.CharField(max_length=5, choices=Language.choices)
    name = models.CharField(max_length=80, blank=True)
    subject = models.CharField(max_length=150, blank=True)
    body = models.TextField()
    is_active = models.BooleanField(default=True)

    journal_stream: ClassVar[str] = "settings"

    objects: ClassVar[TemplateQuerySet] = TemplateQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "language", "name"],
                name="a_template_once_a_language",
                violation_error_message=_("There is one with this name in this language already."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind="response") ^ models.Q(name=""), name="pieces_of_an_answer_have_names"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="acknowledgement") ^ models.Q(subject=""), name="a_mail_has_a_subject"
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.get_kind_display())

    def clean(self) -> None:
        """Only what the table offers stands in braces, and what the reader needs is said."""
        wrong = {"subject": _strange(self.subject, IN_SUBJECT), "body": _strange(self.body, OFFERED.get(self.kind, ()))}
        left_out = placeholders.missing(self.body, NEEDED.get(self.kind, ()))
        wrong["body"] += [gettext("It has to say {placeholder}.").replace("{placeholder}", place) for place in left_out]
        if any(wrong.values()):
            raise ValidationError({field: told for field, told in wrong.items() if told})


def _strange(words: str, offered: tuple[str, ...]) -> list[str]:
    told = gettext("{placeholder} is not among the placeholders offered here.")
    return [told.replace("{placeholder}", found) for found in placeholders.strange(words, offered)]
