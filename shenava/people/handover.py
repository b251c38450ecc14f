"""Hand-over: open work of somebody who leaves, or goes to other work. Rooms above say what such work is."""

from __future__ import annotations

from collections.abc import Callable

from shenava.people.models import Party

_ways: list[Callable[[Party, Party, Party], int]] = []
_counts: list[Callable[[Party, Party], int]] = []


def register(count: Callable[[Party, Party], int], hand_over: Callable[[Party, Party, Party], int]) -> None:
    """Make known how open work is counted (of, by) and handed over (from, to, by); called once at start."""
    _counts.append(count)
    _ways.append(hand_over)


def open_work(party: Party, *, by: Party) -> int:
    """How many pieces of open work lie with a party, within reach of whoever would hand them over."""
    return sum(count(party, by) for count in _counts)


def hand_over(party: Party, *, to: Party, by: Party) -> int:
    """Give all that open work of a party to another; how many pieces."""
    return sum(way(party, to, by) for way in _ways)
