"""The set-up: opened by the token on the console, done once, gone afterwards."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from shenava.complaints import taxonomy
from shenava.deadlines.defaults import TIME_ZONES, deliver_defaults
from shenava.desk.forms.administration import SetUpForm
from shenava.desk.views.login import come_in
from shenava.people import actions, bodies, first_run
from shenava.people.models import Organisation, User
from shenava.people.parties import system_party
from shenava.process.publishing import deliver
from shenava.ui import notices


@sensitive_post_parameters("password", "token")
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Organisation, calendar, first administrator; then straight on to the first mailbox, which can be tried out."""
    if Organisation.current() is not None:
        raise Http404
    form = SetUpForm(request.POST or None, initial=_suggested(request.reader.language))  # type: ignore[attr-defined]
    if form.is_valid() and _begin(form):
        notices.done(request, _("The organisation is set up. Add the mailbox for complaints and try it, now or later."))
        administrator = User.objects.get(email__iexact=form.cleaned_data["email"])
        return come_in(request, administrator, reverse("desk:new_mailbox"))
    return render(request, "desk/set_up.html", {"form": form}, status=422 if form.is_bound else 200)


def _begin(form: SetUpForm) -> bool:
    said = dict(form.cleaned_data)
    if not first_run.fits(said.pop("token")):
        form.add_error(None, _("The token is not the one on the console. Open the address that is printed there."))
        return False
    try:
        with transaction.atomic(), translation.override(said["language"]):
            first_run.begin_alone()
            calendar = deliver_defaults(said["country"], time_zone=said["time_zone"], name=_("Office hours"))
            deliver()
            taxonomy.deliver()
            bodies.deliver(said["country"])
            actions.set_up(beginning=actions.Beginning(calendar=calendar, **said), by=system_party())
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    first_run.forget_token()
    return True


def _suggested(language: str) -> dict[str, str]:
    country = {"fa": "IR", "he": "IL"}.get(language, "")
    kind = {"fa": "jalali"}.get(language, "gregorian")
    return {
        "country": country,
        "language": language,
        "calendar_kind": kind,
        "time_zone": TIME_ZONES[country],
        "unit": _("Complaints office"),
    }
