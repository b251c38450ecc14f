"""Finishing a step of the process that a complaint goes through."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shenava.complaints import actions, policy
from shenava.desk.access import staff_only
from shenava.desk.page import complaint_context
from shenava.desk.steps import form_for
from shenava.desk.views.complaints import find
from shenava.journal.actions import Refused
from shenava.process.models import WorkItem
from shenava.ui import notices
from shenava.ui.reader import reader_of


@require_POST
@staff_only
def finish(request: Any, reference: str, pk: int) -> HttpResponse:
    """Finish it by the outcome that was chosen. A refused form comes back with what was typed."""
    complaint = find(request, reference)
    item = get_object_or_404(WorkItem.objects.exclude(token=""), complaint=complaint, pk=pk)
    form = form_for(item, complaint, reader_of(request).language, request.POST)
    if form.is_valid():
        try:
            actions.finish_step(complaint, item=item, by=request.party, **form.cleaned_data)
            notices.done(request, _("The step is finished."))
        except Refused as refused:
            notices.refused(request, refused.reason)
        is_seen = policy.sees(request.standing, complaint)
        return redirect("desk:complaint", reference=reference) if is_seen else redirect("desk:home")
    return render(
        request, "desk/complaint.html", complaint_context(request, complaint, steps_faulty={pk: form}), status=422
    )
