"""What receiving servers found out about a sender, from Authentication-Results (RFC 8601).

Anybody can write that header; the intake believes it only where `authserv_id` is its own trusted receiver,
and only the topmost one is read, because that is the one written last.
"""

from __future__ import annotations

import re

from .headers import Headers
from .shapes import Auth

_QUOTED_OR_ESCAPED = re.compile(r'"(?:[^"\\]|\\.)*"|\\.')
_METHOD = re.compile(r"^\s*(spf|dkim|dmarc)\s*(?:/\s*\d+\s*)?=\s*([a-z]{1,12})(?![^\s;])")
_SIGNER = re.compile(r"\sheader\.d\s*=\s*([a-z0-9.-]{1,253})(?![^\s;])")
_IDENTITY = re.compile(r"\sheader\.i\s*=\s*[^\s@]{0,64}@([a-z0-9.-]{1,253})(?![^\s;])")
_RECEIVED_SPF = re.compile(r"^\s*([a-z]{1,12})\b", re.IGNORECASE)


def authentication(headers: Headers) -> Auth:
    """The topmost results; of several signatures one that passes counts, first that of the sender's own domain.
    Without any results, Received-SPF is told.

    A sender chooses words that the receiver repeats in results (`smtp.mailfrom=dmarc=pass@evil.example`), so a
    method counts only where it begins a result, and nothing counts where quotes or brackets are left open.
    """
    letters = headers.letters("authentication-results")[:8_000].lower()
    if not letters.strip():
        found = _RECEIVED_SPF.match(headers.letters("received-spf"))
        return Auth(spf=found.group(1).lower() if found is not None else None)
    bare = _without_comments(_QUOTED_OR_ESCAPED.sub('""', letters))
    if bare is None:
        return Auth()
    server, _, results = bare.partition(";")
    if "=" in server:
        server, results = "", bare
    verdicts, signers = _told(results.split(";"))
    name = server.split()[0] if server.split() else None
    signer = _nearest(signers, headers.letters("from").lower())
    return Auth(name, verdicts.get("spf"), verdicts.get("dkim"), verdicts.get("dmarc"), signer)


def _without_comments(letters: str) -> str | None:
    """Without what stands in brackets, however deep; None where brackets or quotes do not match."""
    kept, depth = [], 0
    for letter in letters.replace('""', " "):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth < 0 or letter == '"':
            return None
        kept.append(" " if depth or letter == ")" else letter)
    return None if depth else "".join(kept)


def _told(results: list[str]) -> tuple[dict[str, str], list[str]]:
    verdicts: dict[str, str] = {}
    signers: list[str] = []
    for result in results[:100]:
        told = _METHOD.match(result)
        if told is None:
            continue
        method, verdict = told.groups()
        if verdicts.get(method) != "pass":
            verdicts[method] = verdict
        signer = _SIGNER.search(result) or _IDENTITY.search(result)
        if method == "dkim" and verdict == "pass" and signer is not None:
            signers.append(signer.group(1).strip("."))
    return verdicts, signers


def _nearest(signers: list[str], sender: str) -> str | None:
    """The signing domain to tell: the longest one that ends the sender's address, else the first."""
    domain = "." + sender.rpartition("@")[2].strip("<> \t")
    own = [signer for signer in signers if domain.endswith("." + signer)]
    return max(own, key=len) if own else next(iter(signers), None)
