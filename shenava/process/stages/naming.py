"""Naming: the keys of what follows from the form, made of the keys of its places."""

from __future__ import annotations

from shenava.process.stages.form import LONGEST_KEY


def derived(place: str, *words: str) -> str:
    """The key of what belongs to a place, no longer than a key may be."""
    end = "_".join(words)[:25]
    return f"{place[: LONGEST_KEY - len(end) - 1]}_{end}"
