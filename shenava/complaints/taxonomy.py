"""The delivered taxonomy: what a new organisation begins with, and may change as it likes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from shenava.complaints.models import Category

DELIVERED = Path(__file__).parent / "definitions" / "taxonomy.json"


def deliver() -> int:
    """Add the delivered categories that are not there; what the organisation changed stays. How many were added."""
    known = set(Category.objects.values_list("code", flat=True))
    told = json.loads(DELIVERED.read_text(encoding="utf-8"))
    upper = [_category(one, place) for place, one in enumerate(told, start=1)]
    added = Category.objects.bulk_create([one for one in upper if one.code not in known])
    parents = {one.code: one for one in Category.objects.filter(parent=None)}
    lower = [
        _category(one, place, parents[above["code"]])
        for above in told
        for place, one in enumerate(above["below"], start=1)
        if one["code"] not in known
    ]
    return len(added) + len(Category.objects.bulk_create(lower))


def _category(told: dict[str, Any], place: int, parent: Category | None = None) -> Category:
    return Category(code=told["code"], names=told["names"], parent=parent, position=place)
