"""Search: complaints by the words in them, from any page of the desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shenava.common import clock
from shenava.common.text import clean
from shenava.complaints.index.asking import find
from shenava.complaints.models import Complaint
from shenava.desk.access import staff_only
from shenava.pages.excerpts import excerpts

LONGEST = 200


@require_safe
@staff_only
def search(request: Any) -> HttpResponse:
    """What was found, newest first, with the words marked; or what can be looked for."""
    text = clean(request.GET.get("q", ""), multiline=False)[:LONGEST]
    found = find(request.standing, text, after=request.GET.get("after", ""))
    visible = Complaint.objects.visible_to(request.standing).filter(pk__in=found.ids)
    shown = visible.select_related("complainant", "representative", "instance__version")
    complaints = sorted(shown.defer("instance__version__graph"), key=lambda complaint: found.ids.index(complaint.pk))
    context = {
        "text": text,
        "found": found,
        "results": excerpts(complaints, found.question.words, request.standing),
        "after": request.GET.get("after"),
        "now": clock.now(),
    }
    return render(request, "desk/search.html", context)
