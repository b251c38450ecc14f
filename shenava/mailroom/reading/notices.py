"""Delivery reports that come as JSON inside a mail: Amazon's notification service writes them so."""

from __future__ import annotations

import json
import re
from typing import Any

from .reasons import kind_of, reason_of
from .shapes import Bounce, Failure

_MARK = re.compile(r'"(?:notificationType|eventType)"\s*:\s*"Bounce"')


def amazon_notice(text: str) -> Bounce | None:
    """The bounce in a notification of Amazon SES; None where the text is none."""
    begun = text.find("{")
    if begun < 0 or begun > 2_000 or _MARK.search(text[:200_000]) is None:
        return None
    try:
        said = json.JSONDecoder().raw_decode(text[begun:200_000])[0]
    except (ValueError, RecursionError):
        said = _pieces(text[:200_000])
    return _told(said) if isinstance(said, dict) else None


def _pieces(text: str) -> dict[str, Any]:
    """What a broken or cut notice still says, field by field."""
    found = {
        key: re.search(rf'"{key}"\s*:\s*"([^"]{{1,500}})"', text)
        for key in ("emailAddress", "status", "diagnosticCode", "action", "messageId", "bounceType")
    }
    one = {key: match.group(1) for key, match in found.items() if match is not None}
    return {"bounce": {"bouncedRecipients": [one], "bounceType": one.get("bounceType")}, "mail": one}


def _told(said: dict[str, Any]) -> Bounce | None:
    bounce, mail = said.get("bounce"), said.get("mail")
    if not isinstance(bounce, dict):
        return None
    listed = bounce.get("bouncedRecipients")
    failures = tuple(_failure(one) for one in listed if isinstance(one, dict)) if isinstance(listed, list) else ()
    first = failures[0] if failures else Failure(None, None, None, None)
    reason = reason_of(first.diagnostic or "", first.status)
    kind = kind_of(reason, first.status, first.action)
    if reason is None:
        kind = {"Permanent": "hard", "Transient": "soft"}.get(str(bounce.get("bounceType")), "unknown")
    original = str(mail.get("messageId") or "") if isinstance(mail, dict) else ""
    return Bounce(kind, first.recipient, first.status, reason, original or None, first.diagnostic, failures[:50])


def _failure(one: dict[str, Any]) -> Failure:
    said = {key: str(one[key])[:500] for key in ("emailAddress", "action", "status", "diagnosticCode") if one.get(key)}
    diagnostic = said.get("diagnosticCode", "").partition(";")[2].strip() or said.get("diagnosticCode")
    return Failure(said.get("emailAddress"), said.get("action"), said.get("status"), diagnostic)
