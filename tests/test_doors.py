"""Doors: every address answers every role as the table says, asks for a token, and reading writes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from shenava.attachments import store
from shenava.complaints import actions, taxonomy
from shenava.complaints.models import Category, Complaint
from shenava.deadlines.models import Calendar, PromiseRule
from shenava.messages.models import Message
from shenava.people import bodies
from shenava.people.models import ExternalBody, Party, Role
from shenava.process.automation_actions import add_automation
from shenava.process.automations import examples
from tests.doors_table import ROLES, TABLE
from tests.world import World, log_in, person

WRITING = re.compile(r'^\s*(INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)
# What reading a page may write, and why.
READING_WRITES = {
    ("desk:complaint", "UPDATE process_workitem"),  # the first look at what lies with the reader
    ("desk:complaint", "INSERT INTO complaints_look"),  # how far the reader has read
    ("desk:enrol", "UPDATE django_session"),  # the key of a second factor that is not set yet
}
MISSING = 99_999
LEAVING = {"desk:logout"}
SENT = ("notes/", "responses/", "flags/", "referrals/1/opinions/")


class Doors:
    """The addresses of the product, filled with a complaint, its file and its message, and the cast by role."""

    def __init__(self, world: World) -> None:
        file = store.take_in(b"A letter.", name="letter.txt")
        self.complaint = world.complaint(files=(file,))
        actions.take(self.complaint, by=world.sara)
        commission = actions.Commission(kind="expert", directive="See what shakes.")
        referral = actions.refer(self.complaint, to=world.expert, commission=commission, by=world.sara)
        message = Message.objects.get(complaint=self.complaint)
        message.html = "<p>It shakes.</p>"
        message.save()
        self.cast: dict[str, Party] = {
            "agent": world.agent, "officer": world.sara, "expert": world.expert, "manager": world.manager,
            "approver": person("Ehsan Azad", Role.APPROVER, world.service), "auditor": world.auditor,
            "administrator": world.administrator, "outsider": world.reza,
            "named": person("Kaveh Irani", Role.COMPLAINT_OFFICER, world.service),
        }  # fmt: skip
        Complaint.objects.filter(pk=self.complaint.pk).update(excluded=[self.cast["named"].pk])
        spare = person("Zahra Nouri", Role.EXPERT, world.service)
        self.numbers = {
            "file": file.pk, "message_frame": message.pk, "referral": referral.pk,
            "unit": world.sales.pk, "person": spare.pk, "competence": spare.pk, "grant": spare.pk,
            "deactivate": spare.pk, "hand_over": spare.pk, "reactivate": spare.pk, "end_persons_sessions": spare.pk,
            "reset_second_factor": spare.pk, "promise": PromiseRule.objects.latest("pk").pk,
        }  # fmt: skip
        taxonomy.deliver()
        bodies.deliver("IR")
        self.numbers["category"] = self.numbers["category_deed"] = Category.objects.latest("pk").pk
        self.numbers["body"] = ExternalBody.objects.latest("pk").pk
        self.calendar = Calendar.objects.get().pk
        example = add_automation(plan=examples()[0], by=world.administrator)
        self.numbers |= dict.fromkeys(("automation", "automation_trial", "firings", "switch_automation"), example.pk)

    def address(self, name: str, pattern: URLPattern) -> str:
        """An address with something real in it where there is something."""
        short = name.rpartition(":")[2]
        number = self.calendar if "calendar" in short or "day" in short else self.numbers.get(short, MISSING)
        known = {
            "reference": self.complaint.reference, "code": self.complaint.public_code, "folder": "received",
            "noun": {"referral": "opinions", "together": "assignments", "switch_automation": "on"}.get(short, "notes"),
            "token": "forged", "day": "2026-01-01",
            "pk": number, "grant_pk": MISSING, "kind": "response", "language": "en",
            "other": f"1405-{MISSING}", "deed": "retirement", "number": 0, "place": 0, "process": "complaint",
            "key": "complaint" if short == "board" else "priority",
        }  # fmt: skip
        return reverse(name, kwargs={key: known[key] for key in pattern.pattern.converters})

    def client(self, role: str, **options: Any) -> Client:
        """A browser of somebody in this role."""
        client = Client(**options)
        return log_in(client, self.cast[role]) if role in self.cast else client


def status(answer: Any) -> int:
    """The status of an answer that is read to its end, so that its file is closed again."""
    answer.getvalue()
    return int(answer.status_code)


@pytest.fixture
def doors(world: World) -> Doors:
    return Doors(world)


def patterns(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for found in resolver.url_patterns:
        if isinstance(found, URLResolver):
            yield from patterns(found, f"{found.namespace}:" if found.namespace else space)
        else:
            yield space + str(found.name), found


ADDRESSES = dict(patterns(get_resolver()))


def test_the_table_has_a_row_for_every_address() -> None:
    assert sorted(TABLE) == sorted(ADDRESSES)


@pytest.mark.parametrize("role", ROLES)
def test_every_address_answers_a_role_as_the_table_says(doors: Doors, role: str) -> None:
    staying = doors.client(role)
    found = {}
    for name, pattern in ADDRESSES.items():
        client = doors.client(role) if name in LEAVING else staying
        address = doors.address(name, pattern)
        found[name] = (status(client.get(address)), status(client.post(address, {"nothing": "useful"})))
    assert found == {name: (read[role], sent[role]) for name, (read, sent) in TABLE.items()}


@pytest.mark.parametrize("role", ["anonymous", "officer", "administrator"])
def test_no_address_takes_a_form_without_its_token(doors: Doors, role: str) -> None:
    client = doors.client(role, enforce_csrf_checks=True)
    taking = {name: pattern for name, pattern in ADDRESSES.items() if name != "healthz"}  # takes nothing at all
    answers = {name: client.post(doors.address(name, pattern)).status_code for name, pattern in taking.items()}
    assert set(answers.values()) == {403}, answers


@pytest.mark.parametrize("role", ["anonymous", "officer", "manager", "administrator"])
def test_reading_writes_nothing_but_first_looks(doors: Doors, role: str) -> None:
    written: set[tuple[str, str]] = set()
    actions.assign(doors.complaint, to=doors.cast["officer"], by=doors.cast["manager"])
    client = doors.client(role)
    for name, pattern in ADDRESSES.items():
        with connection.execute_wrapper(noting(lambda sql, name=name: written.add((name, sql)))):
            status(client.get(doors.address(name, pattern)))
    assert written <= READING_WRITES


def noting(note: Callable[[str], Any]) -> Callable[..., Any]:
    """A wrapper of database calls that notes every writing statement and its table."""

    def wrap(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        found = WRITING.match(sql)
        if found:
            note(f"{found[1].upper()} {found[2]}")
        return execute(sql, params, many, context)

    return wrap


@pytest.mark.parametrize("role", ["named", "outsider", "administrator"])
@pytest.mark.parametrize("rest", ["", "files/1/", "messages/1/", "circulation/", "process/", *SENT])
def test_hidden_and_unknown_are_the_same(doors: Doors, role: str, rest: str) -> None:
    client = doors.client(role)
    method = client.post if rest in SENT else client.get
    hidden = method(f"/desk/complaints/{doors.complaint.reference}/{rest}", {"text": "Let me."})
    unknown = method(f"/desk/complaints/1405-{MISSING}/{rest}", {"text": "Let me."})
    assert hidden.status_code == unknown.status_code == 404
    assert plain(hidden.content) == plain(unknown.content)


@pytest.mark.parametrize("rest", ["", "files/1/", "messages/1/", "circulation/", "process/"])
def test_an_address_with_a_zero_byte_in_it_is_unknown(doors: Doors, rest: str) -> None:
    assert doors.client("officer").get(f"/desk/complaints/{doors.complaint.reference}%00/{rest}").status_code == 404
    assert doors.client("officer").get(f"/desk/complaints/%00/{rest}").status_code == 404


def plain(content: bytes) -> str:
    """A page without what differs each time: its address, its tokens."""
    text = re.sub(r'(nonce|value)="[^"]*"', "", content.decode())
    return re.sub(r"1405-\d+", "", text)


def test_a_first_look_is_stamped_once_and_only_by_whom_it_lies_with(doors: Doors) -> None:
    actions.assign(doors.complaint, to=doors.cast["officer"], by=doors.cast["manager"])
    item = doors.complaint.work_items.open().get(holder=doors.cast["officer"])
    doors.client("manager").get(f"/desk/complaints/{doors.complaint.reference}/")
    item.refresh_from_db()
    assert item.seen_at is None
    doors.client("officer").get(f"/desk/complaints/{doors.complaint.reference}/")
    item.refresh_from_db()
    first = item.seen_at
    doors.client("officer").get(f"/desk/complaints/{doors.complaint.reference}/")
    item.refresh_from_db()
    assert (item.seen_at, first is not None) == (first, True)
