"""The policy: how complaints are handled here, for everybody to read (ISO 10002, 5.2 and 7.1)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shenava.complaints.models import RecordType
from shenava.deadlines.models import PromiseRule
from shenava.people.models import ExternalBody


@require_safe
def policy(request: HttpRequest) -> HttpResponse:
    """Who can complain, what happens with it, by when, and where else one can turn to."""
    rules = PromiseRule.objects.filter(is_active=True, severity=None).order_by("kind", "record_type")
    names = dict(RecordType.choices)
    told = [{"rule": rule, "record_type": names.get(rule.record_type, "")} for rule in rules]
    context = {"promises": told, "bodies": ExternalBody.objects.in_use()}
    return render(request, "portal/policy.html", context)
