"""The page about the process names everything the delivered definition does."""

from __future__ import annotations

import re
from pathlib import Path

from shenava.process.kernel import reading
from tests.process.samples import default

PAGE = (Path(__file__).parents[2] / "docs" / "process.md").read_text(encoding="utf-8")
WORDS = set(re.findall(r"[a-z_]+", PAGE))


def test_every_stage_and_every_verb_that_moves_is_in_the_picture() -> None:
    assert set(default().nodes) <= WORDS
    leading = {one.on for one in (*default().flows, *default().anytime) if one.on}
    assert leading <= WORDS


def test_every_field_of_the_format_is_explained() -> None:
    fields = {
        *reading.GRAPH_SHAPE,
        *reading.NODE_SHAPE,
        *reading.FLOW_SHAPE,
        *reading.ANYTIME_SHAPE,
        *reading.SEVERAL_SHAPE,
    }
    assert fields <= set(re.findall(r"`([a-z_]+)`", PAGE))
