"""Steps: the tasks of a process as work items; what each is called, for whom it is, and how it may end."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from shenava.process.kernel import Graph, Node, named
from shenava.process.models import Instance, Timer, WorkItem
from shenava.process.publishing import graph_of

if TYPE_CHECKING:
    from shenava.complaints.models import Complaint


class Way(NamedTuple):
    """An outcome by which a step may end, and its name."""

    key: str
    name: str


def node_of(item: WorkItem, complaint: Complaint) -> Node:
    """The step of the process that a work item is; no query where it is one of the complaint's own run."""
    return _graph(item, complaint).nodes[item.node]


def ways_of(item: WorkItem, complaint: Complaint, language: str) -> list[Way]:
    """The outcomes by which a step may end, in the order in which they were drawn."""
    flows = [flow for flow in _graph(item, complaint).out[item.node] if flow.on]
    return [Way(flow.on, named(flow.names, language)) for flow in flows]


def operation_of(timer: Timer) -> str:
    """The operation that a run waits for."""
    return graph_of(timer.instance.version).nodes[timer.node].operation


def _graph(item: WorkItem, complaint: Complaint) -> Graph:
    own: Instance = complaint.instance
    if item.instance_id in (None, own.pk):
        return graph_of(own.version)
    called = Instance.objects.select_related("version").get(pk=item.instance_id)
    return graph_of(called.version)
