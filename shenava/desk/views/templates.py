"""Texts and templates: what the organisation says in words of its own."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shenava.complaints import personal
from shenava.complaints.actions.letters import piece_of_an_answer
from shenava.desk import enclosures
from shenava.desk.access import administrators_only, staff_only
from shenava.desk.deeds import DEEDS
from shenava.desk.forms.templates import TemplateForm
from shenava.desk.frame import framed
from shenava.desk.views.complaints import find
from shenava.messages import actions, examples, texts
from shenava.messages.mail import RIGHT_TO_LEFT
from shenava.messages.models import Language, Template, TemplateKind
from shenava.ui import notices

LANGUAGES = dict(Language.choices)
TITLES = {
    TemplateKind.ACKNOWLEDGEMENT: gettext_lazy("Acknowledgement"),
    TemplateKind.RESPONSE: gettext_lazy("Pieces of an answer"),
    TemplateKind.POLICY: gettext_lazy("Text of the policy page"),
}
AS_A_MAIL = '<p><b>{}</b></p><div style="white-space: pre-wrap; unicode-bidi: plaintext">{}</div>'


@require_safe
@administrators_only
def templates(request: Any) -> HttpResponse:
    """All of them, by kind and language."""
    written = list(Template.objects.order_by("-is_active", "name"))
    kinds = [{"key": key, "title": title, "languages": _by_language(key, written)} for key, title in TITLES.items()]
    return render(request, "desk/templates.html", {"kinds": kinds})


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def template(request: Any, **which: Any) -> HttpResponse:
    """Write one, or change one. What a new acknowledgement begins with are the words that are sent without it."""
    found = _find(**which)
    form = TemplateForm(found, request.POST if request.method == "POST" else None)
    if form.is_valid() and _save(form, found, request.party):
        notices.done(request, _("Saved."))
        return redirect("desk:templates")
    context = {
        "form": form,
        "template": found,
        "language": LANGUAGES[found.language],
        "title": TITLES[TemplateKind(found.kind)],
    }
    context |= {"placeholders": examples.table(found)}
    return render(request, "desk/template.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
@xframe_options_sameorigin
def preview(request: Any, **which: Any) -> HttpResponse:
    """What the reader would get, with examples filled in; nothing is kept and nothing is sent."""
    found = _find(**which)
    form = TemplateForm(found, request.POST if request.method == "POST" else None)
    direction = "rtl" if found.language in RIGHT_TO_LEFT else "ltr"
    if not form.is_bound or (form.is_valid() and _holds(form, found)):
        shown = examples.filled(found)
        return framed(format_html(AS_A_MAIL, shown.subject, shown.body), direction=direction)
    told = [(error,) for errors in form.errors.values() for error in errors]
    return framed(format_html_join("", "<p>{}</p>", told))


@require_POST
@staff_only
def insert(request: Any, reference: str, pk: int) -> HttpResponse:
    """Put a piece of an answer, filled in, below what is written already. It is a draft: its writer reads it first."""
    complaint = find(request, reference)
    piece = get_object_or_404(Template.objects.for_answers(complaint.language), pk=pk)
    written = request.POST.get("text", "").strip()
    text = "\n\n".join(part for part in (written, piece_of_an_answer(complaint, piece)) if part)
    personal.keep_writing(request.party, complaint, "response", text[:20_000])
    personal.is_writing(request.party, complaint)
    for problem in enclosures.take(request, complaint, "responses", DEEDS["responses"].bind(complaint)):
        notices.refused(request, problem)
    return redirect("desk:complaint", reference=reference)


def _find(pk: int | None = None, kind: str = "", language: str = "") -> Template:
    """The one that was written, or one to begin with."""
    if pk is not None:
        return get_object_or_404(Template, pk=pk)
    if kind not in TITLES or language not in LANGUAGES:
        raise Http404
    is_mail = kind == TemplateKind.ACKNOWLEDGEMENT
    words = texts.acknowledgement_words(language) if is_mail else texts.Wording("", "")
    return Template(kind=kind, language=language, subject=words.subject, body=words.body)


def _by_language(kind: str, written: list[Template]) -> list[dict[str, Any]]:
    rows = []
    for code, name in LANGUAGES.items():
        own = [one for one in written if (one.kind, one.language) == (kind, code)]
        may_add = kind == TemplateKind.RESPONSE or not own
        rows.append({"code": code, "name": name, "templates": own, "may_add": may_add})
    return rows


def _save(form: TemplateForm, found: Template, by: Any) -> bool:
    """Whether it could be kept; if not, the form says why."""
    try:
        if found.pk is None:
            actions.add_template(kind=found.kind, language=found.language, words=form.words(), by=by)
        else:
            actions.change_template(found, words=form.words(), by=by)
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    return True


def _holds(form: TemplateForm, found: Template) -> bool:
    """Put what was typed into the row that is shown, and say whether it could be kept."""
    try:
        for name, value in dataclasses.asdict(form.words()).items():
            setattr(found, name, value)
        found.clean()
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    return True
