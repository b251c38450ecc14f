"""Processes and decision tables as files: handed out, taken in as drafts, and what is not understood by name."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from shenava.desk.access import administrators_only
from shenava.desk.forms.exchange import FileForm, worded
from shenava.desk.reading import steps_of
from shenava.process import actions, deciding, files, kernel, table_actions
from shenava.process.bpmn import Reading
from shenava.process.models import Process, ProcessVersion, TableVersion
from shenava.process.questions import Question, question
from shenava.ui import notices
from shenava.ui.reader import reader_of

XML = "application/xml; charset=utf-8"
BPMN_TOLD = gettext_lazy("A process in BPMN 2.0 (.bpmn), from Shenava or from elsewhere.")
DMN_TOLD = gettext_lazy("A decision table in DMN (.dmn).")


@require_safe
@administrators_only
def process_file(request: Any, key: str) -> HttpResponse:
    """A process as BPMN: as it is in force, else its draft."""
    process = get_object_or_404(Process.objects.select_related("current_version"), key=key)
    version = process.current_version or process.draft
    if version is None:
        raise Http404
    return _handed_out(_drawn(version, reader_of(request).language), f"{key}.bpmn")


@require_safe
@administrators_only
def draft_file(request: Any, key: str) -> HttpResponse:
    """The draft of a process as BPMN."""
    return _handed_out(_drawn(_draft(key), reader_of(request).language), f"{key}-draft.bpmn")


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def import_process(request: Any) -> HttpResponse:
    """Take a process in from a file, as a draft; or name all that is refused, and keep nothing."""
    form = FileForm(request.POST or None, request.FILES or None, told=str(BPMN_TOLD))
    context: dict[str, Any] = {"form": form, "title": _("Take a process in from a file"), "back": "desk:processes"}
    if form.is_valid():
        reading = files.read_bpmn(form.cleaned_data["file"])
        if reading.content is not None:
            return _kept(request, reading, reading.content)
        context["refused"] = worded(reading.refused)
    return render(request, "desk/import.html", context, status=422 if request.method == "POST" else 200)


@require_safe
@administrators_only
def understood(request: Any, key: str) -> HttpResponse:
    """What was understood of a file: the steps of the draft, the ways out of each, and what is wrong at it."""
    draft = _draft(key)
    language = reader_of(request).language
    context = {"draft": draft, "name": draft.process.name(language), **steps_of(draft.graph, language)}
    return render(request, "desk/understood.html", context)


@require_safe
@administrators_only
def table_file(request: Any, key: str) -> HttpResponse:
    """A decision table as DMN: as it is in force."""
    asked = _asked(key)
    return _handed_out(files.dmn_of(asked, deciding.content_of(asked), reader_of(request).language), f"{key}.dmn")


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def import_table(request: Any, key: str) -> HttpResponse:
    """Take a decision table in from a file, as the draft; or name all that is refused, and keep nothing."""
    asked, form = _asked(key), FileForm(request.POST or None, request.FILES or None, told=str(DMN_TOLD))
    context: dict[str, Any] = {"form": form, "title": asked.label, "back": "desk:rules"}
    if form.is_valid():
        content, refused = files.read_table(asked, form.cleaned_data["file"])
        if content is not None:
            return _keep_table(request, asked, content)
        context["refused"] = worded(refused)
    return render(request, "desk/import.html", context, status=422 if request.method == "POST" else 200)


def _kept(request: Any, reading: Reading, content: dict[str, Any]) -> HttpResponse:
    try:
        draft = actions.import_process(content=content, is_ours=reading.translated, by=request.party)
    except ValidationError as refused:
        notices.refused(request, " ".join(refused.messages))
        return redirect("desk:import_process")
    notices.done(request, _("The process was kept as a draft. No complaint follows it."))
    if not reading.translated:
        notices.done(request, _("Its names stand in all three languages as they are in the file: translate them."))
    number = sum(one.number for one in reading.left_out)
    if number:
        told = ngettext("{number} part was left out, as it moves nothing: {which}",
                        "{number} parts were left out, as they move nothing: {which}", number)  # fmt: skip
        which = ", ".join(one.element for one in reading.left_out[:12])
        notices.done(request, told.format(number=number, which=which))
    return redirect("desk:process_understood", key=draft.process.key)


def _keep_table(request: Any, asked: Question, content: dict[str, Any]) -> HttpResponse:
    before = TableVersion.objects.filter(table__question=asked.key, state=TableVersion.State.DRAFT).first()
    if before is not None:
        notices.refused(request, _("There is a draft of this table already. Publish it or give it up first."))
        return redirect("desk:rule", key=asked.key)
    try:
        table_actions.save_table(of=asked, content=content, instead_of="", by=request.party)
        notices.done(request, _("The table was kept as the draft. Try it, and put it into force."))
    except ValidationError as refused:
        notices.refused(request, " ".join(refused.messages))
    return redirect("desk:rule", key=asked.key)


def _drawn(version: ProcessVersion, language: str) -> bytes:
    try:
        return files.bpmn_of(version.graph, language)
    except kernel.FaultyGraphError as fault:
        raise Http404 from fault


def _draft(key: str) -> ProcessVersion:
    drafts = ProcessVersion.objects.filter(state=ProcessVersion.State.DRAFT).select_related("process")
    return get_object_or_404(drafts, process__key=key)


def _asked(key: str) -> Question:
    found = question(key)
    if found is None:
        raise Http404
    return found


def _handed_out(given: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(given, content_type=XML, headers=headers)
