"""Runs: a complaint's way through its process. Called under the complaint's lock; never performs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shenava.common import clock
from shenava.process import graph, kernel
from shenava.process.models import Instance, Process, ProcessVersion

if TYPE_CHECKING:
    from shenava.complaints.models import Complaint

DEFAULT = Path(__file__).parent / "definitions" / "default.json"


@dataclass(frozen=True)
class Step:
    """A place in the steps bar."""

    key: str
    name: str
    is_done: bool
    is_current: bool


def deliver_default() -> ProcessVersion:
    """Publish the delivered definition, as a new version if it has changed since."""
    return publish(json.loads(DEFAULT.read_text(encoding="utf-8")))


def publish(content: dict[str, Any]) -> ProcessVersion:
    """Publish a definition; raises FaultyGraphError. The same content twice is one version."""
    graph.load(content)
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    mark = sha256(text.encode()).hexdigest()
    process, _ = Process.objects.get_or_create(key=content["key"], defaults={"names": content["names"]})
    latest = process.versions.order_by("-number").first()
    if latest is not None and latest.sha256 == mark:
        return latest
    number = latest.number + 1 if latest else 1
    return ProcessVersion.objects.create(
        process=process, number=number, graph=content, sha256=mark, published_at=clock.now()
    )


def begin(complaint: Complaint, *, at: datetime) -> Instance:
    """Start a complaint on the latest version of its process."""
    version = ProcessVersion.objects.filter(process__key="complaint").order_by("-number").first()
    if version is None:
        version = deliver_default()
    state = kernel.start(graph_of(version))
    instance = Instance.objects.create(
        version=version, complaint=complaint, state={"node": state.node}, started_at=at
    )
    complaint.stage = state.node
    complaint.instance = instance
    return instance


def advance(complaint: Complaint, verb: str, *, at: datetime) -> str:
    """Let the process answer a verb; the key of the stage it is in now. Raises NotAllowedNowError."""
    instance: Instance = complaint.instance
    drawn = graph_of(instance.version)
    state, moves = kernel.do(drawn, kernel.State(**instance.state), verb)
    if moves:
        instance.state = {"node": state.node}
        instance.ended_at = at if kernel.is_finished(drawn, state) else None
        instance.save(update_fields=["state", "ended_at"])
    return state.node


def allowed_verbs(complaint: Complaint) -> frozenset[str]:
    """The verbs that the process allows now; no query where the instance is at hand."""
    instance: Instance = complaint.instance
    return kernel.allowed(graph_of(instance.version), kernel.State(**instance.state))


def stage_name(version: ProcessVersion, stage: str, language: str) -> str:
    """The name of a stage in a language."""
    node = graph_of(version).nodes.get(stage)
    return node.name(language) if node else stage


def steps(instance: Instance, language: str) -> list[Step]:
    """The steps bar: done, current, ahead. A side exit shows as the last step."""
    drawn = graph_of(instance.version)
    here = drawn.nodes[instance.state["node"]]
    shown = drawn.steps()
    if here not in shown:
        shown = [*shown[:1], here]
    place = shown.index(here)
    return [
        Step(node.key, node.name(language), index < place, index == place) for index, node in enumerate(shown)
    ]


def graph_of(version: ProcessVersion) -> graph.Graph:
    """The graph of a version; published versions never change, so it is loaded once per process."""
    return _loaded(version.sha256, _Content(version.graph))


class _Content:
    """Lets a dict ride along in a cache key without being part of it."""

    def __init__(self, value: dict[str, Any]) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Content)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=256)
def _loaded(sha: str, content: _Content) -> graph.Graph:
    return graph.load(content.value)
