"""What is known of a complaint, by field: what the conditions of a process may ask."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shenava.complaints.models import Complaint

FIELDS = (
    "record_type", "channel", "directness", "source", "subject", "language", "product", "serial", "severity",
    "importance", "priority", "is_safety", "is_legal", "is_media", "reopened_count", "is_anonymous", "is_about_staff",
    "requested_remedies",
)  # fmt: skip


def facts_of(complaint: Complaint) -> Mapping[str, Any]:
    """Every field with what is the case now; a field that nobody filled in is empty."""
    return {name: getattr(complaint, name) for name in FIELDS}
