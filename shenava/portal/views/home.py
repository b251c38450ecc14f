"""The first page: complain, or follow a complaint."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shenava.complaints.models import Channel, RecordType
from shenava.deadlines.clocks import About, rule_for
from shenava.deadlines.models import ClockKind
from shenava.people.models import Organisation


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What one can do here, and what the organisation promises."""
    organisation = Organisation.current()
    country = organisation.country if organisation else ""
    promise = rule_for(ClockKind.ANSWER, About(RecordType.COMPLAINT, channel=Channel.PORTAL, jurisdiction=country))
    context = {"organisation": organisation, "promise": promise}
    return render(request, "portal/home.html", context)
