"""Reach: on every way to a complaint, whoever asks gets the answer that visible_to gives, and no other."""

from __future__ import annotations

from itertools import islice
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.http import urlencode

from shenava.attachments import store
from shenava.complaints import actions, personal, policy, sweeps
from shenava.complaints.cartable import FOLDERS, counts
from shenava.complaints.index import keeping
from shenava.complaints.models import Complaint, Export
from shenava.desk import live
from shenava.messages.models import Message, Outgoing
from shenava.people.models import Delegation, LoginSession, Party, Role
from shenava.people.standing import standing_of
from tests.world import MONDAY, World, log_in, person

ROLES = ("agent", "sara", "expert", "approver", "manager", "auditor", "administrator", "reza")
KINDS = ("own unit", "other unit", "closed", "handed to another unit", "about the reader")
SECRET = "Xenolith"  # stands in the title, so that it is found wherever a complaint shows


def party_of(world: World, who: str) -> Party:
    """The cast of the world, with an approver of the same unit."""
    return getattr(world, who, None) or person("Ehsan Azad", Role.APPROVER, world.service)


def complaint_of(world: World, kind: str, reader: Party) -> Complaint:
    """A complaint of this kind, with a file and a formatted message in it."""
    unit = world.sales if kind == "other unit" else world.service
    file = store.take_in(b"A letter.", name=f"{SECRET}.txt")
    complaint = world.complaint(title=SECRET, unit=unit, files=(file,))
    actions.take(complaint, by=world.manager)
    if kind == "closed":
        actions.withdraw(complaint, by=complaint.complainant)
    if kind == "handed to another unit":
        actions.assign(complaint, to=world.sales.party, by=world.manager)
    if kind == "about the reader":
        personal.keep_writing(reader, complaint, "note", SECRET)
        personal.toggle_flag(reader, complaint)
        Complaint.objects.filter(pk=complaint.pk).update(excluded=[reader.pk])
    Message.objects.filter(complaint=complaint).update(html=f"<p>{SECRET}</p>")
    complaint.refresh_from_db()
    return complaint


def pages_that_open(client: Client, complaint: Complaint) -> set[str]:
    """Which of the ways by its number answer at all."""
    address = f"/desk/complaints/{complaint.reference}/"
    file, message = complaint.files.get(), Message.objects.filter(complaint=complaint).earliest("pk")
    answers = {
        "page": client.get(address),
        "file": client.get(f"{address}files/{file.pk}/"),
        "message": client.get(f"{address}messages/{message.pk}/"),
        "flag": client.post(f"{address}flags/"),
        "verb": client.post(f"{address}notes/", {"text": ""}),
    }
    for answer in answers.values():
        answer.getvalue()
    return {name for name, answer in answers.items() if answer.status_code != 404}


def lists_that_show(client: Client) -> set[str]:
    """In which folders and lists the complaint is named."""
    pages = {key: f"/desk/cartable/{key}/" for key in FOLDERS} | {"all": "/desk/complaints/"}
    return {key for key, page in pages.items() if SECRET in client.get(page).content.decode()}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("who", ROLES)
def test_every_way_to_a_complaint_answers_as_visible_to_does(world: World, who: str, kind: str) -> None:
    reader = party_of(world, who)
    complaint = complaint_of(world, kind, reader)
    sees = Complaint.objects.visible_to(reader).filter(pk=complaint.pk).exists()
    client = log_in(Client(), reader)
    shown = lists_that_show(client)
    assert policy.sees(standing_of(reader), complaint) is sees
    assert bool(shown & {"all", "archive"}) is sees
    assert sees or (shown, sum(counts(standing_of(reader)).values())) == (set(), 0)
    keeping.keep_all(keeping.unkept())
    assert (complaint.reference in client.get("/desk/search/", {"q": SECRET}).content.decode()) is sees
    assert pages_that_open(client, complaint) == ({"page", "file", "message", "flag", "verb"} if sees else set())
    assert sees or not any(
        policy.verdicts(
            standing_of(reader), complaint, (verb for verb, rule in policy.RULES.items() if not rule.unseen)
        ).values()
    )
    history = client.get("/desk/complaints/new/history/", {"email": "mahsa@example.com"}).content.decode()
    assert sees or str(complaint.reference) not in history


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("who", ROLES)
def test_counts_exports_open_pages_and_alarms_answer_as_visible_to_does(
    world: World, who: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.db.connection.close", lambda: None)  # the page would end the test's transaction
    reader = party_of(world, who)
    complaint = complaint_of(world, kind, reader)
    sees = Complaint.objects.visible_to(reader).filter(pk=complaint.pk).exists()
    client = log_in(Client(), reader)
    assert client.get("/desk/complaints/").context.get("count", 0) == int(sees)
    client.post("/desk/exports/", {"form": "csv", "column": ["reference"], "query": ""})
    assert exported() == ({complaint.pk} if sees else set())
    login = LoginSession.objects.get(user__party=reader)
    shown = live.ticket(standing_of(reader), complaint, login=login.pk)
    assert live.answer(urlencode({"t": shown}))[0] == ("200 OK" if sees else "403 Forbidden")
    told = alarmed(world, complaint) & {reader.pk}
    assert told == ({reader.pk} if sees and who == "manager" and kind != "closed" else set())


def exported() -> set[int]:
    """What stands in the exports that were asked for, once the worker has written them."""
    for export in Export.objects.all():
        sweeps.export(export_id=export.pk)
    return {pk for export in Export.objects.all() for pk in export.complaints}


def alarmed(world: World, complaint: Complaint) -> set[int]:
    """Who gets mail when somebody who may says that it is dangerous; nobody where nobody may."""
    able = (by for by in (world.agent, world.sara, world.reza) if policy.may(by, "assess", complaint))
    for by in islice(able, 1):
        actions.assess(complaint, look=actions.Look(5, 4, is_safety=True), by=by)
    return set(Outgoing.objects.filter(purpose="staff_notice").values_list("party", flat=True))


def test_the_cast_and_the_kinds_cover_both_answers(world: World) -> None:
    sees: dict[str, set[str]] = {}
    for kind in KINDS:
        complaint = complaint_of(world, kind, world.sara)
        known = [who for who in ROLES if hasattr(world, who)]
        sees[kind] = {who for who in known if policy.sees(standing_of(getattr(world, who)), complaint)}
    unit = {"agent", "sara", "expert", "manager", "auditor"}
    assert sees == {
        "own unit": unit, "other unit": {"manager", "auditor", "reza"}, "closed": unit,
        "handed to another unit": unit | {"reza"}, "about the reader": unit - {"sara"},
    }  # fmt: skip


def test_whoever_stands_in_for_somebody_named_sees_nothing_either(world: World) -> None:
    complaint = complaint_of(world, "about the reader", world.reza)
    Delegation.objects.create(
        delegator=world.reza, deputy=world.sara, starts_at=MONDAY, ends_at=MONDAY.replace(year=2100)
    )
    client = log_in(Client(), world.sara)
    assert (pages_that_open(client, complaint), lists_that_show(client)) == (set(), set())


def test_a_draft_that_is_not_registered_is_its_writers_alone(world: World) -> None:
    draft = personal.keep_intake(world.sara, {"title": SECRET, "description": SECRET})
    readers = [world.agent, world.manager, world.auditor, world.administrator]
    shown = [lists_that_show(log_in(Client(), reader)) for reader in readers]
    assert (lists_that_show(log_in(Client(), world.sara)), shown) == ({"drafts"}, [set()] * 4)
    page = log_in(Client(), world.manager).get(f"/desk/complaints/new/?draft={draft.pk}")
    assert SECRET not in page.content.decode()


def queries(client: Client, address: str, **details: Any) -> int:
    """How many queries a page takes, once everything that is kept in memory is kept."""
    client.get(address)
    with CaptureQueriesContext(connection, **details) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_folders_take_as_many_queries_for_fifty_rows_as_for_five(world: World) -> None:
    client = log_in(Client(), world.sara)
    found = []
    for more in (5, 45):
        fill(world, more)
        found.append({key: queries(client, f"/desk/cartable/{key}/") for key in FOLDERS})
    assert found == [FOLDER_QUERIES, FOLDER_QUERIES]


def fill(world: World, count: int) -> None:
    """So many rows in every folder of Sara's."""
    for _ in range(count):
        personal.keep_intake(world.sara, {"title": "x"})
        personal.toggle_flag(world.sara, world.complaint())
        actions.withdraw(world.complaint(), by=world.system)
        actions.assign(world.complaint(), to=world.reza, by=world.sara)


def test_a_complaint_takes_as_many_queries_with_fifty_entries_as_with_five(world: World) -> None:
    complaint = world.taken()
    client = log_in(Client(), world.sara)
    commission = actions.Commission(kind="expert", directive="See what shakes.")
    few_then_many: list[tuple[int, ...]] = []
    for more in (5, 45):
        for number in range(more):
            actions.note(complaint, text=f"Note {number}.", by=world.expert)
            addition = actions.Addition(text=f"More {number}.", channel="portal")
            actions.add_information(complaint, addition=addition, by=complaint.complainant)
            referral = actions.refer(complaint, to=world.expert, commission=commission, by=world.sara)
            actions.give_opinion(complaint, referral=referral, advice=actions.Advice("The drum."), by=world.expert)
        page = f"/desk/complaints/{complaint.reference}/"
        few_then_many.append((queries(client, page), queries(client, f"{page}circulation/")))
    assert few_then_many == [PAGE_QUERIES, PAGE_QUERIES]


FOLDER_QUERIES = dict.fromkeys(FOLDERS, 8) | {"drafts": 7, "copies": 6, "overdue": 6}
PAGE_QUERIES = (12, 11)  # of the complaint, of its circulation
