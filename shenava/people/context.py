"""What every page is given: the organisation, and the navigation of the desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from shenava.people.models import Organisation


def reader_and_organisation(request: HttpRequest) -> dict[str, Any]:
    """The organisation, as this request has found it (or looked up when a page asks for it)."""
    known = getattr(request, "organisation", None)
    return {"organisation": known or SimpleLazyObject(Organisation.current)}
