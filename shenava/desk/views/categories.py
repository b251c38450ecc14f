"""Categories: what complaints are about, as the organisation names it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shenava.complaints.actions import categories as actions
from shenava.complaints.models import Category
from shenava.desk.access import administrators_only
from shenava.desk.forms.categories import CategoryForm, NewCategoryForm
from shenava.ui import notices

DEEDS = {"retirement": actions.retire_category, "restoration": actions.restore_category}


@require_safe
@administrators_only
def categories(request: Any) -> HttpResponse:
    """The whole taxonomy, retired ones marked."""
    upper = Category.objects.filter(parent=None).prefetch_related("below")
    return render(request, "desk/categories.html", {"categories": upper})


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def new(request: Any) -> HttpResponse:
    """Add a category."""
    form = NewCategoryForm(request.POST or None, initial={"parent": request.GET.get("below", "")[:20]})
    if form.is_valid() and _add(form, request.party):
        notices.done(request, _("The category was added."))
        return redirect("desk:categories")
    return _form(request, form, _("New category"))


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def category(request: Any, pk: int) -> HttpResponse:
    """Change the names and the guide of a category."""
    found = get_object_or_404(Category, pk=pk)
    form = CategoryForm(request.POST or None, category=found)
    if form.is_valid():
        actions.change_category(found, names=form.names, guide=form.guide, by=request.party)
        notices.done(request, _("Saved."))
        return redirect("desk:categories")
    return _form(request, form, f"{found.code} {found}")


@require_POST
@administrators_only
def do(request: Any, pk: int, deed: str) -> HttpResponse:
    """Retire a category, or let it be chosen again."""
    verb = DEEDS.get(deed)
    if verb is None:
        raise Http404
    verb(get_object_or_404(Category, pk=pk), by=request.party)
    return redirect("desk:categories")


def _add(form: NewCategoryForm, by: Any) -> bool:
    """Whether it could be kept; if not, the form says why."""
    said = form.cleaned_data
    try:
        actions.add_category(code=said["code"], names=form.names, guide=form.guide, parent=said["parent"], by=by)
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    return True


def _form(request: Any, form: CategoryForm, title: str) -> HttpResponse:
    context = {"form": form, "title": title, "back": "desk:categories", "submit": _("Save")}
    return render(request, "desk/form.html", context, status=422 if form.is_bound else 200)
