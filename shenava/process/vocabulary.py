"""The words a process may use: verbs that rooms above have registered."""

from __future__ import annotations

from collections.abc import Iterable

_verbs: set[str] = set()


def register_verbs(verbs: Iterable[str]) -> None:
    """Make verbs known; called once at start, by the room that owns them."""
    _verbs.update(verbs)


def known_verbs() -> frozenset[str]:
    """Every verb that a definition may name."""
    return frozenset(_verbs)
