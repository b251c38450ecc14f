"""The tag that shows a process as a picture."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django import template

from shenava.pages.diagram import Mark, diagram
from shenava.process.kernel import Graph
from shenava.ui.reader import current_reader

register = template.Library()


@register.inclusion_tag("pages/diagram.html")
def process_diagram(
    graph: Graph, marks: Mapping[str, Mark] | None = None, taken: Collection[str] = ()
) -> dict[str, Any]:
    """`{% process_diagram graph marks %}`: marks by the keys of nodes; `taken` are keys of flows."""
    return {"diagram": diagram(graph, marks or {}, current_reader(), taken)}
