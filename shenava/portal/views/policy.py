"""The policy: how complaints are handled here, for everybody to read (ISO 10002, 5.2 and 7.1)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from shenava.complaints.models import RecordType
from shenava.deadlines.clocks import told_to_all
from shenava.messages.models import Template, TemplateKind
from shenava.people.models import ExternalBody, Organisation
from shenava.process import drawn


@require_safe
def policy(request: HttpRequest) -> HttpResponse:
    """What the organisation says itself; who can complain, what happens then, by when, and where else to turn to."""
    rules = told_to_all(Organisation.home_country())
    names = dict(RecordType.choices)
    told = [{"rule": rule, "record_type": names.get(rule.record_type, "")} for rule in rules]
    own = Template.objects.the(TemplateKind.POLICY, get_language() or "")
    warn, lapse = drawn.silence_told("respond")
    silence = {"warn": warn, "lapse": lapse} if warn and lapse else None
    context = {"promises": told, "bodies": ExternalBody.objects.in_use(), "own": own, "silence": silence}
    return render(request, "portal/policy.html", context)
