"""The page about the process names everything the delivered definition does."""

from __future__ import annotations

import re
from pathlib import Path

from shenava.process import graph
from tests.process.samples import default

PAGE = (Path(__file__).parents[2] / "docs" / "process.md").read_text(encoding="utf-8")
WORDS = set(re.findall(r"[a-z_]+", PAGE))


def test_every_stage_and_every_verb_that_moves_is_in_the_picture() -> None:
    assert set(default().nodes) <= WORDS
    assert {flow.on for flow in default().flows if flow.on} <= WORDS


def test_every_field_of_the_format_is_explained() -> None:
    fields = {*graph.GRAPH_SHAPE, *graph.NODE_SHAPE, *graph.FLOW_SHAPE, *graph.ANYTIME_SHAPE}
    assert fields <= set(re.findall(r"`([a-z_]+)`", PAGE))
