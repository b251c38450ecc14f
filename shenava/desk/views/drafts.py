"""Drafts of processes: begun as another is, written, put into force or given up."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shenava.desk.access import administrators_only
from shenava.desk.forms.processes import NewProcessForm
from shenava.process import actions, kernel, publishing
from shenava.process.models import ProcessVersion
from shenava.ui import notices
from shenava.ui.reader import reader_of
from shenava.ui.twins import once


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
@once
def new(request: Any) -> HttpResponse:
    """Begin to draw a process."""
    form = NewProcessForm(request.POST or None, language=reader_of(request).language)
    if not form.is_valid():
        context = {"form": form, "title": _("Draw a new process"), "submit": _("Begin"), "back": "desk:processes"}
        return render(request, "desk/form.html", context, status=422 if form.is_bound else 200)
    draft = actions.draft_process(like=form.version, names=form.names, by=request.party)
    return redirect("desk:process_draft", key=draft.process.key)


@require_POST
@administrators_only
def begin(request: Any, key: str, number: int) -> HttpResponse:
    """Begin a draft with what a version of this process says."""
    like = get_object_or_404(ProcessVersion.objects.select_related("process"), process__key=key, number=number)
    try:
        actions.draft_process(like=like, by=request.party)
    except ValidationError as refused:
        notices.refused(request, " ".join(refused.messages))
    return redirect("desk:process_draft", key=key)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def draft(request: Any, key: str) -> HttpResponse:
    """Write a draft."""
    kept = _draft(key)
    if request.method == "POST":
        actions.save_draft(kept.process, content=kept.graph, by=request.party)
        return redirect("desk:process_draft", key=key)
    return render(request, "desk/process_draft.html", {"draft": kept, "faults": publishing.faults_of(kept.graph)})


@require_POST
@administrators_only
def publish(request: Any, key: str) -> HttpResponse:
    """Put the draft into force."""
    kept = _draft(key)
    try:
        actions.publish_process(kept.process, by=request.party)
        notices.done(request, _("The process is in force. Complaints under way keep the version they began with."))
    except kernel.FaultyGraphError:
        notices.refused(request, _("The draft cannot be put into force yet: see what is marked."))
        return redirect("desk:process_draft", key=key)
    except ValidationError as refused:
        notices.refused(request, " ".join(refused.messages))
        return redirect("desk:process_draft", key=key)
    return redirect("desk:process_versions", process=key)


@require_POST
@administrators_only
def drop(request: Any, key: str) -> HttpResponse:
    """Give up the draft."""
    actions.drop_draft(_draft(key).process, by=request.party)
    notices.done(request, _("The draft was given up."))
    return redirect("desk:processes")


def _draft(key: str) -> ProcessVersion:
    drafts = ProcessVersion.objects.filter(state=ProcessVersion.State.DRAFT).select_related("process", "saved_by")
    return get_object_or_404(drafts, process__key=key)
