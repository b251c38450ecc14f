"""Twins: one form that is sent twice, by a double click without a script or by a line that tries again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpRequest

from shenava.common.budgets import spend

WINDOW = timedelta(days=1)


@contextmanager
def first_of_twins(mark: str) -> Iterator[bool]:
    """Inside, what the form asks for is done: True for whoever brings this mark first. His twin waits until he is
    done and is told False. What was refused or failed inside has not been: it may be tried again."""
    with transaction.atomic():
        yield not mark or spend(f"form:{mark}", limit=1, window=WINDOW)


def mark_of(request: HttpRequest, *more: object) -> str:
    """What tells a form, as it was shown and filled in, from every other: each page that is shown has a token of its
    own, some forms have a mark besides. Empty for a form without either. What was filled in anew is no twin."""
    if not {"csrfmiddlewaretoken", "submission"}.intersection(request.POST):
        return ""
    sent = urlencode([("", request.path), *(("", one) for one in more), *sorted(request.POST.lists())], doseq=True)
    return hashlib.sha256(sent.encode()).hexdigest()
