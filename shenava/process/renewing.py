"""Renewing: after an upgrade, who works by a delivered definition gets the new one, and so do its open complaints."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from shenava.common import clock
from shenava.journal.recording import record
from shenava.people.parties import system_party
from shenava.process import going_over
from shenava.process.facts import CarriedOver
from shenava.process.kernel import NotMovableError, State, Token
from shenava.process.models import Instance, Process, ProcessVersion, Subscription, Timer, WorkItem
from shenava.process.publishing import delivered, graph_of, in_force, publish
from shenava.process.stepping import StaleRunError


@transaction.atomic
def renew() -> None:
    """After an upgrade: who works by a delivered definition gets the new one; one's own drawing stays.

    Complaints under way go over to it wherever there is a place for what they wait for.
    """
    if in_force() is None:
        return
    own = Process.objects.exclude(current_version__published_by=system_party()).values_list("key", flat=True)
    for content in delivered():
        if content["key"] not in own:
            carry_over(publish(content, by=system_party()))


def carry_over(to: ProcessVersion) -> None:
    """Runs of earlier delivered versions that wait at a stage alone, or rest, go over at once; others one by one."""
    number = 0
    for version in to.process.versions.filter(published_by=system_party()).exclude(pk=to.pk):
        same = [key for key in graph_of(version).nodes if _has_its_place(key, version, to)]
        runs = Instance.objects.filter(version=version, complaint__isnull=False)
        number += _simple(runs).filter(state__here__in=same).update(version=to)
        rest = runs.filter(ended_at__isnull=True).select_related("complaint", "version")
        number += sum(_goes_over(run, to) for run in rest)
    if number:
        record(to.process, CarriedOver(process_version=to.pk, number=to.number, runs=number), by=system_party())


def _has_its_place(key: str, old: ProcessVersion, new: ProcessVersion) -> bool:
    """Does a run that waits for nothing but the holder of the complaint, or rests, find its place?"""
    node = graph_of(old).nodes[key]
    if node.inside or node.kind not in ("stage", "end"):
        return False
    return _is_as_it_was(State(key, {"1": Token(key)} if node.kind == "stage" else {}), old, new) is not None


def _is_as_it_was(before: State, old: ProcessVersion, new: ProcessVersion) -> State | None:
    try:
        after = going_over.state_in(before, old, new, {})
    except NotMovableError:
        return None
    return after if after == before else None


def _simple(runs: QuerySet[Instance]) -> QuerySet[Instance]:
    """Those that wait for nobody and nothing but the holder of the complaint."""
    own = {"instance": OuterRef("pk")}
    steps = WorkItem.objects.filter(**own, closed_at__isnull=True).exclude(token="")
    called = Instance.objects.filter(parent=OuterRef("pk"), ended_at__isnull=True)
    waits = [Timer.objects.filter(**own), Subscription.objects.filter(**own), steps, called]
    return runs.filter(*(~Exists(one) for one in waits), state__joins__isnull=True)


def _goes_over(run: Instance, to: ProcessVersion) -> bool:
    """A run under way goes over where there is a place for all that it waits for, its dates as they were."""
    after = _is_as_it_was(State.from_json(run.state), run.version, to)
    if after is None or run.complaint is None:
        return False
    try:
        going_over.lay(run, run.complaint, to, after, at=clock.now())
    except StaleRunError:
        return False
    return True
