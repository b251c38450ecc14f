"""What people do with mailboxes and with stuck mail."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from shenava.journal.actions import Refused
from shenava.journal.models import Entry
from shenava.messages import actions, outbox
from shenava.messages.models import Mailbox, Message, Outgoing
from shenava.messages.texts import Wording

pytestmark = pytest.mark.django_db
FIELDS = actions.MailboxFields(
    name="Complaints", address="care@arman.example", smtp_host="smtp.arman.example", smtp_password="first"
)


def test_an_administrator_adds_a_mailbox(world: Any) -> None:
    mailbox = actions.add_mailbox(fields=FIELDS, by=world.administrator)
    assert Mailbox.objects.default() == mailbox
    entry = Entry.objects.get(kind="messages.mailbox_added")
    assert (entry.stream.name, entry.data) == ("settings", {"mailbox": mailbox.pk})


def test_a_change_keeps_the_password_and_says_what_changed_but_not_to_what(world: Any) -> None:
    mailbox = actions.add_mailbox(fields=FIELDS, by=world.administrator)
    wanted = replace(FIELDS, smtp_password=None, smtp_port=465, smtp_security="tls")
    actions.change_mailbox(mailbox, fields=wanted, by=world.administrator)
    kept = Mailbox.objects.get()
    assert (kept.smtp_password, kept.smtp_port) == ("first", 465)
    changed = Entry.objects.get(kind="messages.mailbox_changed").data["fields"]
    assert set(changed) == {"smtp_port", "smtp_security"}


def test_an_officer_may_not_touch_mailboxes(world: Any) -> None:
    with pytest.raises(Refused):
        actions.add_mailbox(fields=FIELDS, by=world.sara)
    assert not Mailbox.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"address": "no address"}, {"address": "a@b\r\nBcc: c@d"}, {"smtp_port": 0}, {"name": ""}]
)
def test_an_impossible_mailbox_is_refused(wrong: dict[str, Any], world: Any) -> None:
    with pytest.raises(ValidationError):
        actions.add_mailbox(fields=replace(FIELDS, **wrong), by=world.administrator)
    assert not Mailbox.objects.exists()


@pytest.fixture
def stuck(message: Message) -> Outgoing:
    row = outbox.queue(message, to="m@example.com", purpose="response", is_automatic=False)
    Outgoing.objects.update(state="uncertain", tries=4, lease_token="old", in_data=True)
    return row


def test_a_stuck_mail_is_sent_again_under_its_old_name(world: Any, stuck: Outgoing) -> None:
    before = stuck.mail_id
    actions.resend(stuck, by=world.sara)
    row = Outgoing.objects.get()
    assert (row.state, row.tries, row.lease_token, row.in_data, row.mail_id) == ("due", 0, "", False, before)
    assert Entry.objects.get(kind="messages.mail_resent").data["outgoing"] == row.pk


def test_a_stuck_mail_is_given_up(world: Any, stuck: Outgoing) -> None:
    actions.give_up(stuck, by=world.sara)
    assert Outgoing.objects.get().state == "given_up"
    assert not Outgoing.objects.undelivered().exists()


def test_mail_over_its_budget_is_released_by_a_person(world: Any, message: Message) -> None:
    rows = [outbox.queue(message, to="m@example.com", purpose="notice", is_automatic=True) for _ in range(4)]
    actions.resend(rows[3], by=world.sara)
    assert Outgoing.objects.get(pk=rows[3].pk).state == "due"


@pytest.mark.parametrize(
    "fields",
    [{"state": "sent"}, {"state": "due"}, {"state": "sending"}, {"state": "held", "held_for": "demo"},
     {"state": "bounced", "message": None, "body": ""}],
)  # fmt: skip
def test_what_is_not_stuck_or_has_no_words_is_not_sent_again(fields: dict[str, Any], world: Any, stuck: Outgoing):
    Outgoing.objects.update(**fields, sent_at=stuck.queued_at)
    with pytest.raises(Refused):
        actions.resend(stuck, by=world.sara)
    assert Outgoing.objects.get().state == fields["state"]


def test_an_auditor_decides_nothing(world: Any, stuck: Outgoing) -> None:
    with pytest.raises(Refused):
        actions.resend(stuck, by=world.auditor)
    with pytest.raises(Refused):
        actions.give_up(stuck, by=world.auditor)
    assert Outgoing.objects.get().state == "uncertain"


def test_every_verb_of_the_room_is_in_its_menu() -> None:
    assert set(actions.ROOM.menu) == {
        "add_mailbox", "change_mailbox", "add_template", "change_template", "resend", "give_up",
    }  # fmt: skip


def test_a_code_that_is_gone_cannot_be_sent_again(world: Any) -> None:
    row = outbox.queue_mail(Wording("s", "123456"), to="m@example.com", purpose="code", language="en")
    Outgoing.objects.update(state="bounced")
    actions.give_up(row, by=world.administrator)
    assert Outgoing.objects.get().body == ""
