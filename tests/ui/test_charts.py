"""Bars: in proportion, one part after the other, never out of their frame."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shenava.ui.charts import WIDTH, Piece, stacked


def test_parts_follow_one_another_in_proportion() -> None:
    assert stacked([("late", 1), ("soon", 0), ("working", 3)], 8) == [
        Piece("late", 0, 125),
        Piece("working", 125, 375),
    ]


@given(st.lists(st.integers(0, 10**6), max_size=6))
def test_no_bar_leaves_its_frame_and_no_number_is_invisible(numbers: list[int]) -> None:
    pieces = stacked([("late", number) for number in numbers], sum(numbers))
    assert len(pieces) == sum(number > 0 for number in numbers)
    assert all(piece.width > 0 and piece.start + piece.width <= WIDTH for piece in pieces)
