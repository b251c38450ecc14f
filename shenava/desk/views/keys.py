"""The keys of the desk, as a page: what the sheet behind “?” shows, for whoever has no script."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shenava.desk.access import staff_only


@require_safe
@staff_only
def show(request: Any) -> HttpResponse:
    """Which key does what."""
    return render(request, "desk/keys.html")
