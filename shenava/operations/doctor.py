"""The doctor: looks at everything that can go wrong in silence, and says what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple

import psycopg
from django.db import Error

from shenava.operations.binaries import NoPostgresError

Level = Literal["ok", "warn", "fail"]


class Finding(NamedTuple):
    """One line of the table: how it is, what was seen, and what to do about it."""

    level: Level
    said: str
    do: str = ""


Check = Callable[[], Iterable[Finding]]


def report() -> int:
    """Print the table; 1 if anything fails, else 0."""
    findings = examine()
    for finding in findings:
        print(f"{finding.level:5} {finding.said}")
        if finding.do:
            print(f"      → {finding.do}")
    counted = {level: sum(finding.level == level for finding in findings) for level in ("ok", "warn", "fail")}
    print(", ".join(f"{count} {level}" for level, count in counted.items()))
    return 1 if counted["fail"] else 0


def examine() -> list[Finding]:
    """All findings. Without a database, or before its migrations, only what can be said then."""
    from shenava.operations import checks  # noqa: PLC0415 -- the types above are its own

    findings = [*_asked(checks.database)]
    if all(finding.level != "fail" for finding in findings):
        findings += [found for check in checks.WITHIN for found in _asked(check)]
    return findings + [found for check in checks.AROUND for found in _asked(check)]


def _asked(check: Check) -> list[Finding]:
    try:
        return list(check())
    except (Error, psycopg.Error, OSError, NoPostgresError) as fault:
        name = getattr(check, "__name__", "?").replace("_", " ")
        return [Finding("fail", f"{name}: {str(fault).strip().splitlines()[0]}", "see to this first")]
