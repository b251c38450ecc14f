"""Priority: what severity and importance make together. A table, and how to read it. Pure."""

from __future__ import annotations

# One line for each severity from 1 to 5, in it one priority (1 low … 4 top) for each importance from 1 to 5.
TABLE: tuple[tuple[int, ...], ...] = (
    (1, 1, 1, 2, 2),
    (1, 1, 2, 2, 3),
    (1, 2, 2, 3, 3),
    (2, 2, 3, 3, 4),
    (3, 3, 4, 4, 4),
)
TOP = 4


def priority(severity: int, importance: int, *, is_safety: bool = False) -> int:
    """The priority from 1 to 4; where people may come to harm it is the highest, whatever the table says."""
    return TOP if is_safety else TABLE[severity - 1][importance - 1]
