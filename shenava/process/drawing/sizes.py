"""Sizes: how much room each node takes in its cell, and how its words are cut."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shenava.process.drawing.shapes import (
    BOX_HEIGHT,
    BOX_WIDTH,
    EVENT,
    GATEWAY,
    LABEL_WIDTH,
    LINE_HEIGHT,
    TIMER,
    Drawing,
    shape_of,
)
from shenava.process.drawing.wrapping import wrapped
from shenava.process.kernel import Node

PADDING = 12
GAP = 6
ROOM_FOR_PORTS = 5


@dataclass(frozen=True)
class Size:
    """Of a node: its shape, its lines, the timers beneath it, and the inside of a sub-process."""

    width: int
    height: int
    lines: tuple[str, ...] = ()
    timers: int = 0
    is_labelled: bool = False
    inner: Drawing | None = None

    @property
    def label(self) -> int:
        """How high the words beside the shape are."""
        return GAP + LINE_HEIGHT * len(self.lines) if self.is_labelled and self.lines else 0

    @property
    def above(self) -> int:
        """From its middle up. Where timers sit beneath it, the words stand over it."""
        return self.height // 2 + (self.label if self.timers else 0)

    @property
    def below(self) -> int:
        """From its middle down."""
        return self.height - self.height // 2 + (TIMER // 2 if self.timers else self.label)

    @property
    def cell(self) -> int:
        """How wide its cell has to be."""
        timers = self.timers * (TIMER + GAP)
        return max(self.width, timers, LABEL_WIDTH if self.label else 0)


def size_of(node: Node, words: str, *, reach: int, timers: int, inner: Drawing | None) -> Size:
    """The size of a node with these words, whose outermost route is `reach` from its middle."""
    least = 2 * (reach + ROOM_FOR_PORTS)
    if inner is not None:
        lines = wrapped(words, max(inner.width, BOX_WIDTH) - PADDING)
        width = max(inner.width, BOX_WIDTH) + 2 * PADDING
        height = inner.height + LINE_HEIGHT * len(lines) + 2 * PADDING
        return Size(width, max(height, least), lines, timers, inner=inner)
    if shape_of(node) == "box":
        lines = wrapped(words, BOX_WIDTH - PADDING)
        return Size(BOX_WIDTH, max(BOX_HEIGHT, LINE_HEIGHT * len(lines) + PADDING, least), lines, timers)
    side = max(EVENT if shape_of(node) == "round" else GATEWAY, least)
    return Size(side, side, wrapped(words, LABEL_WIDTH), timers, is_labelled=True)


def inset(node: Node, size: Size, off: int) -> int:
    """How far inside its frame the outline of a shape is, `off` from its middle."""
    half = size.height // 2
    if shape_of(node) == "square":
        return abs(off)
    return half - int((half**2 - off**2) ** 0.5) if shape_of(node) == "round" else 0


def words_of(node: Node, language: str, titles: Mapping[str, str]) -> str:
    """What is written at a node: its name, else what the caller calls it, else nothing at what needs none."""
    if node.names:
        return node.name(language)
    if node.key in titles:
        return titles[node.key]
    return node.key if shape_of(node) == "box" else ""
