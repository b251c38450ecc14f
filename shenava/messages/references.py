"""Signed references: a Message-ID of ours proves which mail of ours is being answered.

`<c{complaint}.o{outgoing}.{signature}@{domain}>`: whoever did not get the mail cannot make one up. The
signature covers numbers and domain: HMAC-SHA256, 120 bits kept. It proves that the mail was seen, never
who is writing.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from typing import NamedTuple

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

PURPOSE = "shenava.messages.references"
KEPT_BYTES = 15
MOST = 50
PATTERN = re.compile(r"<c(\d{1,18})\.o(\d{1,18})\.([a-z2-7]{24})@([A-Za-z0-9.-]{1,200})>")


class Reference(NamedTuple):
    """What a Message-ID of ours stands for. A mail about no complaint has None."""

    complaint_id: int | None
    outgoing_id: int


def sign(complaint_id: int | None, outgoing_id: int, domain: str) -> str:
    """The Message-ID of an outgoing mail, with its angle brackets."""
    local = f"c{complaint_id or 0}.o{outgoing_id}"
    return f"<{local}.{_signature(f'{local}@{domain}', settings.SECRET_KEY)}@{domain}>"


def complaint_of(values: Iterable[str]) -> Reference | None:
    """The mail of ours that these header values (In-Reply-To first, then References) refer to.

    The nearest true reference wins: in each value from the last id to the first. Others count for nothing.
    """
    for value in values:
        for found in reversed(list(PATTERN.finditer(value[-65536:]))[-MOST:]):
            complaint, outgoing, signature, domain = found.groups()
            if _is_ours(f"c{complaint}.o{outgoing}@{domain}", signature):
                return Reference(int(complaint) or None, int(outgoing))
    return None


def _is_ours(content: str, signature: str) -> bool:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(constant_time_compare(signature, _signature(content, secret)) for secret in secrets)


def _signature(content: str, secret: str | bytes) -> str:
    digest = salted_hmac(PURPOSE, content, secret=secret, algorithm="sha256").digest()
    return base64.b32encode(digest[:KEPT_BYTES]).decode().lower()
