"""Access: which complaints this browser may follow, and for how long."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from shenava.common import clock
from shenava.complaints.models import Complaint
from shenava.ui.views import form_expired, typed_texts

OPEN_FOR = timedelta(hours=2)
KEY = "follows"
View = Callable[..., HttpResponseBase]


def open_for(request: HttpRequest, complaint: Complaint) -> None:
    """Let this browser follow the complaint for two hours. The session gets a new key."""
    follows = request.session.get(KEY, {})
    request.session.renew()  # type: ignore[attr-defined]
    follows[complaint.public_code] = (clock.now() + OPEN_FOR).isoformat()
    request.session[KEY] = follows


def leave(request: HttpRequest, code: str) -> None:
    """Stop following: the next reader of this browser sees nothing."""
    follows = request.session.get(KEY, {})
    follows.pop(code, None)
    request.session[KEY] = follows


def is_open(request: HttpRequest, code: str) -> bool:
    """Has this browser shown the secret of this complaint within the last two hours?"""
    until = request.session.get(KEY, {}).get(code)
    return bool(until and datetime.fromisoformat(until) > clock.now())


def followed(view: View) -> View:
    """Views about one complaint: fetched as its complainant sees it, or the way back to the codes."""

    @wraps(view)
    def guarded(request: HttpRequest, code: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_open(request, code):
            again = f"{reverse('portal:track')}?{urlencode({'code': code})}"
            return form_expired(request, again=again) if typed_texts(request) else redirect("portal:track")
        complaint = Complaint.objects.for_page().filter(public_code=code).first()
        if complaint is None:
            raise Http404
        speaker = complaint.representative or complaint.complainant
        visible = Complaint.objects.visible_to(speaker).filter(pk=complaint.pk).exists()
        if not visible:
            raise Http404
        return view(request, complaint, *args, **kwargs)

    return guarded
