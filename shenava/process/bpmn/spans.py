"""Spans: how long something takes, as ISO 8601 writes it. Only what a process can wait for: days and hours."""

from __future__ import annotations

import re
from collections.abc import Mapping

DURATION = re.compile(r"P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:0+S)?)?", re.ASCII)
CYCLE = re.compile(r"R(\d{1,3})/(P.*)", re.ASCII)


def duration(span: Mapping[str, int]) -> str:
    """A span as a duration, whether it counts working time or not: P10D, PT24H."""
    unit, number = next(iter(span.items()), ("days", 0))
    return f"PT{number}H" if unit.endswith("hours") else f"P{number}D"


def span(text: str, *, working: bool) -> dict[str, int] | None:
    """The span of a duration, in whole days or else hours; None for what is none, is nothing or never ends."""
    found = DURATION.fullmatch(text.strip())
    if found is None:
        return None
    weeks, days, hours, minutes = (int(part or 0) for part in found.groups())
    if minutes % 60 or not (weeks or days or hours or minutes):
        return None
    prefix = "working_" if working else ""
    hours += minutes // 60
    if hours or "T" in text:
        return {f"{prefix}hours": (weeks * 7 + days) * 24 + hours}
    return {f"{prefix}days": weeks * 7 + days}


def cycle(span: Mapping[str, int], repeat: int) -> str:
    """A span that comes round: once, and so often again."""
    return f"R{repeat + 1}/{duration(span)}"


def from_cycle(text: str, *, working: bool) -> tuple[dict[str, int], int] | None:
    """The span of a cycle, and how often it comes again after the first time."""
    found = CYCLE.fullmatch(text.strip())
    after = span(found[2], working=working) if found else None
    if found is None or after is None or int(found[1]) < 1:
        return None
    return after, int(found[1]) - 1


def spelled(span: Mapping[str, int]) -> str:
    """A span in an attribute of ours."""
    return " ".join(f"{number} {unit}" for unit, number in span.items())


def unspelled(text: str) -> dict[str, int] | None:
    """The span that an attribute of ours spells; None for anything else."""
    words = text.split()
    if len(words) % 2 or not all(re.fullmatch(r"-?\d{1,9}", word, re.ASCII) for word in words[::2]):
        return None
    return {unit: int(number) for number, unit in zip(words[::2], words[1::2], strict=True)}
