"""Drafts of processes: begun as another is, written as a list of stages, put into force or given up."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shenava.desk.access import administrators_only
from shenava.desk.forms.processes import NewProcessForm
from shenava.desk.stages import page
from shenava.desk.stages.deeds import arrange
from shenava.desk.stages.reading import form_of
from shenava.process import actions, kernel
from shenava.process.models import Process, ProcessVersion
from shenava.process.stages import Form, content_of, stages_of
from shenava.ui import notices
from shenava.ui.reader import reader_of
from shenava.ui.twins import once

View = Callable[[Any, ProcessVersion], HttpResponse]


def of_a_draft(view: View) -> Callable[[Any, str], HttpResponse]:
    """Views of the draft of a process. Where it has none any more, a second click or an old page is told so."""

    @wraps(view)
    def found(request: Any, key: str) -> HttpResponse:
        kept = get_object_or_404(Process, key=key).draft
        if kept is None:
            notices.refused(request, _("This draft is no longer there: it was put into force, or given up."))
            return redirect("desk:processes")
        return view(request, kept)

    return found


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
@of_a_draft
def draft(request: Any, kept: ProcessVersion) -> HttpResponse:
    """Write a draft. Everything but saving only shows it anew, with what is found about it."""
    do = request.POST.get("do", "")
    if request.method != "POST":
        return page.shown(request, kept, stages_of(kept.graph))
    form = form_of(request.POST)
    if form is None:
        notices.refused(request, _("This could not be read. What you see now is the draft as it was saved last."))
        return redirect("desk:process_draft", key=kept.process.key)
    if do == "save":
        return _save(request, kept, form)
    return page.shown(request, kept, form, is_unsaved=True, look_at=arrange(form, do))


@require_POST
@administrators_only
@of_a_draft
def publish(request: Any, kept: ProcessVersion) -> HttpResponse:
    """Put the draft into force."""
    key = kept.process.key
    try:
        actions.publish_process(kept.process, by=request.party)
    except kernel.FaultyGraphError:
        notices.refused(request, _("The draft cannot be put into force yet: see what is marked."))
        return redirect("desk:process_draft", key=key)
    except ValidationError as refused:
        notices.refused(request, " ".join(refused.messages))
        return redirect("desk:process_draft", key=key)
    notices.done(request, _("The process is in force. Complaints under way keep the version they began with."))
    return redirect("desk:process_versions", process=key)


@require_POST
@administrators_only
@of_a_draft
def drop(request: Any, kept: ProcessVersion) -> HttpResponse:
    """Give up the draft."""
    try:
        actions.drop_draft(kept.process, by=request.party)
        notices.done(request, _("The draft was given up."))
    except ValidationError as refused:
        notices.refused(request, " ".join(refused.messages))
    return redirect("desk:processes")


def _save(request: Any, kept: ProcessVersion, form: Form) -> HttpResponse:
    """Keep it; what somebody else wrote meanwhile is not overwritten, and what was written here stays on the page."""
    before = request.POST.get("instead_of", "")[:64]
    try:
        actions.save_draft(kept.process, content=content_of(form), instead_of=before, by=request.party)
    except ValidationError as refused:
        notices.refused(request, " ".join(refused.messages))
        return page.shown(request, kept.process.draft or kept, form, is_unsaved=True)
    notices.done(request, _("The draft was kept. No complaint follows it until it is put into force."))
    return redirect("desk:process_draft", key=kept.process.key)
