"""The form of a template."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shenava.common.fields import LineField, ProseField
from shenava.messages.actions import Words
from shenava.messages.models import Template, TemplateKind

ONLY = {"name": TemplateKind.RESPONSE, "subject": TemplateKind.ACKNOWLEDGEMENT}
INSTEAD = {
    TemplateKind.ACKNOWLEDGEMENT: _("If not, the words of the product are sent."),
    TemplateKind.RESPONSE: _("If not, nobody is offered it."),
    TemplateKind.POLICY: _("If not, the page shows the rest only."),
}


class TemplateForm(forms.Form):
    """What is asked depends on the kind: a mail has a subject, a piece of an answer a name."""

    name = LineField(label=_("Name"), max_length=80, help_text=_("Officers find it by this name."))
    subject = LineField(label=_("Subject"), max_length=150)
    body = ProseField(label=_("Text"), max_length=10_000, help_text=_("Plain text; an empty line parts paragraphs."))
    is_active = forms.BooleanField(label=_("In use"), required=False)

    def __init__(self, template: Template, values: Any = None) -> None:
        known = {name: getattr(template, name) for name in self.base_fields}
        super().__init__(values, initial=known)
        for name in [name for name, kind in ONLY.items() if kind != template.kind]:
            del self.fields[name]
        self.fields["body"].widget.attrs |= {"rows": "12", "lang": template.language}
        self.fields["is_active"].help_text = INSTEAD[TemplateKind(template.kind)]

    def words(self) -> Words:
        """What was typed."""
        return Words(**self.cleaned_data)
