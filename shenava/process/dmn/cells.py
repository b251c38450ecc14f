"""Cells: the few forms of FEEL that compare a fact with values, and the conditions they are. Nothing is evaluated."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from shenava.common.safe_xml import NEVER_IN_XML

LITERAL = r'"(?:[^"\\]|\\.)*"|-?\d{1,15}(?:\.\d{1,9})?|true|false'
ONE = re.compile(rf"\s*({LITERAL})\s*", re.ASCII)
LISTED = re.compile(rf"\s*(?:{LITERAL})\s*(?:,\s*(?:{LITERAL})\s*)*", re.ASCII)
COMPARED = re.compile(rf"\s*(<=|>=|!=|<|>|=)\s*({LITERAL})\s*", re.ASCII)
INTERVAL = re.compile(rf"\s*([\[(\]])\s*({LITERAL})\s*\.\.\s*({LITERAL})\s*([\])\[])\s*", re.ASCII)
NOT = re.compile(r"\s*not\s*\((.*)\)\s*", re.DOTALL)
SIGNS = {"=": "is", "!=": "is_not", "<": "less", "<=": "at_most", ">": "more", ">=": "at_least"}
OF_SIGN = {asked: sign for sign, asked in SIGNS.items()}
OPPOSITE = {
    "is": "is_not", "is_not": "is", "in": "not_in", "not_in": "in", "less": "at_least", "at_least": "less",
    "more": "at_most", "at_most": "more", "empty": "not_empty", "not_empty": "empty",
}  # fmt: skip
LONGEST = 2_000
Asked = dict[str, Any]


def asked_by(text: str) -> list[Asked] | None:
    """What a cell asks, without its field: nothing (`-`), one comparison, or the two ends of an interval. None for any
    other form."""
    text = text.strip()
    if text in ("", "-"):
        return []
    if len(text) > LONGEST:
        return None
    inner = NOT.fullmatch(text)
    if inner is None:
        return _plain(text)
    found = _plain(inner[1].strip())
    if found is None or len(found) != 1 or found[0]["is"] not in OPPOSITE:
        return None
    return [found[0] | {"is": OPPOSITE[found[0]["is"]]}]


def said_by(text: str) -> tuple[bool, Any]:
    """Whether a cell says a value that can be read, and which: a literal, a list of them, or nothing (None)."""
    text = text.strip()
    if text in ("", "-", "null"):
        return True, None
    if len(text) > LONGEST:
        return False, None
    if ONE.fullmatch(text):
        return True, literal(text)
    if text.startswith("[") and text.endswith("]") and LISTED.fullmatch(text[1:-1]):
        return True, [literal(one) for one in ONE.findall(text[1:-1])]
    return False, None


def cell_of(conditions: Sequence[Mapping[str, Any]]) -> str:
    """The conditions on one field as a cell, to be read by people and other programs."""
    asked = [one for one in conditions if one.get("is") != "any"]
    if not asked:
        return "-"
    if len(asked) == 1:
        return _cell(str(asked[0].get("is")), asked[0].get("value"))
    ends = {one["is"]: one.get("value") for one in asked}
    low = next((sign for sign in ("at_least", "more") if sign in ends), "")
    high = next((sign for sign in ("at_most", "less") if sign in ends), "")
    if len(asked) == 2 and low and high:
        first, last = "[" if low == "at_least" else "(", "]" if high == "at_most" else ")"
        return f"{first}{_written(ends[low])}..{_written(ends[high])}{last}"
    return " and ".join(_cell(str(one.get("is")), one.get("value")) for one in asked)


def value_of(value: Any) -> str:
    """What a row says, as a literal."""
    return "" if value is None else _written(value)


def literal(text: str) -> Any:
    """The value that a literal is: a text, a number, yes or no."""
    text = text.strip()
    if text.startswith('"'):
        try:
            read = str(json.loads(text, strict=False))
        except ValueError:
            read = text[1:-1]
        return NEVER_IN_XML.sub("", read)
    return json.loads(re.sub(r"^(-?)0+(?=\d)", r"\1", text))


def _plain(text: str) -> list[Asked] | None:
    if text == "null":
        return [{"is": "empty"}]
    if compared := COMPARED.fullmatch(text):
        return [{"is": SIGNS[compared[1]], "value": literal(compared[2])}]
    if interval := INTERVAL.fullmatch(text):
        return _ends(*interval.groups())
    if LISTED.fullmatch(text):
        values = [literal(one) for one in ONE.findall(text)]
        return [{"is": "in", "value": values} if len(values) > 1 else {"is": "is", "value": values[0]}]
    return None


def _ends(first: str, low: str, high: str, last: str) -> list[Asked]:
    if (first, last) == ("[", "]"):
        return [{"is": "between", "value": [literal(low), literal(high)]}]
    return [
        {"is": "at_least" if first == "[" else "more", "value": literal(low)},
        {"is": "at_most" if last == "]" else "less", "value": literal(high)},
    ]


def _cell(asked: str, value: Any) -> str:
    if asked in ("empty", "not_empty"):
        return "null" if asked == "empty" else "not(null)"
    if asked in ("in", "not_in", "is", "is_not"):
        values = value if isinstance(value, list) else [value]
        text = ",".join(map(_written, values))
        return text if asked in ("in", "is") else f"not({text})"
    if asked == "between" and isinstance(value, list) and len(value) == 2:
        return f"[{_written(value[0])}..{_written(value[1])}]"
    return f"{OF_SIGN.get(asked, asked)} {_written(value)}"


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
