"""Peers: who is really on the other end of the line. Forwarded addresses count from trusted proxies only."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The address of the client; X-Forwarded-For is believed only from a trusted proxy."""
    peer = str(request.META.get("REMOTE_ADDR", ""))
    if not _is_trusted(peer):
        return peer
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    strangers = [part for part in reversed(forwarded) if part and not _is_trusted(part)]
    return strangers[0] if strangers else peer


def _is_trusted(address: str) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return any(found in ip_network(network, strict=False) for network in settings.TRUSTED_PROXIES)
