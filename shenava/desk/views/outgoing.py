"""Mail about a complaint that did not arrive: sent again, or left, by whoever answers."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from shenava.desk.access import staff_only
from shenava.desk.views.complaints import find
from shenava.journal.actions import Refused
from shenava.messages import actions
from shenava.messages.models import Outgoing
from shenava.ui import notices

DEEDS = {
    "sending": (actions.resend, _("The mail is on its way again.")),
    "abandonment": (actions.give_up, _("The mail stays unsent.")),
}


@require_POST
@staff_only
def settle(request: Any, reference: str, pk: int, noun: str) -> HttpResponse:
    """Send a stuck mail of this complaint again, or leave it unsent."""
    complaint = find(request, reference)
    mail = get_object_or_404(Outgoing, pk=pk, complaint=complaint)
    if noun not in DEEDS:
        raise Http404
    deed, done = DEEDS[noun]
    try:
        deed(mail, by=request.party)
        notices.done(request, done)
    except Refused as refused:
        notices.refused(request, refused.reason)
    return redirect("desk:complaint", reference=reference)
