"""Runs: a complaint's way through its process. Called under the complaint's lock; never performs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction

from shenava.common import clock
from shenava.journal.recording import record
from shenava.journal.unchanged import while_unchanged
from shenava.people.models import Party, Role
from shenava.people.parties import system_party
from shenava.process import kernel, vocabulary
from shenava.process.facts import CarriedOver, Published
from shenava.process.models import Instance, Process, ProcessVersion, WorkItem
from shenava.process.outside import World

if TYPE_CHECKING:
    from shenava.complaints.models import Complaint

DEFAULT = Path(__file__).parent / "definitions" / "default.json"
DEFAULT_KEY = "complaint"

_graphs: dict[str, kernel.Graph] = {}


class StaleRunError(RuntimeError):
    """Two moved the same run at once: one of them did not hold the complaint's lock. A fault of ours."""


@dataclass(frozen=True)
class Step:
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
    process = Process.objects.select_related("current_version").filter(key=DEFAULT_KEY).first()
    if process is None or process.current_version is None:
        return 0, 0
    drawn = graph_of(process.current_version)
    return _longest([node for key in drawn.nodes for node in drawn.reached_by(key, verb)])


def _longest(nodes: list[kernel.Node]) -> tuple[int, int]:
    return max(((node.warn_after, node.lapse_after) for node in nodes), default=(0, 0))


def deliver_default() -> ProcessVersion:
    """Publish the delivered definition, as a new version if it has changed since."""
    return publish(json.loads(DEFAULT.read_text(encoding="utf-8")), by=system_party())


@transaction.atomic
def renew_default() -> None:
    """After an upgrade: who works by the delivered definition gets the new one; one's own drawing stays.

    Complaints under way go over to it wherever the stages they are in still exist.
    """
    process = Process.objects.select_related("current_version").filter(key=DEFAULT_KEY).first()
    if process and process.current_version and process.current_version.published_by_id == system_party().pk:
        _carry_over(process, to=deliver_default())


def _carry_over(process: Process, *, to: ProcessVersion) -> None:
    delivered = process.versions.filter(published_by=system_party()).exclude(pk=to.pk)
    stages = list(graph_of(to).nodes)
    runs = Instance.objects.filter(version__in=delivered, state__here__in=stages).update(version=to)
    if runs:
        record(process, CarriedOver(process_version=to.pk, number=to.number, runs=runs), by=system_party())


@transaction.atomic
def publish(content: Any, *, by: Party) -> ProcessVersion:
    """Put a definition into force for new complaints; the current one again stays the version it is.

    Raises FaultyGraphError, also for verbs and roles that do not exist.
    """
    drawn = kernel.load(content)
    faults = kernel.unsound(drawn) + vocabulary.unknown_verbs(drawn) + _unknown_roles(drawn)
    if faults:
        raise kernel.FaultyGraphError(faults)
    process = _locked_process(content)
    digest = sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    version = process.versions.filter(state=ProcessVersion.State.PUBLISHED).order_by("-number").first()
    if version is None or version.sha256 != digest:
        version = _put_into_force(process, content, digest, by)
    if process.current_version_id != version.pk:
        process.current_version = version
        process.names, process.purpose = content["names"], content.get("purpose", "")
        process.save(update_fields=["current_version", "names", "purpose"])
    return version


def opening(verb: str, *, at: datetime) -> Instance:
    """The run of a complaint that this verb brings into being, on the current version of its process. Not kept yet:
    the complaint comes first. No query while no process is changed. Raises NotAllowedNow."""
    version = while_unchanged(opening, _in_force) or deliver_default()
    moves = kernel.Kernel(graph_of(version), World(None), at)
    state = moves.do(moves.start(), verb)
    return Instance(version=version, state=state.as_json(), started_at=at)


def _in_force() -> ProcessVersion | None:
    process = Process.objects.select_related("current_version").filter(key=DEFAULT_KEY).first()
    return process.current_version if process else None


def stage_of(instance: Instance) -> str:
    """The key of the stage a run is in."""
    return _state(instance).here


def begin(complaint: Complaint, instance: Instance) -> None:
    """Keep the run of a complaint that has just come into being."""
    instance.complaint = complaint
    instance.save(force_insert=True)


def advance(complaint: Complaint, verb: str, *, at: datetime) -> str:
    """Let the process answer a verb; the key of the stage it is in now.

    Open work on the stage moves along. Raises NotAllowedNow, StaleRunError.
    """
    instance: Instance = complaint.instance
    before = _state(instance)
    state = kernel.Kernel(graph_of(instance.version), World(complaint), at).do(before, verb)
    if state is not before:
        _keep(instance, state, ended_at=at if state.is_ended else None)
        items = WorkItem.objects.filter(complaint=complaint, kind=WorkItem.Kind.STAGE, closed_at__isnull=True)
        items.update(node=state.here, instance=instance)
    return state.here


def allowed_verbs(complaint: Complaint) -> frozenset[str]:
    """The verbs that the process allows now; no query where instance and version are at hand."""
    instance: Instance = complaint.instance
    return kernel.allowed(graph_of(instance.version), _state(instance))


def stage_choices(language: str) -> list[tuple[str, str]]:
    """Every stage and end that a published version knows, in the order of the steps; the newest wording wins.

    No query while no process is changed.
    """
    return list(while_unchanged((stage_choices, language), lambda: _stage_choices(language)))


def _stage_choices(language: str) -> list[tuple[str, str]]:
    found: dict[str, tuple[int, str]] = {}
    for version in ProcessVersion.objects.exclude(state=ProcessVersion.State.DRAFT).order_by("published_at", "pk"):
        nodes = graph_of(version).nodes.values()
        found |= {node.key: (node.shown, node.name(language)) for node in nodes if node.kind in ("stage", "end")}
    in_order = sorted(found.items(), key=lambda item: (item[1][0] == 0, item[1]))
    return [(key, name) for key, (_shown, name) in in_order]


def stage_name(version: ProcessVersion, stage: str, language: str) -> str:
    """The name of a stage in a language."""
    node = graph_of(version).nodes.get(stage)
    return node.name(language) if node else stage


def steps(instance: Instance, language: str) -> list[Step]:
    """The steps bar: done, current, ahead. A side exit follows the first step; a place that is not shown comes
    before the first step it leads to."""
    drawn = graph_of(instance.version)
    here = drawn.nodes[_state(instance).here]
    shown = drawn.steps()
    if here not in shown:
        targets = {node.key for verb in drawn.verbs_at(here.key) for node in drawn.reached_by(here.key, verb)}
        ahead = min((place for place, node in enumerate(shown) if node.key in targets), default=0)
        shown = [*shown[:1], here] if here.kind == "end" else [*shown[:ahead], here, *shown[ahead:]]
    place = shown.index(here)
    return [Step(node.key, node.name(language), index < place, index == place) for index, node in enumerate(shown)]


def graph_of(version: ProcessVersion) -> kernel.Graph:
    """The graph of a version, loaded once for each content."""
    if version.sha256 not in _graphs:
        _graphs[version.sha256] = kernel.load(version.graph)
    return _graphs[version.sha256]


def _state(instance: Instance) -> kernel.State:
    return kernel.State.from_json(instance.state)


def _keep(instance: Instance, state: kernel.State, *, ended_at: datetime | None) -> None:
    kept = {"state": state.as_json(), "rev": instance.rev + 1, "ended_at": ended_at}
    if not Instance.objects.filter(pk=instance.pk, rev=instance.rev).update(**kept):
        raise StaleRunError(f"{instance} has moved since it was read at {instance.rev}")
    instance.__dict__.update(kept)


def _locked_process(content: dict[str, Any]) -> Process:
    Process.objects.get_or_create(key=content["key"], defaults={"names": content["names"]})
    return Process.objects.select_for_update().get(key=content["key"])


def _put_into_force(process: Process, content: dict[str, Any], digest: str, by: Party) -> ProcessVersion:
    process.versions.filter(state=ProcessVersion.State.PUBLISHED).update(state=ProcessVersion.State.RETIRED)
    version = ProcessVersion.objects.create(
        process=process,
        number=process.versions.count() + 1,
        graph=content,
        sha256=digest,
        published_at=clock.now(),
        published_by=by,
    )
    record(process, Published(process_version=version.pk, number=version.number), by=by)
    return version


def _unknown_roles(drawn: kernel.Graph) -> list[kernel.Fault]:
    return [
        kernel.Fault(node.key, f"names the role {node.role!r}, which does not exist")
        for node in drawn.nodes.values()
        if node.role and node.role not in Role.values
    ]
