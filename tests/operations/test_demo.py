"""The demo: on this machine alone, the same every time, and its mail stays here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest

from shenava.common import clock
from shenava.complaints.models import ClosureReason, ReferralKind
from shenava.operations import demo, postgres
from shenava.people.models import Role
from shenava.process.publishing import DEFAULT
from tests.journeys.product import Product
from tests.operations.conftest import installation

Accounts = list[tuple[str, str, str]]
ACCOUNT = re.compile(r"^  (\w+) +(\S+@\S+) +((?:[0-9a-f]{4}-){3}[0-9a-f]{4})$", re.MULTILINE)


STORY = """
import json
from shenava.complaints.models import Complaint
from shenava.journal.models import Entry
from shenava.messages.models import Outgoing
told = [
    [c.reference, c.title, c.stage, c.owner.name, c.language,
     [e.kind for e in Entry.objects.filter(stream__name=c.journal_stream).order_by("seq")],
     [[o.purpose, o.state, o.held_for, o.to_email] for o in Outgoing.objects.filter(complaint=c).order_by("pk")]]
    for c in Complaint.objects.order_by("reference")]
print(json.dumps(told))
"""
COUNTED = """
import json
from collections import Counter
from django.db.models import F
from procrastinate.contrib.django.models import ProcrastinateJob
from shenava.common import clock
from shenava.complaints.index import keeping
from shenava.complaints.models import *
from shenava.people.models import RoleGrant, Unit, User
from shenava.process.models import WorkItem
now, every = clock.now(), Complaint.objects.all()
def by(name, rows=every): return dict(Counter(rows.values_list(name, flat=True)))
print(json.dumps({
    "complaints": len(every), "staff": User.objects.count(),
    "days": (now - every.earliest("received_at").received_at).days,
    "ahead": every.filter(entered_at__gt=now).count(),
    "stage": by("stage"), "language": by("language"), "channel": by("channel"), "record_type": by("record_type"),
    "closure_reason": by("closure_reason", every.closed()), "role": by("role", RoleGrant.objects),
    "unit": by("kind", Unit.objects), "referral": by("kind", Referral.objects),
    "finding": by("finding", Decision.objects), "severity": by("severity", every.exclude(severity=None)),
    "some": {
        "answered referrals": WorkItem.objects.filter(kind="referral", seen_at__gt=F("sent_at"),
            accepted_at__gt=F("seen_at"), answered_at__gt=F("accepted_at")).count(),
        "returned": Referral.objects.exclude(return_reason="").count(),
        "recalled": Referral.objects.exclude(recall_reason="").count(),
        "revised opinions": Opinion.objects.exclude(revision_of=None).count(),
        "letters answered": Referral.objects.exclude(reply_reference="").count(),
        "classified": IssueLine.objects.exclude(category=None).count(),
        "reopened": every.filter(reopened_count__gt=0).count(),
        "rejected": Response.objects.filter(answer="rejected").count(),
        "corrected": Response.objects.exclude(supersedes=None).count(),
        "anonymous": every.filter(complainant__is_anonymous=True).count(),
        "represented": every.exclude(representative=None).count(),
        "links": Link.objects.count(), "hearings": Hearing.objects.count(), "conflicts":
        Named.objects.filter(is_concerned=False).count(), "questions": Question.objects.count(),
        "changed deadlines": DeadlineChange.objects.count(), "late": every.late(now).count(),
        "flags": Flag.objects.count(), "drafts": Draft.objects.count(), "looks": Look.objects.count(),
        "safety": every.open().filter(is_safety=True).count(), "media": every.filter(is_media=True).count(),
        "views": ListView.objects.count(), "at first contact": Closure.objects.filter(at_first_contact=True).count(),
    },
    "unacknowledged": every.open().filter(acknowledged_at=None).count(), "unkept": keeping.unkept(),
    "jobs": ProcrastinateJob.objects.filter(status="todo").count(),
}))
"""
FAULT = """
import json
from collections import Counter
from django.db.models import Q
from shenava.complaints.models import Complaint
same = Complaint.objects.filter(serial__startswith="WM-2043-")
shaking = same.filter(Q(title__contains="E-21") | Q(description__contains="E-21"))
told = [(serial.split("-")[2], at.isoformat()) for serial, at in
        shaking.order_by("received_at").values_list("serial", "received_at")]
print(json.dumps({"batches": Counter(batch for batch, _at in told), "first": told[0][1], "same": same.count(),
    "before": same.filter(received_at__lt=told[0][1]).count()}))
"""
LOG_IN = """
from django.contrib.auth import authenticate
users = [authenticate(email=email, password=password) for email, password in {accounts!r}]
print([user and user.party.grants.get().role for user in users])
"""


def demo_of(product: Product) -> Accounts:
    """Make the demo; gives role, address and password of each account that was printed."""
    assert product.run("migrate").returncode == 0
    made = product.run("demo")
    assert made.returncode == 0, made.stderr
    return ACCOUNT.findall(made.stdout)


@pytest.fixture(scope="module")
def made_twice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[tuple[Product, Accounts]]]:
    """Two installations with the demo, and the accounts that were printed. Their servers stay up meanwhile.

    Both are made at the same time: the hour decides what falls into working hours, and so what comes before what.
    """
    with installation(tmp_path_factory.mktemp("demo")) as one, installation(tmp_path_factory.mktemp("same")) as other:
        postgres.ensure_running(one.data)
        postgres.ensure_running(other.data)
        with ThreadPoolExecutor(2) as pool:
            accounts = list(pool.map(demo_of, (one, other)))
        yield [(one, accounts[0]), (other, accounts[1])]


@pytest.fixture(scope="module")
def shown(made_twice: list[tuple[Product, Accounts]]) -> tuple[Product, Accounts]:
    """One of them."""
    return made_twice[0]


@pytest.fixture(scope="module")
def told(shown: tuple[Product, Accounts]) -> dict[str, Any]:
    """What the demo holds, counted."""
    counted: dict[str, Any] = json.loads(shown[0].python(COUNTED))
    return counted


def test_the_demo_has_an_account_for_each_role_and_its_mail_stays_in_the_outbox(
    shown: tuple[Product, Accounts],
) -> None:
    product, accounts = shown
    assert sorted(role for role, _, _ in accounts) == sorted(Role.values)
    roles = product.python(LOG_IN.format(accounts=[account[1:] for account in accounts]))
    assert roles == str([role for role, _, _ in accounts])
    told = json.loads(product.python(STORY))
    assert len({stage for _reference, _title, stage, *_ in told}) >= 4
    assert {(state, why) for *_, mails in told for _purpose, state, why, _to in mails} == {("held", "demo")}


def test_fifteen_people_in_seven_units_had_400_complaints_in_fourteen_months(told: dict[str, Any]) -> None:
    assert (told["complaints"], told["staff"], told["ahead"]) == (400, 15, 0)
    assert 400 <= told["days"] <= 14 * 31
    assert told["role"].keys() == set(Role.values)
    assert told["unit"] == {"head_office": 1, "sales_branch": 2, "service_centre": 1, "call_centre": 1, "dealer": 2}


def test_complaints_of_the_demo_stand_in_every_stage_and_are_written_in_three_languages(told: dict[str, Any]) -> None:
    stages = json.loads(DEFAULT.read_text(encoding="utf-8"))["nodes"].keys() - {"start", "draft"}
    assert told["stage"].keys() == stages
    assert min(told["stage"].values()) >= 5
    assert told["language"].keys() == {"fa", "he", "en"}
    assert told["language"]["fa"] > 240
    assert min(told["language"].values()) > 20
    assert told["closure_reason"].keys() == set(ClosureReason.values)


def test_the_demo_has_something_to_show_on_every_page(told: dict[str, Any]) -> None:
    assert [what for what, number in told["some"].items() if number < 1] == []
    assert told["referral"].keys() == set(ReferralKind.values)
    assert told["finding"].keys() >= {"upheld", "partly", "not_upheld"}
    assert told["severity"].keys() == set("12345")
    assert told["record_type"].keys() >= {"complaint", "suggestion", "compliment", "enquiry"}
    assert len(told["channel"]) == 9


def test_one_batch_of_one_model_of_the_demo_has_a_fault_that_began_some_months_ago(
    shown: tuple[Product, Accounts],
) -> None:
    found = json.loads(shown[0].python(FAULT))
    assert found["batches"].keys() == {"B17"}
    assert 30 <= found["batches"]["B17"] < found["same"] - 20
    assert found["before"] >= 10
    assert timedelta(days=120) < clock.now() - datetime.fromisoformat(found["first"]) < timedelta(days=160)


def test_nothing_of_the_demo_is_left_for_the_worker_and_every_chain_holds(
    shown: tuple[Product, Accounts], told: dict[str, Any]
) -> None:
    assert (told["unacknowledged"], told["unkept"]) == (0, [])
    assert told["jobs"] <= 5
    proved = shown[0].run("verify")
    assert proved.returncode == 0, proved.stdout + proved.stderr


def test_the_demo_is_the_same_every_time_but_for_its_passwords(made_twice: list[tuple[Product, Accounts]]) -> None:
    (product, accounts), (other, others) = made_twice
    assert [account[:2] for account in accounts] == [account[:2] for account in others]
    assert not {account[2] for account in accounts} & {account[2] for account in others}
    assert product.python(STORY) == other.python(STORY)


def test_the_demo_is_made_once(shown: tuple[Product, Accounts]) -> None:
    product, _accounts = shown
    before = product.python(STORY)
    again = product.run("demo")
    assert (again.returncode, again.stdout) == (0, demo.LOST + "\n")
    assert product.python(STORY) == before


def test_whoever_lost_the_passwords_gets_new_ones(shown: tuple[Product, Accounts]) -> None:
    product, accounts = shown
    renewed = product.run("demo", "--new-passwords")
    found = [tuple(line.split()) for line in renewed.stdout.splitlines()[1:]]
    assert [line[:2] for line in found] == [tuple(account)[:2] for account in accounts]
    assert not {line[2] for line in found} & {tuple(account)[2] for account in accounts}
    email, password = found[0][1:]
    proof = "from shenava.people.models import User; print(User.objects.get(email='%s').check_password('%s'))"
    assert product.python(proof % (email, password)) == "True"


def test_an_installation_with_the_demo_is_not_served_to_others(shown: tuple[Product, Accounts]) -> None:
    product, _accounts = shown
    for setting in ({"SHENAVA_HOST": "0.0.0.0"}, {"SHENAVA_URL": "https://demo.example.com"}):
        refused = product.run("serve", **setting)
        assert refused.returncode == 1
        assert refused.stderr.startswith("This installation holds the demo. ")


def test_the_demo_is_refused_on_a_server_of_ones_own(ready: Product) -> None:
    refused = ready.run("demo")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == demo.HERE_ALONE + "\n"
    with psycopg.connect(ready.database) as connection:
        assert connection.execute("SELECT count(*) FROM people_user").fetchone() == (0,)
