"""The demo: on this machine alone, the same every time, and its mail stays here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import psycopg
import pytest

from shenava.operations import demo, postgres
from shenava.people.models import Role
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
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Product, Accounts]]:
    """An installation with the demo, and the accounts that were printed. Its server stays up meanwhile."""
    with installation(tmp_path_factory.mktemp("demo")) as product:
        postgres.ensure_running(product.data)
        yield product, demo_of(product)


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


def test_the_demo_is_the_same_every_time_but_for_its_passwords(
    shown: tuple[Product, Accounts], embedded: Product
) -> None:
    product, accounts = shown
    postgres.ensure_running(embedded.data)
    others = demo_of(embedded)
    assert [account[:2] for account in accounts] == [account[:2] for account in others]
    assert not {account[2] for account in accounts} & {account[2] for account in others}
    assert product.python(STORY) == embedded.python(STORY)


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
