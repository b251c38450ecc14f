"""Rules: the decision tables of the organisation, written, looked through, tried and put into force."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shenava.complaints.trial import try_on
from shenava.desk import sheet
from shenava.desk.access import administrators_only
from shenava.desk.findings import Wording, look_through
from shenava.process import deciding, vocabulary
from shenava.process import table_actions as actions
from shenava.process.models import DecisionTable, TableVersion
from shenava.process.questions import Question, all_questions, question
from shenava.ui import notices

State = TableVersion.State


@require_safe
@administrators_only
def rules(request: Any) -> HttpResponse:
    """Every question that a table can answer, and how far its table is."""
    versions = TableVersion.objects.exclude(state=State.RETIRED).select_related("table", "published_by")
    found = {(one.table.question, one.state): one for one in versions}
    told = [(one, found.get((one.key, State.PUBLISHED)), found.get((one.key, State.DRAFT))) for one in all_questions()]
    return render(request, "desk/rules.html", {"tables": told})


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def rule(request: Any, key: str) -> HttpResponse:
    """Write one table. Everything but saving only shows the sheet anew, with what is found about it."""
    asked, do = _asked(key), request.POST.get("do", "")
    if request.method != "POST":
        draft = _draft(asked)
        return _page(request, asked, draft.content if draft else deciding.content_of(asked))
    content = sheet.arranged(sheet.read(asked, request.POST), do)
    if do == "save":
        return _save(request, asked, content)
    return _page(request, asked, content, is_unsaved=True)


@require_safe
@administrators_only
def trial(request: Any, key: str) -> HttpResponse:
    """What the draft would have said of the latest complaints."""
    asked, draft = _asked(key), _draft(_asked(key))
    found: dict[str, Any] = {}
    if draft is not None and not deciding.check(asked, draft.content):
        tried, wording = try_on(asked, draft.content, request.standing), Wording(asked, draft.content)
        kinds = [(wording.answer(one.before), wording.answer(one.after), one.count) for one in tried.kinds]
        shown = [(one, wording.answer(before), wording.answer(after)) for one, before, after in tried.shown]
        found = {"trial": tried, "kinds": kinds, "shown": shown, "may": look_through(asked, draft.content).may_publish}
    return render(request, "desk/rule_trial.html", {"question": asked, "draft": draft, **found})


@require_POST
@administrators_only
def publish(request: Any, key: str) -> HttpResponse:
    """Put the draft into force."""
    return _try(request, _asked(key), actions.publish_table, _("The table is in force."))


@require_POST
@administrators_only
def drop(request: Any, key: str) -> HttpResponse:
    """Give up the draft."""
    return _try(request, _asked(key), actions.drop_draft, _("The draft was given up."))


@require_POST
@administrators_only
def put_back(request: Any, key: str, number: int) -> HttpResponse:
    """Begin the draft anew with what an earlier version said; 0 is the table as it was delivered."""
    asked = _asked(key)
    if number:
        content = get_object_or_404(TableVersion, table__question=key, number=number).content
    else:
        content = dict(asked.delivered or asked.empty)
    actions.save_table(of=asked, content=content, by=request.party)
    notices.done(request, _("It is the draft now. Try it, and put it into force."))
    return redirect("desk:rule", key=key)


def _asked(key: str) -> Question:
    found = question(key)
    if found is None:
        raise Http404
    return found


def _draft(asked: Question) -> TableVersion | None:
    return TableVersion.objects.filter(table__question=asked.key, state=State.DRAFT).first()


def _try(request: Any, asked: Question, verb: Any, done: str) -> HttpResponse:
    try:
        verb(get_object_or_404(DecisionTable, question=asked.key), by=request.party)
        notices.done(request, done)
    except ValidationError as refused:
        notices.refused(request, " ".join(refused.messages))
    return redirect("desk:rule", key=asked.key)


def _save(request: Any, asked: Question, content: dict[str, Any]) -> HttpResponse:
    before = request.POST.get("instead_of", "")[:64]
    try:
        actions.save_table(of=asked, content=content, instead_of=before, by=request.party)
        notices.done(request, _("The draft was kept. It decides nothing until it is put into force."))
    except ValidationError as refused:
        notices.refused(request, " ".join(refused.messages))
    return redirect("desk:rule", key=asked.key)


def _page(request: Any, asked: Question, content: dict[str, Any], *, is_unsaved: bool = False) -> HttpResponse:
    found, written = look_through(asked, content), sheet.lines(asked, content)
    for line in written:
        line.notes = found.by_row.get(line.place, [])
    draft, columns = _draft(asked), [vocabulary.field(key) for key in asked.fields]
    context = {"question": asked, "lines": written, "findings": found, "draft": draft, "is_unsaved": is_unsaved}
    context["columns"] = [(one, one.key in content["inputs"]) for one in columns]
    context["inputs"] = [vocabulary.field(key) for key in content["inputs"]]
    context["mark"] = request.POST.get("instead_of", draft.sha256 if draft else "")
    is_part = request.headers.get("HX-Request") == "true"
    if not is_part:
        versions = TableVersion.objects.filter(table__question=asked.key).select_related("published_by", "saved_by")
        context["versions"] = versions.order_by("-number")[:50]
    return render(request, "desk/rule.html#sheet" if is_part else "desk/rule.html", context)
