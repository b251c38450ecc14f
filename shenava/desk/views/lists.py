"""The list of all complaints within reach, narrowed by filters, in the columns one has chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shenava.common import clock
from shenava.common.paging import page_by_key
from shenava.complaints import actions, columns, personal, policy
from shenava.complaints.cartable import CAP
from shenava.complaints.columns import Column
from shenava.complaints.models import Complaint, Export, ListView
from shenava.desk.access import staff_only, way_back
from shenava.desk.forms.filters import FilterForm, ListViewForm
from shenava.journal.actions import Verdict
from shenava.process import drawn
from shenava.ui import notices
from shenava.ui.reader import reader_of

PAGE = 30


@require_safe
@staff_only
def show(request: Any) -> HttpResponse:
    """Thirty complaints at a time, with a chip for every filter."""
    form = filter_form(request, request.GET)
    rows = form.filters().rows(request.standing, now=clock.now(), time_zone=timezone.get_current_timezone_name())
    looks, after = Looks.of(request), request.GET.get("after")
    shown = columns.gathered(looks.columns)
    page = page_by_key(rows, order=form.paging_order, after=after, size=PAGE, shown=shown, count_to=0 if after else CAP)
    context = {
        "form": form,
        "chips": [(field, address(request, leave_out=field.name)) for field in form.active],
        "count": None if after else page.count,
        "query": address(request),
        "export_forms": Export.Form.choices,
        "changed": personal.changed_since_look(request.party, page.items),
        "next": address(request, after=page.next_cursor) if page.next_cursor else "",
    }
    return render(request, "desk/list.html", context | _looks(request, looks, page.items))


def _looks(request: Any, looks: Looks, complaints: Sequence[Complaint]) -> dict[str, Any]:
    """The lines in the columns that this reader wants, and the form that keeps what he sees as a view."""
    return {
        "looks": looks,
        "view_form": ListViewForm(initial={"name": looks.own_name, "is_shared": looks.is_shared}, auto_id="v-%s"),
        "rows": [(complaint, columns.cells(complaint, looks.columns, reader_of(request))) for complaint in complaints],
    }


@require_safe
@staff_only
def narrow(request: Any) -> HttpResponse:
    """Every question that the list can be asked, with what it has been asked."""
    form = filter_form(request, request.GET)
    form.is_valid()
    return render(request, "desk/narrow.html", {"form": form, "query": address(request)})


@require_POST
@staff_only
def keep_columns(request: Any) -> HttpResponse:
    """Keep the columns that this reader wants to see, in a view of his own or wherever no view says otherwise."""
    wanted = set(request.POST.getlist("column"))
    personal.keep_columns(request.party, in_order(wanted), view=number_of(request.POST.get("view", "")))
    return redirect(way_back(request, "desk:list"))


@require_POST
@staff_only
def keep_view(request: Any) -> HttpResponse:
    """Keep the list as it is looked at now, under a name; one's own of the same name is replaced."""
    form = ListViewForm(request.POST)
    if not form.is_valid():
        notices.refused(request, _("A view needs a name of at most 60 letters."))
        return redirect(way_back(request, "desk:list"))
    asked = filter_form(request, QueryDict(request.POST.get("query", "").removeprefix("?")))
    asked.is_valid()
    shown = in_order(set(request.POST.getlist("column")))
    view = personal.keep_view(request.party, asked=asked.asked, columns=shown, **form.cleaned_data)
    notices.done(request, _("The view was kept."))
    return redirect(f"{reverse('desk:list')}?{view.query}")


@require_POST
@staff_only
def forget_view(request: Any, pk: int) -> HttpResponse:
    """A view of one's own is no longer wanted, or one that a colleague shares misleads others."""
    of_others = [view for view in personal.views(request.party) if view.pk == pk and view.party_id != request.party.pk]
    for view in of_others:
        actions.remove_shared_view(view, by=request.party)
        notices.done(request, _("The view “%(view)s” of %(name)s was removed.") % {"view": view, "name": view.party})
    if not of_others:
        personal.forget_view(request.party, pk)
        notices.done(request, _("The view was removed."))
    return redirect("desk:list")


@dataclass(frozen=True)
class Looks:
    """The views a reader can choose from, the one that is chosen, and the columns that follow from it."""

    views: list[ListView]
    current: ListView | None
    columns: list[Column]
    is_own: bool
    may_remove: Verdict

    @classmethod
    def of(cls, request: Any) -> Looks:
        """As the address asks for them. One query."""
        found = personal.views(request.party)
        wanted = number_of(request.GET.get("view", ""))
        current = next((view for view in found if view.name and view.pk == wanted), None)
        default = next((view for view in found if not view.name), None)
        shown = columns.chosen((current or default or ListView()).columns)
        is_own = current is not None and current.party_id == request.party.pk
        may_remove = policy.view_verdict(request.standing, None if is_own else current)
        return cls([view for view in found if view.name], current, shown, is_own, may_remove)

    @property
    def own_name(self) -> str:
        return self.current.name if self.current and self.is_own else ""

    @property
    def is_shared(self) -> bool:
        return self.is_own and self.current is not None and self.current.is_shared

    @property
    def choices(self) -> list[tuple[Column, bool]]:
        """Every column, and whether it is shown."""
        return [(column, column in self.columns) for column in columns.COLUMNS.values()]


def filter_form(request: HttpRequest, asked: QueryDict) -> FilterForm:
    """The filters that a query asks for, with the stages and steps in the reader's language."""
    language = reader_of(request).language
    stages, steps = cache(lambda: drawn.stage_choices(language)), cache(lambda: drawn.step_choices(language))
    return FilterForm(asked, stages=stages, steps=steps)


def address(request: HttpRequest, *, leave_out: str = "", after: str = "") -> str:
    """The query of this page once more, without one filter, or further down."""
    kept = [
        (name, value)
        for name, values in request.GET.lists()
        for value in values
        if value and name not in ("after", leave_out)
    ]
    return "?" + urlencode([*kept, ("after", after)] if after else kept)


def in_order(wanted: set[str]) -> list[str]:
    """The keys of wanted columns in the order in which the list shows them."""
    return [key for key in columns.COLUMNS if key in wanted]


def number_of(given: str) -> int | None:
    """The number of a row as an address gives it; None for anything else."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 18 else None
