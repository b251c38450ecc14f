"""Receipts: shown once more on reload, for half an hour, in the browser that complained."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest

from shenava.common import clock, sealed
from shenava.complaints.models import Complaint

KEY = "receipts"
SHOWN_FOR = timedelta(minutes=30)


def put(request: HttpRequest, complaint: Complaint, secret: str) -> None:
    """Keep the secret for the receipt page, sealed, in the session."""
    until = (clock.now() + SHOWN_FOR).isoformat()
    kept = request.session.get(KEY, {})
    kept[complaint.public_code] = [sealed.seal(secret, purpose="portal.receipt"), until]
    request.session[KEY] = dict(list(kept.items())[-3:])


def get(request: HttpRequest, code: str) -> tuple[Complaint, str] | None:
    """The complaint and its secret, while the receipt may be shown."""
    kept = request.session.get(KEY, {}).get(code)
    if kept is None or datetime.fromisoformat(kept[1]) < clock.now():
        return None
    complaint = Complaint.objects.for_page().filter(public_code=code).first()
    return (complaint, sealed.open_sealed(kept[0], purpose="portal.receipt")) if complaint else None
