"""The analysis is exact: by brute force over small worlds it says the same."""

from __future__ import annotations

from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from shenava.process.tables import Analysis, Gap, Hidden, Listed, Numbers, Part, Table, Texts, analyse, holds, load
from shenava.process.tables import analysis as analysing

DOMAINS = {"channel": Listed(("email", "portal", "fax")), "days": Numbers(), "product": Texts(may_be_empty=False)}
WORLD = {
    "channel": ["email", "portal", "fax", None],
    "days": [None, *range(12)],
    "product": ["AX-12", "TV", "anything else"],
}
NUMBER = st.integers(0, 9)
CELLS = {
    "channel": st.one_of(
        st.fixed_dictionaries({"is": st.sampled_from(["is", "is_not"]), "value": st.sampled_from(["email", "fax"])}),
        st.fixed_dictionaries(
            {
                "is": st.sampled_from(["in", "not_in"]),
                "value": st.lists(st.sampled_from(["email", "portal", "fax"]), min_size=1),
            }
        ),
        st.fixed_dictionaries({"is": st.sampled_from(["empty", "not_empty"])}),
    ),
    "days": st.one_of(
        st.fixed_dictionaries(
            {"is": st.sampled_from(["less", "at_most", "more", "at_least", "is", "is_not"]), "value": NUMBER}
        ),
        st.fixed_dictionaries({"is": st.just("between"), "value": st.tuples(NUMBER, NUMBER).map(sorted)}),
        st.fixed_dictionaries({"is": st.sampled_from(["empty", "not_empty", "any"])}),
    ),
    "product": st.fixed_dictionaries(
        {"is": st.sampled_from(["is", "is_not"]), "value": st.sampled_from(["AX-12", "TV"])}
    ),
}


@st.composite
def tables(draw: st.DrawFn) -> dict[str, Any]:
    """A table of a few rows over all three inputs."""
    rows = []
    for _ in range(draw(st.integers(0, 5))):
        named = draw(st.lists(st.sampled_from(sorted(CELLS)), unique=True))
        cells = [{"field": name, **draw(CELLS[name])} for name in named]
        rows.append({"if": cells, "then": {"unit": draw(st.integers(1, 3))}})
    return {"inputs": sorted(CELLS), "outputs": ["unit"], "rows": rows}


def everything() -> list[dict[str, Any]]:
    """Every set of facts of the small world."""
    return [dict(zip(WORLD, facts, strict=True)) for facts in product(*WORLD.values())]


def covers(told: dict[str, tuple[Part, ...]], facts: dict[str, Any], content: dict[str, Any]) -> bool:
    """Are these facts among those that a finding tells of?"""
    named = {cell.get("value") for row in content["rows"] for cell in row["if"] if cell["field"] == "product"}
    return all(any(_is_of(part, facts[name], named) for part in parts) for name, parts in told.items())


def _is_of(part: Part, fact: Any, named: set[Any]) -> bool:
    if part.kind == "span":
        return fact is not None and part.low <= fact and (part.high is None or fact <= part.high)
    return fact not in named if part.kind == "other" else bool(fact == part.sample)


@given(tables())
def test_the_gaps_are_what_no_row_decides_and_nothing_else(content: dict[str, Any]) -> None:
    found = analyse(load(content), DOMAINS)
    for facts in everything():
        is_decided = any(holds(row["if"], facts) for row in content["rows"])
        assert sum(covers(dict(gap.told), facts, content) for gap in found.gaps) == (not is_decided)


@given(tables())
def test_two_rows_overlap_where_both_hold_and_differ(content: dict[str, Any]) -> None:
    rows = content["rows"]
    found = {(one.first, one.second): one for one in analyse(load(content), DOMAINS).overlaps}
    for second in range(len(rows)):
        for first in range(second):
            both = [facts for facts in everything() if _hold(rows[first], facts) and _hold(rows[second], facts)]
            assert ((first, second) in found) == (bool(both) and rows[first]["then"] != rows[second]["then"])
            if (first, second) in found:
                one = found[first, second]
                assert [facts for facts in everything() if covers(dict(one.told), facts, content)] == both
                assert one.is_exception == ([f for f in everything() if _hold(rows[first], f)] == both)


@given(tables())
def test_a_row_is_hidden_if_it_decides_nothing(content: dict[str, Any]) -> None:
    rows, deciding = content["rows"], set()
    for facts in everything():
        deciding |= {next((place for place, row in enumerate(rows) if _hold(row, facts)), None)}
    assert {one.row for one in analyse(load(content), DOMAINS).hidden} == set(range(len(rows))) - deciding


def _hold(row: dict[str, Any], facts: dict[str, Any]) -> bool:
    return holds(row["if"], facts)


def table(*rows: dict[str, Any], inputs: tuple[str, ...] = ("channel", "days")) -> Table:
    return load({"inputs": list(inputs), "outputs": ["unit"], "rows": list(rows)})


def row(unit: int, **cells: tuple[str, Any]) -> dict[str, Any]:
    told = [{"field": name, "is": operator, "value": value} for name, (operator, value) in cells.items()]
    return {"if": told, "then": {"unit": unit}}


def test_a_gap_is_told_by_what_matters_and_spans_that_touch_are_one() -> None:
    found = analyse(table(row(1, days=("less", 3)), row(2, days=("between", [10, 20])), row(3, days=("empty", None))),
                    DOMAINS)  # fmt: skip
    spans = [(part.low, part.high) for gap in found.gaps for part in gap.told["days"]]
    assert (spans, {name for gap in found.gaps for name in gap.told}) == ([(3, 9), (21, None)], {"days"})


def test_a_row_that_cannot_hold_is_hidden_by_nobody() -> None:
    impossible = {"if": [*row(1, days=("less", 3))["if"], *row(1, days=("more", 5))["if"]], "then": {"unit": 1}}
    assert analyse(table(impossible), DOMAINS).hidden == (Hidden(0, ()),)


def test_a_table_without_rows_is_one_gap() -> None:
    assert analyse(table(), DOMAINS) == Analysis(gaps=(Gap({}),))


def test_a_table_without_inputs_decides_everything_by_its_first_row() -> None:
    found = analyse(table(row(1), row(2), inputs=()), {})
    assert (found.gaps, found.hidden, len(found.overlaps)) == ((), (Hidden(1, (0,)),), 1)


def test_what_is_cut_into_too_many_pieces_is_not_told_in_part(monkeypatch: Any) -> None:
    monkeypatch.setattr(analysing, "MOST", 1)
    found = analyse(table(row(1, days=("less", 3), channel=("is", "email"))), DOMAINS)
    assert (found.is_whole, found.gaps) == (False, ())
