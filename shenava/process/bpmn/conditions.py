"""Conditions: as an expression that people and other programs read, and exactly, in elements of our own.

An expression is only ever written, and compared with what was written: it is never evaluated.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Any
from xml.etree.ElementTree import Element

from shenava.common.safe_xml import NEVER_IN_XML
from shenava.process.bpmn.vocabulary import ours

SIGNS = {"is": "=", "is_not": "!=", "less": "<", "at_most": "<=", "more": ">", "at_least": ">="}


def expression(conditions: Iterable[Mapping[str, Any]]) -> str:
    """All of these conditions, as FEEL writes them."""
    return " and ".join(_one(str(one["field"]), str(one["is"]), one.get("value")) for one in conditions)


def elements(conditions: Iterable[Mapping[str, Any]]) -> list[Element]:
    """All of these conditions, exactly."""
    return [
        Element("shenava:condition", {key: json.dumps(value, ensure_ascii=False) for key, value in one.items()})
        for one in conditions
    ]


def conditions_of(extensions: Element | None) -> list[dict[str, Any]] | None:
    """The conditions that our elements say; None where one cannot be read."""
    found = extensions.findall(ours("condition")) if extensions is not None else []
    try:
        read = [{key: json.loads(value) for key, value in one.attrib.items()} for one in found]
    except (ValueError, RecursionError):
        return None
    return read if all(is_plain(value) for one in read for value in one.values()) else None


def is_plain(value: Any) -> bool:
    """A text that can be kept, a finite number, yes or no, or a list of such."""
    if isinstance(value, list):
        return all(not isinstance(one, list) and is_plain(one) for one in value)
    if isinstance(value, str):
        return NEVER_IN_XML.search(value) is None
    return isinstance(value, int) or (isinstance(value, float) and isfinite(value))


def _one(field: str, asked: str, value: Any) -> str:
    if asked in ("in", "not_in"):
        listed = f"list contains({_literal(value)}, {field})"
        return listed if asked == "in" else f"not({listed})"
    if asked == "between" and isinstance(value, list) and len(value) == 2:
        return f"{field} in [{_literal(value[0])}..{_literal(value[1])}]"
    if asked in ("empty", "not_empty"):
        return f"{field} {'=' if asked == 'empty' else '!='} null"
    return f"{field} {SIGNS.get(asked, asked)} {_literal(value)}"


def _literal(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
