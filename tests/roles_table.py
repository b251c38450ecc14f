"""The page docs/roles.md: role × scope × verb, made by asking the policy of every room. Needs no database."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.urls import get_resolver

from shenava.complaints.models import Complaint
from shenava.complaints.policy import RULES, sees
from shenava.deadlines.models import Calendar
from shenava.journal.actions import Room, all_rooms
from shenava.messages.models import Mailbox, Outgoing, OutgoingState, Raw, RawState
from shenava.people.models import Party, PartyKind, Role
from shenava.people.standing import WORKS_IN_UNITS, Standing
from shenava.process.models import Instance, ProcessVersion
from shenava.process.runs import DEFAULT

ME, OTHER, MY_UNIT, OTHER_UNIT = 1, 2, 11, 12
MAY, OWN, UNSEEN, NEVER = "●", "◐", "○", "·"
HEAD = """# Who may do what

This page is made by `bin/docs`, which asks the policy of every room; a test holds it to the policies.

A role is held in a unit, and then in the units below it too, or everywhere. What somebody may *see* depends on
where the role is held; what somebody may *do* depends on the role, on who holds the complaint, and on the stage.

- ● may
- ◐ only what one holds oneself; among people: only to oneself
- ○ without reading the complaint
- · may not

## Who sees a complaint

{seeing}

Whoever is named in a complaint (`excluded`) neither reads it nor does anything to it, in any role; only the work of
somebody who leaves is handed over unread. A deputy sees what the one who is away sees, while the delegation lasts.
A deactivated account sees nothing and does nothing.
"""
TITLES = {
    "complaints": "Complaints",
    "people": "People, units, the organisation",
    "deadlines": "Calendars and promises",
    "messages": "Mailboxes and the outbox",
    "mailroom": "Mail that could not be read",
}
NOTES = {
    "complaints": "The process must allow the verb at the present stage, too: see [the process](process.md). Within\n"
    "their units, managers do everything without holding it.",
    "people": "Nobody deactivates himself, takes back a role of his own or resets his own second factor.",
}


def page() -> str:
    """The whole page as Markdown."""
    assert get_resolver().url_patterns, "the doors bring every room with them"
    rooms = sorted(all_rooms().values(), key=lambda room: [*TITLES, room.name].index(room.name))
    return "\n".join([HEAD.format(seeing=table(seeing())), *[chapter(room) for room in rooms]])


def chapter(room: Room) -> str:
    """What every role may do in one room."""
    rows = [["verb", *[name for name, _ in cast()]]]
    rows += [[f"`{verb}`", *[mark(room, verb, who) for _, who in cast()]] for verb in in_order(room)]
    note = NOTES.get(room.name, "")
    return f"## {TITLES.get(room.name, room.name)}\n\n{table(rows)}\n" + (f"\n{note}\n" if note else "")


def in_order(room: Room) -> list[str]:
    """Verbs of complaints in the order of a complaint's life, others as they stand in the menu."""
    return sorted(room.menu, key=list(RULES).index) if room.name == "complaints" else list(room.menu)


def table(rows: list[list[str]]) -> str:
    """Rows as a Markdown table; the first is the head."""
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]])


def cast() -> Iterator[tuple[str, Party]]:
    """The seven roles, each held in one unit, the complainant's side, and the program itself."""
    for role in Role:
        yield str(role.label), somebody(role)
    yield "complainant", party(PartyKind.PERSON, roles={}, ids={ME})
    yield "program", party(PartyKind.SYSTEM, roles={}, ids={ME})


def somebody(role: Role, *, everywhere: bool = False) -> Party:
    """A person in one role, in one unit or everywhere."""
    units = {MY_UNIT, OTHER_UNIT} if everywhere else {MY_UNIT}
    ids = {ME} | (units if role in WORKS_IN_UNITS else set())
    return party(PartyKind.PERSON, roles={role: None if everywhere else frozenset(units)}, ids=ids)


def party(kind: str, *, roles: dict[str, frozenset[int] | None], ids: set[int]) -> Party:
    """A party whose standing is known, so that policies ask the database nothing."""
    made = Party(pk=ME, kind=kind)
    made._standing = Standing(ME, kind, roles=roles, ids=frozenset(ids))  # type: ignore[attr-defined]
    return made


def mark(room: Room, verb: str, who: Party) -> str:
    """The widest situation in which the policy allows the verb."""
    allowed = (sign for sign, subject in situations(room.name, verb, who) if room.may(who, verb, subject))
    return next(allowed, NEVER)


def situations(room: str, verb: str, who: Party) -> Iterator[tuple[str, Any]]:
    """What a verb may be asked for, from the widest to the narrowest."""
    if room == "complaints":
        yield from about_complaints(verb)
    elif room == "people":
        yield from ((MAY, Party(pk=OTHER)), (OWN, who))
    elif room == "messages":
        stuck = Outgoing(state=OutgoingState.FAILED, body="words")
        yield MAY, stuck if verb in ("resend", "give_up") else Mailbox()
    else:
        yield MAY, Raw(state=RawState.FAILED) if room == "mailroom" else Calendar()


def about_complaints(verb: str) -> Iterator[tuple[str, Complaint | None]]:
    """One's unit's complaint that a colleague holds, one's own, a stranger's; each in every stage."""
    if verb == "register":
        yield MAY, None
        return
    for sign, facts in (
        (MAY, {"readers": [MY_UNIT], "owner_id": OTHER, "complainant_id": ME}),
        (OWN, {"readers": [MY_UNIT, ME], "owner_id": ME, "complainant_id": ME}),
        (UNSEEN, {"readers": [OTHER_UNIT], "owner_id": OTHER, "complainant_id": OTHER, "unit_id": OTHER_UNIT}),
    ):
        for stage, node in definition()["nodes"].items():
            if node["kind"] != "start":
                yield sign, complaint(stage, **facts)


def definition() -> dict[str, Any]:
    """The delivered process."""
    content: dict[str, Any] = json.loads(DEFAULT.read_text(encoding="utf-8"))
    return content


def complaint(stage: str, **facts: Any) -> Complaint:
    """A complaint that stands in a stage of the delivered process; never saved."""
    made = Complaint(**({"pk": 7, "unit_id": MY_UNIT, "stage": stage} | facts))
    version = ProcessVersion(graph=definition(), sha256="delivered")
    made._state.fields_cache["instance"] = Instance(version=version, state={"tokens": [stage]})
    return made


def seeing() -> list[list[str]]:
    """Roles against where they are held and where the complaint lies."""
    rows = [["role", "held in a unit: complaints of the unit", "of another unit", "held everywhere: any complaint"]]
    here = complaint("registered", complainant_id=OTHER, readers=[MY_UNIT])
    there = complaint("registered", complainant_id=OTHER, readers=[OTHER_UNIT])
    for role in Role:
        local, general = somebody(role)._standing, somebody(role, everywhere=True)._standing  # type: ignore[attr-defined]
        found = (sees(local, here), sees(local, there), sees(general, there))
        rows.append([str(role.label), *[MAY if seen else NEVER for seen in found]])
    return rows
