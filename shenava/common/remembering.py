"""Remembering: what the set-up says is asked for once within a request or verb, however many parts want to know."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")
_kept: ContextVar[dict[Callable[[], Any], Any] | None] = ContextVar("remembered", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Within the block each thing is asked for once; a block within a block remembers with it."""
    if _kept.get() is not None:
        yield
        return
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def once(ask: Callable[[], T]) -> T:
    """The answer to this question, asked anew unless it is remembered; that there is nothing (None) is not."""
    kept = _kept.get()
    if kept is None:
        return ask()
    if kept.get(ask) is None:
        kept[ask] = ask()
    answer: T = kept[ask]
    return answer


def forget() -> None:
    """What was remembered may be true no more: this block has changed the set-up."""
    kept = _kept.get()
    if kept is not None:
        kept.clear()
        kept[forget] = True


def is_settled() -> bool:
    """Is this within a block, and has it changed nothing of the set-up so far?"""
    kept = _kept.get()
    return kept is not None and forget not in kept
