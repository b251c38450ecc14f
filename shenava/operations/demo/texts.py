"""The texts of the demo: who works there, who complains of what, and how people there write."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

PLACE = Path(__file__).parent / "texts"
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@cache
def read(name: str) -> Any:
    """One of the files of texts."""
    return json.loads((PLACE / f"{name}.json").read_text(encoding="utf-8"))


def topics(language: str) -> list[dict[str, Any]]:
    """What is complained of in a language; the first one is the fault that recurs."""
    told: list[dict[str, Any]] = read(f"topics_{language}")
    return told


def said(language: str, what: str, dice: Random) -> str:
    """A phrase of a complainant, or to one."""
    return str(dice.choice(read("phrases")["said"][language][what]))


def ours(what: str, dice: Random) -> str:
    """A phrase that staff write for each other."""
    return str(dice.choice(read("phrases")["ours"][what]))


def numbers(language: str, dice: Random) -> dict[str, str]:
    """The numbers that stand in a text, in the digits of its language."""
    drawn = {
        "days": dice.randint(8, 60),
        "weeks": dice.randint(2, 6),
        "order": dice.randint(2100, 9800),
        "amount": dice.randint(4, 48) * 100_000,
    }
    return {name: _written(name, number, language) for name, number in drawn.items()}


def _written(name: str, number: int, language: str) -> str:
    text = f"{number:,}" if name == "amount" else str(number)
    if language == "fa":
        return text.replace(",", "٬").translate(PERSIAN)
    if name == "amount":
        return f"{text} toman" if language == "en" else f"{text} טומאן"
    return text
