"""What receiving servers found out about a sender, from Authentication-Results (RFC 8601).

Anybody can write that header; the intake believes it only where `authserv_id` is its own trusted receiver,
and only the topmost one is read, because that is the one written last.
"""

from __future__ import annotations

import re

from .headers import Headers
from .shapes import Auth

_COMMENT = re.compile(r"\([^()]*\)")
_RESULT = re.compile(r"\b(spf|dkim|dmarc)\s*=\s*([a-z]{1,12})", re.IGNORECASE)
_RECEIVED_SPF = re.compile(r"^\s*([a-z]{1,12})\b", re.IGNORECASE)


def authentication(headers: Headers) -> Auth:
    """The topmost results; of several signatures one that passes counts. Without any, Received-SPF is "
    "told."""
    letters = _COMMENT.sub(" ", headers.letters("authentication-results")[:8_000])
    if not letters.strip():
        found = _RECEIVED_SPF.match(headers.letters("received-spf"))
        return Auth(spf=found.group(1).lower() if found is not None else None)
    server, _, results = letters.partition(";")
    if "=" in server:
        server, results = "", letters
    verdicts: dict[str, str] = {}
    for method, verdict in _RESULT.findall(results.lower()):
        if verdicts.get(method) != "pass":
            verdicts[method] = verdict
    name = server.split()[0].lower() if server.split() else None
    return Auth(name, verdicts.get("spf"), verdicts.get("dkim"), verdicts.get("dmarc"))
