"""Analysis: what a table leaves out, which rows meet, and which are never reached. Exact.

Each column is cut into the parts that its cells tell apart; a row is then a box, in every column a set of parts. A
set is an integer with a bit for each part, so that boxes are cut by `&` and `~`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from shenava.process.tables.cells import OPERATORS
from shenava.process.tables.domain import Domain, Part, joined
from shenava.process.tables.table import Row, Table

Box = tuple[int, ...]
Told = Mapping[str, tuple[Part, ...]]
MOST = 4_000
"""In more pieces than this no space is cut; what is left then is not told in full."""


@dataclass(frozen=True)
class Gap:
    """Facts that no row decides: by input what they are, where that matters."""

    told: Told


@dataclass(frozen=True)
class Overlap:
    """Two rows that say different things of the same facts; the first decides. It is an exception where the second
    holds wherever the first does: the usual way to write one."""

    first: int
    second: int
    told: Told
    is_exception: bool


@dataclass(frozen=True)
class Hidden:
    """A row that never decides, because these before it do; with none before it, it cannot hold at all."""

    row: int
    by: tuple[int, ...]


@dataclass(frozen=True)
class Analysis:
    """All findings. `is_whole` is false where the table has too many pieces to be looked through."""

    gaps: tuple[Gap, ...] = ()
    overlaps: tuple[Overlap, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    is_whole: bool = True


def analyse(table: Table, domains: Mapping[str, Domain]) -> Analysis:
    """What a table leaves out and where its rows meet, given what each input can be."""
    columns = _columns(table, domains)
    boxes = [_box(row, columns) for row in table.rows]
    hidden, rest, is_whole = _walk(boxes, tuple((1 << len(parts)) - 1 for parts in columns.values()))
    return Analysis(
        gaps=tuple(Gap(_told(box, columns)) for box in _merged(rest)),
        overlaps=tuple(_overlaps(table, boxes, columns)),
        hidden=tuple(hidden),
        is_whole=is_whole,
    )


def _columns(table: Table, domains: Mapping[str, Domain]) -> dict[str, list[Part]]:
    cells = [condition for row in table.rows for condition in row.conditions]
    return {name: domains[name].parts([cell for cell in cells if cell["field"] == name]) for name in table.inputs}


def _box(row: Row, columns: Mapping[str, list[Part]]) -> Box:
    found = []
    for name, parts in columns.items():
        cells = [(OPERATORS[cell["is"]], cell.get("value")) for cell in row.conditions if cell["field"] == name]
        held = [all(compare(part.sample, value) for compare, value in cells) for part in parts]
        found.append(sum(1 << place for place, does in enumerate(held) if does))
    return tuple(found)


def _walk(boxes: list[Box], whole: Box) -> tuple[list[Hidden], list[Box], bool]:
    """Let every row take its piece of what is left: who gets nothing, what remains, and whether it was cut in full."""
    rest, hidden = [whole] if all(whole) else [], []
    for place, box in enumerate(boxes):
        if not all(box):
            hidden.append(Hidden(place, ()))
        elif all(_meet(box, piece) is None for piece in rest):
            hidden.append(Hidden(place, tuple(i for i in range(place) if _meet(boxes[i], box) is not None)))
        rest = [left for piece in rest for left in _without(piece, box)]
        if len(rest) > MOST:
            return hidden, [], False
    return hidden, rest, True


def _without(box: Box, other: Box) -> Iterator[Box]:
    """What is left of a box, in pieces that do not meet."""
    if _meet(box, other) is None:
        yield box
        return
    for place, other_side in enumerate(other):
        outside = box[place] & ~other_side
        if outside:
            yield (*box[:place], outside, *box[place + 1 :])
        box = (*box[:place], box[place] & other_side, *box[place + 1 :])


def _meet(box: Box, other: Box) -> Box | None:
    both = tuple(a & b for a, b in zip(box, other, strict=True))
    return both if all(both) else None


def _overlaps(table: Table, boxes: list[Box], columns: Mapping[str, list[Part]]) -> Iterator[Overlap]:
    for second, box in enumerate(boxes):
        for first in range(second):
            both = _meet(boxes[first], box)
            if both is not None and table.rows[first].then != table.rows[second].then:
                yield Overlap(first, second, _told(both, columns), is_exception=both == boxes[first])


def _merged(boxes: list[Box]) -> list[Box]:
    """The same space in fewer pieces: two that differ on one side only are one."""
    found: list[Box] = []
    for box in boxes:
        while (twin := next((one for one in found if _differ(one, box) == 1), None)) is not None:
            found.remove(twin)
            box = tuple(a | b for a, b in zip(twin, box, strict=True))  # noqa: PLW2901 -- it grows
        found.append(box)
    return found


def _differ(box: Box, other: Box) -> int:
    return sum(a != b for a, b in zip(box, other, strict=True))


def _told(box: Box, columns: Mapping[str, list[Part]]) -> Told:
    """In words of parts, without the columns that do not matter."""
    told = {}
    for side, (name, parts) in zip(box, columns.items(), strict=True):
        chosen = [part for place, part in enumerate(parts) if side >> place & 1]
        if len(chosen) < len(parts):
            told[name] = tuple(joined(chosen))
    return told
