"""Notices: one sentence after a deed, shown once on the next page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import Promise


def done(request: HttpRequest, text: str | Promise) -> None:
    """It was done."""
    messages.success(request, str(text), extra_tags="done")


def refused(request: HttpRequest, text: str | Promise) -> None:
    """It was not done, and why."""
    messages.error(request, str(text), extra_tags="refused")


def warning(request: HttpRequest, text: str | Promise) -> None:
    """It was done, but."""
    messages.warning(request, str(text), extra_tags="warning")
