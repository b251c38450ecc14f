"""Mail that could not be read: it waits where a person sees it."""

from __future__ import annotations

from shenava.messages.models import Raw
from shenava.people.models import Role
from shenava.people.standing import Standing


def waiting_count(standing: Standing) -> int | None:
    """How many wait; None for those who have nothing to do with them."""
    if not standing.has(Role.CONTACT_AGENT, Role.COMPLAINT_OFFICER, Role.COMPLAINTS_MANAGER):
        return None
    return Raw.objects.filter(state="failed").count()
