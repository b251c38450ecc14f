"""Work that lies with somebody who stays: counted, and handed over to a colleague or a unit."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from shenava.common.dates import digits
from shenava.desk.access import needs
from shenava.desk.forms.administration import HandOverForm
from shenava.people import actions, handover
from shenava.people.models import Party, Role
from shenava.ui import notices
from shenava.ui.reader import reader_of


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Role.ADMINISTRATOR, Role.COMPLAINTS_MANAGER)
def hand_over(request: Any, pk: int) -> HttpResponse:
    """Hand over what lies with somebody, as far as it is within reach."""
    party = get_object_or_404(Party.objects.select_related("user"), pk=pk, user__isnull=False)
    form = HandOverForm(request.POST if request.method == "POST" else None, party=party)
    if form.is_valid() and handed_over(request, form, party):
        return redirect("desk:hand_over", pk=pk)
    context = {"person": party, "work_form": form} | told(request, party)
    return render(request, "desk/work.html", context, status=422 if form.is_bound else 200)


def handed_over(request: Any, form: HandOverForm, party: Party) -> bool:
    """Do it; a refusal is told at the field."""
    try:
        count = actions.hand_over_work(party, to=form.cleaned_data["to"], by=request.party)
    except ValidationError as refused:
        form.add_error("to", refused)
        return False
    done = ngettext("%(count)s complaint was handed over.", "%(count)s complaints were handed over.", count)
    notices.done(request, done % {"count": digits(count, reader_of(request).language)})
    return True


def told(request: Any, party: Party) -> dict[str, Any]:
    """How much lies with somebody."""
    work = handover.open_work(party, by=request.party)
    return {"open_work": work, "open_work_shown": digits(work, reader_of(request).language)}
