"""What is drawn: the names of stages, the steps bar, where verbs lead; for pages and for verbs that have to know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from shenava.journal.unchanged import while_unchanged
from shenava.process.kernel import Node
from shenava.process.models import Instance, ProcessVersion
from shenava.process.publishing import graph_of, in_force

if TYPE_CHECKING:
    from shenava.complaints.models import Complaint


@dataclass(frozen=True)
class Place:
    """A place in the steps bar; what is neither done nor current lies ahead."""

    key: str
    name: str
    is_done: bool
    is_current: bool


def leaves_stage(complaint: Complaint, verb: str) -> bool:
    """Does the verb lead from the present stage to another one (not to an end)?"""
    reached = graph_of(complaint.instance.version).reached_by(complaint.stage, verb)
    return any(node.kind == "stage" and node.key != complaint.stage for node in reached)


def days_of_silence(complaint: Complaint, verb: str = "") -> tuple[int, int]:
    """After how many days of silence the complainant is warned, and after how many more it is closed.

    Where the complaint is now, or where `verb` leads to; 0 is never.
    """
    drawn = graph_of(complaint.instance.version)
    reached = drawn.reached_by(complaint.stage, verb) if verb else []
    return _longest(reached or [drawn.nodes[complaint.stage]])


def silence_told(verb: str) -> tuple[int, int]:
    """The days of silence, as in `days_of_silence`, where `verb` leads to in the process in force for what is new."""
    version = in_force()
    if version is None:
        return 0, 0
    drawn = graph_of(version)
    return _longest([node for key in drawn.nodes for node in drawn.reached_by(key, verb)])


def asked_at_intake() -> tuple[str, ...]:
    """The fields that the process in force asks for where staff register a complaint; none: all of them.

    No query while no process is changed.
    """
    return while_unchanged(asked_at_intake, _asked_at_intake)


def stage_choices(language: str) -> list[tuple[str, str]]:
    """Every stage and end of the versions that complaints follow or have followed, in the order of the steps; the
    newest wording wins.

    No query while no process is changed.
    """
    return list(while_unchanged((stage_choices, language), lambda: _stage_choices(language)))


def step_choices(language: str) -> list[tuple[str, str]]:
    """Every human step of the same versions, named by its process and its own key, in the order of the handling.

    No query while no process is changed.
    """
    return list(while_unchanged((step_choices, language), lambda: _step_choices(language)))


def process_choices(language: str) -> list[tuple[str, str]]:
    """The processes that complaints follow or have followed, the one for new complaints first, by their keys.

    No query while no process is changed.
    """
    return list(while_unchanged((process_choices, language), lambda: _process_choices(language)))


def stage_name(version: ProcessVersion, stage: str, language: str) -> str:
    """The name of a stage in a language."""
    node = graph_of(version).nodes.get(stage)
    return node.name(language) if node else stage


def steps(run: Instance, language: str) -> list[Place]:
    """The steps bar: done, current, ahead. A side exit follows the first step; a place that is not shown comes
    before the first step it leads to."""
    drawn = graph_of(run.version)
    here = drawn.nodes[run.state["here"]]
    shown = drawn.steps()
    if here not in shown:
        targets = {node.key for verb in drawn.verbs_at(here.key) for node in drawn.reached_by(here.key, verb)}
        ahead = min((place for place, node in enumerate(shown) if node.key in targets), default=0)
        shown = [*shown[:1], here] if here.kind == "end" else [*shown[:ahead], here, *shown[ahead:]]
    place = shown.index(here)
    return [Place(node.key, node.name(language), index < place, index == place) for index, node in enumerate(shown)]


def _asked_at_intake() -> tuple[str, ...]:
    version = in_force()
    return tuple(version.graph.get("intake", ())) if version else ()


def _longest(nodes: list[Node]) -> tuple[int, int]:
    return max(((node.warn_after, node.lapse_after) for node in nodes), default=(0, 0))


def _followed() -> QuerySet[ProcessVersion]:
    """The versions that complaints follow or have followed, the newest last."""
    published = ProcessVersion.objects.exclude(state=ProcessVersion.State.DRAFT)
    used = Q(process__is_chosen=True) | Exists(Instance.objects.filter(version=OuterRef("pk")))
    return published.filter(used).order_by("published_at", "pk")


def _process_choices(language: str) -> list[tuple[str, str]]:
    processes = {version.process_id: version.process for version in _followed().select_related("process")}
    in_order = sorted(processes.values(), key=lambda process: (not process.is_chosen, process.pk))
    return [(process.key, process.name(language)) for process in in_order]


def _step_choices(language: str) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    for version in _followed().select_related("process"):
        process = version.process
        for node in graph_of(version).in_order():
            if node.kind in ("stage", "task"):
                found[f"{process.key}:{node.key}"] = f"{process.name(language)}: {node.name(language)}"
    return sorted(found.items(), key=lambda choice: choice[0].partition(":")[0])


def _stage_choices(language: str) -> list[tuple[str, str]]:
    found: dict[str, tuple[int, str]] = {}
    for version in _followed():
        nodes = graph_of(version).nodes.values()
        found |= {node.key: (node.shown, node.name(language)) for node in nodes if node.kind in ("stage", "end")}
    in_order = sorted(found.items(), key=lambda item: (item[1][0] == 0, item[1]))
    return [(key, name) for key, (_shown, name) in in_order]
