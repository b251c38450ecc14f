"""Cells: each operator compares as its name says, and nothing is executed."""

from __future__ import annotations

import pytest

from shenava.process.tables import holds

CASES = [
    ("any", None, None, True),
    ("is", "email", "email", True),
    ("is", None, "email", False),
    ("is", True, True, True),
    ("is_not", "email", "portal", True),
    ("is_not", None, "portal", True),
    ("in", "email", ["email", "fax"], True),
    ("in", None, ["email"], False),
    ("not_in", "email", ["email"], False),
    ("not_in", None, ["email"], True),
    ("less", 2, 3, True),
    ("less", 3, 3, False),
    ("less", None, 3, False),
    ("at_most", 3, 3, True),
    ("more", 4, 3, True),
    ("more", "four", 3, False),
    ("at_least", 3, 3, True),
    ("at_least", None, 0, False),
    ("between", 3, [1, 3], True),
    ("between", 4, [1, 3], False),
    ("between", None, [1, 3], False),
    ("empty", "", None, True),
    ("empty", 0, None, False),
    ("empty", False, None, False),
    ("not_empty", [], None, False),
    ("not_empty", "E-21", None, True),
]


@pytest.mark.parametrize(("operator", "fact", "value", "is_so"), CASES)
def test_a_cell_compares_as_its_operator_says(operator: str, fact: object, value: object, is_so: bool) -> None:
    assert holds([{"field": "it", "is": operator, "value": value}], {"it": fact}) is is_so


def test_all_conditions_have_to_hold_and_none_hold_always() -> None:
    both = [{"field": "a", "is": "is", "value": 1}, {"field": "b", "is": "is", "value": 2}]
    assert holds(both, {"a": 1, "b": 2})
    assert not holds(both, {"a": 1})
    assert holds([], {})


def test_what_looks_like_code_is_only_a_value() -> None:
    cell = [{"field": "it", "is": "is", "value": "__import__('os')"}]
    assert holds(cell, {"it": "__import__('os')"})
    with pytest.raises(KeyError):
        holds([{"field": "it", "is": "eval", "value": "1"}], {"it": 1})
