"""Twins: one form that is sent twice, by a double click without a script or by a line that tries again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import wraps
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase

from shenava.common.budgets import spend
from shenava.ui.views import page_before

View = Callable[..., HttpResponseBase]

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


def once(view: View) -> View:
    """Views whose whole form is done once; the twin is led back to the page it stood on, which tells what was done."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with first_of_twins(mark_of(request)) as is_first:
            answer = view(request, *args, **kwargs) if is_first else HttpResponseRedirect(page_before(request))
            transaction.set_rollback(answer.status_code >= HTTPStatus.BAD_REQUEST)
        return answer

    return guarded
