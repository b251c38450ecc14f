"""The navigation of the desk: folders with counts, and what an administrator arranges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from shenava.complaints import cartable, policy
from shenava.mailroom.policy import may_see
from shenava.mailroom.unread import unreadable
from shenava.people.models import Role

OVERSEERS = (Role.COMPLAINTS_MANAGER, Role.AUDITOR)
ADMINISTRATION = (
    ("desk:organisation", _("Organisation"), "building-2"),
    ("desk:units", _("Units"), "network"),
    ("desk:people", _("People"), "users"),
    ("desk:calendars", _("Calendars and promises"), "calendar-days"),
    ("desk:bodies", _("External bodies"), "landmark"),
    ("desk:categories", _("Categories"), "tags"),
    ("desk:rules", _("Rules"), "split"),
    ("desk:automations", _("Automations"), "zap"),
    ("desk:templates", _("Texts and templates"), "file-text"),
    ("desk:mailboxes", _("Mailboxes"), "mail"),
    ("desk:processes", _("Processes"), "workflow"),
    ("desk:incidents", _("Processes that stopped"), "octagon-alert"),
)


@dataclass(frozen=True)
class Entry:
    """One line of the navigation."""

    url: str
    label: Promise | str
    icon: str
    count: int = 0
    is_current: bool = False


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The navigation, made when a page of the desk asks for it."""
    return {"navigation": SimpleLazyObject(lambda: _build(request))}


def _build(request: Any) -> dict[str, Any]:
    standing = getattr(request, "standing", None)
    if standing is None:
        return {}
    return {
        "folders": _folders(request) if standing.ids and not _only_administers(standing) else [],
        "administration": _administration(request) if standing.has(Role.ADMINISTRATOR) else [],
        "may_register": bool(policy.verdict(standing, "register", None)),
    }


def _only_administers(standing: Any) -> bool:
    return set(standing.roles) == {Role.ADMINISTRATOR}


def _folders(request: Any) -> list[Entry]:
    standing = request.standing
    mail = {"unread": unreadable} if may_see(standing) else {}
    counts = cartable.counts(standing, **mail)
    entries = [
        _entry(
            request,
            reverse("desk:folder", args=[folder.key]),
            folder.label,
            folder.icon,
            counts.get(folder.key, 0),
        )
        for folder in cartable.FOLDERS.values()
    ]
    entries.append(_entry(request, reverse("desk:list"), _("All complaints"), "layers"))
    if request.standing.has(*OVERSEERS):
        entries.append(_entry(request, reverse("desk:overview"), _("Overview"), "chart-bar"))
    if mail:
        entries.append(_entry(request, reverse("desk:unread"), _("Unreadable mail"), "mail-warning", counts["unread"]))
    return entries


def _administration(request: Any) -> list[Entry]:
    return [_entry(request, reverse(name), label, icon) for name, label, icon in ADMINISTRATION]


def _entry(request: Any, url: str, label: Promise | str, icon: str, count: int = 0) -> Entry:
    return Entry(url, label, icon, count, request.path.startswith(url))
