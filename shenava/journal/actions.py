"""@action: how every verb of every room runs. Transaction, lock, policy, verb, process, done."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, overload

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shenava.common.remembering import remembering
from shenava.journal.recording import recorded_facts

if TYPE_CHECKING:
    from shenava.people.models import Party

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Verdict:
    """May they? Falsy with a reason when refused."""

    reason: Promise | str = ""

    def __bool__(self) -> bool:
        return not self.reason


ALLOWED = Verdict()
GONE = Verdict(_("Somebody was quicker: this is not there any more."))


class Refused(PermissionDenied):
    """A verb was refused; the reason is a sentence for the person who asked."""

    def __init__(self, verdict: Verdict, verb: str) -> None:
        super().__init__(str(verdict.reason))
        self.reason, self.verb = verdict.reason, verb


class ForgottenFactError(RuntimeError):
    """A verb ended without leaving a fact: a fault of ours."""


class May(Protocol):
    """A room's policy: may this party do this verb to this subject (None: nothing yet) now?"""

    def __call__(self, by: Party, verb: str, subject: Any, /) -> Verdict: ...


def no_process(subject: Any, verb: str, by: Party) -> None:
    """Rooms without a process: a verb moves nothing on."""


@dataclass
class Room:
    """What `@action` needs of a room: its name, its policy and what moves on after a verb."""

    name: str
    may: May
    advance: Callable[[Any, str, Party], None] = no_process
    menu: dict[str, Callable[..., Any]] = field(default_factory=dict)


_rooms: dict[str, Room] = {}


def all_rooms() -> dict[str, Room]:
    """Every room that has verbs, by name, each with its menu."""
    return dict(_rooms)


class ActionDecorator(Protocol):
    @overload
    def __call__(self, verb: F, /) -> F: ...
    @overload
    def __call__(
        self, /, *, creates: bool = False, locks: tuple[str, ...] = (), after: str = ""
    ) -> Callable[[F], F]: ...


def action_for(room: Room) -> ActionDecorator:
    """The `@action` of a room. `@action(creates=True)` is for verbs whose subject does not exist yet;
    `@action(locks=("other",))` for verbs over two rows: both are locked, in the order of their keys;
    `@action(after="whole")` for one whose subject points to a row that is changed with it: that is locked first,
    as it is by verbs that begin there."""
    _rooms[room.name] = room

    def action(verb: Any = None, /, *, creates: bool = False, locks: tuple[str, ...] = (), after: str = "") -> Any:
        if verb is None:
            return functools.partial(_as_action, room, creates=creates, locks=locks, after=after)
        return _as_action(room, verb, creates=False, locks=(), after="")

    return action


def _as_action(room: Room, verb: F, *, creates: bool, locks: tuple[str, ...], after: str) -> F:
    name = verb.__name__

    @functools.wraps(verb)
    def run(*subjects: models.Model, by: Party, **details: Any) -> Any:
        with transaction.atomic(), remembering():
            before = recorded_facts.get()
            if after and getattr(subjects[0], after) is not None:
                _locked(getattr(subjects[0], after))
            locked, details = ([], details) if creates else _locked_all(subjects[0], details, locks)
            verdict = room.may(by, name, locked[0] if locked else None)
            if not verdict:
                raise Refused(verdict, name)
            result = verb(*locked, by=by, **details)
            if recorded_facts.get() == before:
                raise ForgottenFactError(name)
            room.advance(result if creates else locked[0], name, by)
        if locked:
            subjects[0].__dict__.update(locked[0].__dict__)
        return result

    room.menu[name] = run
    return run  # type: ignore[return-value]


def _locked_all(
    subject: models.Model, details: dict[str, Any], locks: tuple[str, ...]
) -> tuple[list[models.Model], dict[str, Any]]:
    """The subject, and those of the details that the verb names, as they are now: locked in the order of their
    keys, so that two verbs over the same rows wait for each other instead of both for ever."""
    wanted = {"": subject} | {name: details[name] for name in locks}
    fresh = {name: _locked(row) for name, row in sorted(wanted.items(), key=lambda pair: pair[1].pk)}
    return [fresh.pop("")], details | fresh


def _locked(subject: models.Model) -> models.Model:
    """The subject as it is now, its row locked until the transaction ends; rows that point to it may still be added."""
    rows = type(subject)._default_manager.select_for_update(of=("self",), no_key=True)
    found = rows.filter(pk=subject.pk).first()
    if found is None:
        raise Refused(GONE, "")
    return found
