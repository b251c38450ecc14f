"""Mail that did not arrive is seen on its complaint's page, and settled there by whoever answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shenava.complaints import actions, sweeps
from shenava.complaints.models import Complaint
from shenava.journal.models import Entry
from shenava.messages import outbox
from shenava.messages.fate import note_bounce
from shenava.messages.models import Mailbox, Outgoing
from shenava.process.models import WorkItem
from tests.world import World

Login = Callable[[Any], Client]


@pytest.fixture
def acknowledgement(world: World) -> Outgoing:
    """The acknowledgement of a complaint that Sara holds."""
    Mailbox.objects.create(name="Care", address="care@arman.example", smtp_host="127.0.0.1", smtp_port=1)
    complaint = world.taken()
    actions.acknowledge(complaint, by=world.system)
    return Outgoing.objects.get()


def page(client: Client) -> str:
    return client.get(reverse("desk:complaint", args=[Complaint.objects.get().reference])).text


def settle(client: Client, mail: Outgoing, noun: str) -> int:
    reference = Complaint.objects.get().reference
    return client.post(reverse("desk:settle_mail", args=[reference, mail.pk, noun])).status_code


def test_a_bounce_stands_on_the_page_with_its_reason_and_in_the_timeline(
    world: World, acknowledgement: Outgoing, login: Login
) -> None:
    client = login(world.sara)
    assert "mail-warning" not in page(client)
    note_bounce(acknowledgement, kind="permanent", status="5.1.1", reason="<b>no such user</b>")
    shown = page(client)
    assert "5.1.1 &lt;b&gt;no such user&lt;/b&gt;" in shown
    assert "mahsa@example.com" in shown
    assert "A mail was not delivered: acknowledgement, bounced." in shown


def test_an_acknowledgement_that_did_not_arrive_is_a_task_of_whoever_holds_the_complaint(
    world: World, acknowledgement: Outgoing, login: Login
) -> None:
    note_bounce(acknowledgement, kind="permanent", status="5.1.1", reason="no such user")
    for _sweep in range(2):
        sweeps.alarm_undelivered()
    task = WorkItem.objects.get(title="acknowledgement_undelivered")
    assert task.holder == world.sara
    assert "Acknowledgement not delivered:" in login(world.sara).get(reverse("desk:folder", args=["received"])).text


def test_a_delay_alarms_nobody(world: World, acknowledgement: Outgoing, login: Login) -> None:
    note_bounce(acknowledgement, kind="delayed", status="4.4.1", reason="still trying")
    sweeps.alarm_undelivered()
    assert not WorkItem.objects.filter(title="acknowledgement_undelivered").exists()
    assert "still trying" not in page(login(world.sara))


def test_it_is_sent_again_under_its_old_name_from_the_page(
    world: World, acknowledgement: Outgoing, login: Login
) -> None:
    client = login(world.sara)
    note_bounce(acknowledgement, kind="permanent", status="5.1.1", reason="no such user")
    before = acknowledgement.mail_id
    assert [settle(client, acknowledgement, "sending") for _click in range(2)] == [302, 302]
    acknowledgement.refresh_from_db()
    assert (acknowledgement.state, acknowledgement.mail_id) == ("due", before)
    assert Entry.objects.filter(kind="messages.mail_resent").count() == 1
    assert "no such user" not in page(client)


def test_it_is_left_unsent_from_the_page(world: World, acknowledgement: Outgoing, login: Login) -> None:
    client = login(world.sara)
    note_bounce(acknowledgement, kind="permanent", status="5.1.1", reason="no such user")
    settle(client, acknowledgement, "abandonment")
    acknowledgement.refresh_from_db()
    assert acknowledgement.state == "given_up"
    assert "no such user" not in page(client)


@pytest.mark.parametrize(("who", "answer"), [("agent", 302), ("auditor", 302), ("reza", 404)])
@pytest.mark.parametrize("noun", ["sending", "abandonment"])
def test_others_decide_nothing_about_it(
    world: World, acknowledgement: Outgoing, login: Login, who: str, answer: int, noun: str
) -> None:
    note_bounce(acknowledgement, kind="permanent", status="5.1.1", reason="no such user")
    assert settle(login(getattr(world, who)), acknowledgement, noun) == answer
    acknowledgement.refresh_from_db()
    assert acknowledgement.state == "bounced"


def test_a_mail_of_another_complaint_is_not_reached_by_this_one(
    world: World, acknowledgement: Outgoing, login: Login
) -> None:
    note_bounce(acknowledgement, kind="permanent", status="5.1.1", reason="no such user")
    other = world.complaint()
    address = reverse("desk:settle_mail", args=[other.reference, acknowledgement.pk, "sending"])
    assert login(world.sara).post(address).status_code == 404
    acknowledgement.refresh_from_db()
    assert acknowledgement.state == "bounced"


def test_what_a_budget_holds_back_is_shown_and_released(world: World, acknowledgement: Outgoing, login: Login) -> None:
    message = acknowledgement.message
    assert message is not None
    held = [outbox.queue(message, to="mahsa@example.com", purpose="notice", is_automatic=True) for _ in range(3)][-1]
    client = login(world.sara)
    assert "too much automatic mail to this address today" in page(client)
    settle(client, held, "sending")
    held.refresh_from_db()
    assert held.state == "due"


def test_mail_of_the_demo_is_no_trouble(world: World, acknowledgement: Outgoing, login: Login) -> None:
    Outgoing.objects.update(state="held", held_for="demo")
    assert "mail-warning" not in page(login(world.sara))
