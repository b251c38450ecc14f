"""The page docs/roles.md: role × scope × verb, made by asking the policy of every room about rows of the cast."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.urls import get_resolver

from shenava.common import clock
from shenava.complaints.models import Complaint, Export, ListView, Mandate, Response
from shenava.complaints.models.complaint import OpenItem, Task
from shenava.complaints.policy import RULES, sees
from shenava.deadlines.models import Escalation
from shenava.journal.actions import Room, all_rooms
from shenava.messages.models import Mailbox, Message, Outgoing, OutgoingState, Raw, RawState
from shenava.people.models import Delegation, LoginSession, Party, Role, Unit
from shenava.people.parties import Introduction
from shenava.people.standing import standing_of
from shenava.process import publishing
from shenava.process.kernel import FINISH
from shenava.process.models import ProcessVersion
from tests.process.samples import branching
from tests.world import World, person

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
    "exports": "Exports of lists",
    "views": "Views that colleagues share",
    "taxonomy": "Categories",
    "people": "People, units, the organisation",
    "deadlines": "Calendars and promises",
    "rules": "Decision tables",
    "processes": "Processes",
    "messages": "Mailboxes and the outbox",
    "mailroom": "Mail that could not be read",
}
NOTES = {
    "complaints": "The process must allow the verb at the present stage, too: see [the process](process.md). Within\n"
    "their units, managers do everything without holding it.",
    "people": "Nobody deactivates himself, takes back a role of his own or resets his own second factor.",
}


def page(world: World) -> str:
    """The whole page as Markdown."""
    told = answers(world)
    chapters = [chapter(name, told[name]) for name in sorted(told, key=lambda name: [*TITLES, name].index(name))]
    return "\n".join([HEAD.format(seeing=table(seeing(world))), *chapters])


def chapter(name: str, verbs: dict[str, list[str]]) -> str:
    """What every role may do in one room."""
    rows = [["verb", *ROLES, "complainant", "program"]]
    rows += [[f"`{verb}`", *marks] for verb, marks in verbs.items()]
    note = NOTES.get(name, "")
    return f"## {TITLES.get(name, name)}\n\n{table(rows)}\n" + (f"\n{note}\n" if note else "")


def table(rows: list[list[str]]) -> str:
    """Rows as a Markdown table; the first is the head."""
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]])


ROLES = [str(role.label) for role in Role]


def answers(world: World) -> dict[str, dict[str, list[str]]]:
    """By room and verb, a mark for each of the cast: the seven roles, the complainant's side, the program."""
    assert get_resolver().url_patterns, "the doors bring every room with them"
    base = world.complaint(representative=Introduction(name="Kaveh Vakili"), authority="lawyer")
    _answer_long_ago(base, world)
    cast = [*[colleague("doing", role, world.service) for role in Role], base.complainant, world.system]
    mail = Raw.objects.create(content=b"?", size=1, sha256="", received_at=clock.now(), state=RawState.FAILED)
    return {
        room.name: {verb: [mark(room, verb, who, world, base, mail) for who in cast] for verb in in_order(room)}
        for room in all_rooms().values()
    }


def _answer_long_ago(base: Complaint, world: World) -> None:
    """A response that was never answered, so that silence can be warned of and ended."""
    long_ago = clock.now() - timedelta(days=60)
    said = Message.objects.create(complaint=base, direction="out", channel="portal", kind="response", at=long_ago)
    Response.objects.create(
        complaint=base, message=said, by=world.sara, at=long_ago, warn_at=long_ago, lapse_at=long_ago
    )


def colleague(name: str, role: Role, where: Unit | None) -> Party:
    """Somebody new in one role, in one unit or everywhere; the name makes the address."""
    return person(f"{name}-{role} Holder", role, where)


def in_order(room: Room) -> list[str]:
    """Verbs of complaints in the order of a complaint's life, others as they stand in the menu."""
    return sorted(room.menu, key=list(RULES).index) if room.name == "complaints" else list(room.menu)


def mark(room: Room, verb: str, who: Party, world: World, base: Complaint, mail: Raw) -> str:
    """The widest situation in which the policy allows the verb."""
    asked = situations(room.name, verb, who, world, base, mail)
    return next((sign for sign, subject in asked if room.may(who, verb, subject)), NEVER)


def situations(room: str, verb: str, who: Party, world: World, base: Complaint, mail: Raw) -> Iterator[tuple[str, Any]]:
    """What a verb may be asked for, from the widest to the narrowest."""
    if room == "complaints":
        yield from about_complaints(verb, who, world, base)
    elif room == "people":
        yield from ((MAY, world.reza), (OWN, who), (OWN, Delegation(delegator=who)))
        if hasattr(who, "user"):
            yield OWN, LoginSession(user=who.user)
    elif room == "messages":
        stuck = Outgoing(state=OutgoingState.FAILED, body="words")
        yield MAY, stuck if verb in ("resend", "give_up") else Mailbox()
    elif room == "exports":
        yield from ((MAY, None), (OWN, Export(party=who)))
    elif room == "views":
        yield MAY, ListView(party=world.sara, is_shared=True)
    else:
        yield MAY, mail if room == "mailroom" else world.organisation.calendar


def about_complaints(verb: str, who: Party, world: World, base: Complaint) -> Iterator[tuple[str, Complaint | None]]:
    """One's unit's complaint that a colleague holds, one's own, a stranger's; each in every stage."""
    if verb == "register":
        yield MAY, None
        return
    readers, strangers = [world.service.pk], [world.sales.pk]
    for sign, facts in (
        (MAY, {"readers": readers, "owner_id": world.sara.pk}),
        (OWN, {"readers": [*readers, who.pk], "owner_id": who.pk}),
        (UNSEEN, {"readers": strangers, "owner_id": world.reza.pk, "unit_id": world.sales.pk, "complainant_id": 0}),
    ):
        for key, node in publishing.graph_of(base.instance.version).nodes.items():
            if node.kind != "start":
                yield sign, _with_a_step(_ready(changed(base, key, **facts), verb), verb)


def _ready(complaint: Complaint, verb: str) -> Complaint:
    """Only an accepted mandate can be withdrawn, and only a promised call be kept."""
    if verb == "keep_call":
        complaint.open_tasks = [Task(complaint.owner_id, "call")]
    if verb == "undo_escalation":
        complaint._prefetched_objects_cache = {"escalations": [Escalation()]}
    if verb == "withdraw_mandate":
        complaint._state.fields_cache["mandate"] = Mandate(accepted_at=clock.now())
    return complaint


def _with_a_step(complaint: Complaint, verb: str) -> Complaint:
    """Only a process with tasks has steps to finish; here one lies with whoever holds the complaint."""
    if verb == FINISH:
        complaint.instance.version = ProcessVersion(graph=branching(), sha256="with tasks")
        complaint.instance.state = {"here": "in_handling", "tokens": {"1": ["in_handling"], "2": ["inspect"]}}
        complaint.open_items = [OpenItem("task", complaint.owner_id, "", None, "2")]
    return complaint


def changed(base: Complaint, stage: str, **facts: Any) -> Complaint:
    """The complaint as it would be in another stage, with another holder; never saved."""
    made = copy.copy(base)
    made._state = copy.copy(base._state)
    made._state.fields_cache = {"instance": copy.copy(base.instance)}
    is_end = publishing.graph_of(base.instance.version).nodes[stage].kind == "end"
    made.instance.state = {"here": stage, "tokens": {} if is_end else {"1": [stage]}}
    made.__dict__.update(facts, stage=stage)
    made.open_tasks = [Task(facts["owner_id"], "safety")]
    return made


def seeing(world: World) -> list[list[str]]:
    """Roles against where they are held and where the complaint lies."""
    here, there = world.complaint(), world.complaint(unit=world.sales)
    rows = [["role", "held in a unit: complaints of the unit", "of another unit", "held everywhere: any complaint"]]
    for role in Role:
        local = standing_of(colleague("local", role, world.service))
        general = standing_of(colleague("general", role, None))
        found = (sees(local, here), sees(local, there), sees(general, there))
        rows.append([str(role.label), *[MAY if seen else NEVER for seen in found]])
    return rows
