"""Publishing: definitions come into force, as numbered versions that never change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import transaction

from shenava.common import clock
from shenava.journal.recording import record
from shenava.journal.unchanged import while_unchanged
from shenava.people.models import Party
from shenava.people.parties import system_party
from shenava.process import deciding, kernel, vocabulary
from shenava.process.facts import Published
from shenava.process.models import Process, ProcessVersion

DEFINITIONS = Path(__file__).parent / "definitions"
DEFAULT = DEFINITIONS / "default.json"
VARIANTS = tuple(DEFINITIONS / f"{name}.json" for name in ("manufacturer", "retail", "service", "light"))

PROCESS = "process"
"""The question which process a new complaint follows."""
_graphs: dict[str, kernel.Graph] = {}


def graph_of(version: ProcessVersion) -> kernel.Graph:
    """The graph of a version, loaded once for each content."""
    if version.sha256 not in _graphs:
        _graphs[version.sha256] = kernel.load(version.graph)
    return _graphs[version.sha256]


def process_for(facts: Mapping[str, Any]) -> ProcessVersion:
    """The version that a new complaint of these facts follows: of the process that the rules say, else of the one
    that was chosen for all.

    No query while the set-up stays as it is.
    """
    key = deciding.answer(PROCESS, facts).get("process")
    said = while_unchanged((process_for, key), lambda: _current(key)) if key else None
    return said or while_unchanged(process_for, in_force) or deliver_default()


def in_force() -> ProcessVersion | None:
    """The version that new complaints follow, if any has been published."""
    process = Process.objects.select_related("current_version").filter(is_chosen=True).first()
    return process.current_version if process else None


def _current(key: str) -> ProcessVersion | None:
    return ProcessVersion.objects.filter(current_for__key=key).first()


def deliver_default() -> ProcessVersion:
    """Publish the delivered definition, as a new version if it has changed since."""
    return publish(_read(DEFAULT), by=system_party())


def deliver() -> None:
    """Publish every delivered definition; new complaints follow the first, until another one is chosen."""
    for content in delivered():
        publish(content, by=system_party())


def delivered() -> list[dict[str, Any]]:
    """What every delivered definition says, the default one first."""
    return [_read(path) for path in (DEFAULT, *VARIANTS)]


def choose(process: Process) -> None:
    """Let new complaints follow the current version of this process."""
    Process.objects.filter(is_chosen=True).update(is_chosen=False)
    process.is_chosen = True
    process.save(update_fields=["is_chosen"])


@transaction.atomic
def publish(content: Any, *, by: Party) -> ProcessVersion:
    """Put a definition into force for new complaints; the current one again stays the version it is.

    Raises FaultyGraphError, also for whatever can go wrong on some way through it and for words nobody knows.
    """
    kernel.refuse(faults_of(content))
    process = _locked_process(content)
    version = process.versions.filter(state=ProcessVersion.State.PUBLISHED).order_by("-number").first()
    if version is None or version.sha256 != digest(content):
        return put_into_force(ProcessVersion(process=process, graph=content, sha256=digest(content)), by)
    _make_current(process, version)
    return version


def faults_of(content: Any) -> list[kernel.Fault]:
    """Why nothing could follow this definition: what is wrong with it by itself, on some way through it, and with the
    words it uses. Nothing, if it is sound."""
    try:
        drawn = kernel.load(content)
    except kernel.FaultyGraphError as faulty:
        return faulty.faults
    return [
        *kernel.unsound(drawn),
        *vocabulary.unknown_words(drawn),
        *vocabulary.misplaced_ends(drawn),
        *_unknown_processes(drawn),
    ]


def digest(content: Any) -> str:
    """What tells one definition from another."""
    return sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def put_into_force(version: ProcessVersion, by: Party) -> ProcessVersion:
    """Give a version its number; the one before it retires. The process is locked, and the faults were asked for."""
    process, version.number = version.process, version.process.next_number
    process.versions.filter(state=ProcessVersion.State.PUBLISHED).update(state=ProcessVersion.State.RETIRED)
    version.state, version.published_at, version.published_by = ProcessVersion.State.PUBLISHED, clock.now(), by
    version.save()
    record(process, Published(process_version=version.pk, number=version.number), by=by)
    _make_current(process, version)
    return version


def _make_current(process: Process, version: ProcessVersion) -> None:
    if not Process.objects.filter(is_chosen=True).exists():
        choose(process)
    if process.current_version_id != version.pk:
        process.current_version = version
        process.names, process.purpose = version.graph["names"], version.graph.get("purpose", "")
        process.save(update_fields=["current_version", "names", "purpose"])


def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def _locked_process(content: dict[str, Any]) -> Process:
    Process.objects.get_or_create(key=content["key"], defaults={"names": content["names"]})
    return Process.objects.select_for_update().get(key=content["key"])


def _unknown_processes(drawn: kernel.Graph) -> list[kernel.Fault]:
    """What is called has to be in force, to hold no complaint itself, and not to call in its turn what calls it."""
    faults = []
    for node in drawn.nodes.values():
        if node.kind == "call":
            process = Process.objects.select_related("current_version").filter(key=node.process).first()
            version = process.current_version if process else None
            kinds = {one.kind for one in graph_of(version).nodes.values()} if version else set()
            if version is None:
                faults.append(kernel.Fault(node.key, f"calls {node.process!r}, which is not in force"))
            elif kinds & {"stage", "call"}:
                faults.append(kernel.Fault(node.key, f"calls {node.process!r}, which is more than tasks"))
    return faults
