"""The first page: complain, or follow a complaint."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shenava.deadlines.models import PromiseRule
from shenava.people.models import Organisation


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What one can do here, and what the organisation promises."""
    promises = PromiseRule.objects.filter(is_active=True, record_type="complaint", severity=None)
    context = {"organisation": Organisation.current(), "promises": promises}
    return render(request, "portal/home.html", context)
