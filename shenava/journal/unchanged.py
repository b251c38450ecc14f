"""Unchanged: what the set-up says, kept in the process for as long as the record of its changes stands still.

Whoever changes the set-up writes a fact of it, and every fact moves the head of its stream to a hash that was never
there before. So the heads tell in one short query whether what is kept is still true, in this transaction too.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from time import monotonic
from typing import Any, NamedTuple, TypeVar

from django.db import connection

from shenava.common.remembering import is_settled, once

T = TypeVar("T")
SECONDS = 60
"""After this it is asked again all the same, for whoever changes rows by hand."""
HEADS = """
    SELECT string_agg(head, '' ORDER BY name) FROM journal_stream
    WHERE name IN ('people', 'settings') OR name >= 'process:' AND name < 'process;'"""
ABOUT = ("people", "settings", "process")
"""The rooms and streams whose facts change the set-up."""


class _Kept(NamedTuple):
    stamp: tuple[str, str]
    until: float
    answer: Any


_kept: dict[Hashable, _Kept] = {}


def while_unchanged(key: Hashable, ask: Callable[[], T]) -> T:
    """The answer to a question about the set-up: kept from an earlier time, unless something was changed since.

    At most one query for however many questions within a request or verb; the rest is `ask`'s. What is kept is
    shared: nobody may change it. Where this block has changed the set-up itself it is asked anew.
    """
    if not is_settled():
        return ask()
    stamp, now = (str(connection.settings_dict["NAME"]), once(_stamp)), monotonic()
    kept = _kept.get(key)
    if stamp[1] and kept is not None and kept.stamp == stamp and now < kept.until:
        answer: T = kept.answer
        return answer
    answer = ask()
    if stamp[1]:
        _kept[key] = _Kept(stamp, now + SECONDS, answer)
    return answer


def is_about(stream: str) -> bool:
    """Do the facts of this stream change the set-up?"""
    return stream.partition(":")[0] in ABOUT


def ask_anew() -> None:
    """Everything that was kept may be true no more."""
    _kept.clear()


def _stamp() -> str:
    with connection.cursor() as cursor:
        cursor.execute(HEADS)
        return cursor.fetchone()[0] or ""
