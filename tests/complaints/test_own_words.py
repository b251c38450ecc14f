"""The acknowledgement in the words that the organisation has written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shenava.complaints.actions import acknowledge
from shenava.complaints.models import Complaint
from shenava.messages import actions
from shenava.messages.actions import Words
from shenava.messages.models import Mailbox, Outgoing
from shenava.people.parties import Introduction
from tests.world import World

OWN = Words(subject="{number} is with us", body="You hear from us by {promised}.\n\nFollow {number} here: {link}")


@pytest.fixture
def mailbox(db: None) -> Mailbox:
    return Mailbox.objects.create(name="Care", address="care@arman.example", smtp_host="smtp.arman.example")


def acknowledged(world: World, **details: object) -> Complaint:
    """A complaint of which its complainant has been told that it arrived."""
    complaint: Complaint = acknowledge(world.complaint(**details), by=world.system)
    return complaint


def test_the_acknowledgement_is_sent_in_the_words_of_the_organisation(world: World, mailbox: Mailbox) -> None:
    actions.add_template(kind="acknowledgement", language="en", words=OWN, by=world.administrator)
    complaint = acknowledged(world, language="en")
    mail = Outgoing.objects.get(purpose="acknowledgement")
    assert mail.message.subject == f"{complaint.reference} is with us"
    assert mail.body.startswith("You hear from us by ")
    assert f"Follow {complaint.reference} here: http" in mail.body
    assert "Whoever has this link can read your complaint" in mail.body
    assert "{" not in mail.body


def test_in_another_language_and_once_retired_the_words_of_the_product_hold(world: World, mailbox: Mailbox) -> None:
    own = actions.add_template(kind="acknowledgement", language="en", words=OWN, by=world.administrator)
    acknowledged(world, language="he")
    actions.change_template(own, words=replace(OWN, is_active=False), by=world.administrator)
    acknowledged(world, language="en")
    hebrew, english = Outgoing.objects.filter(purpose="acknowledgement").order_by("pk")
    assert "You hear from us" not in hebrew.body
    assert "has received your complaint" in english.body


def test_nothing_that_a_stranger_typed_is_in_an_acknowledgement(world: World, mailbox: Mailbox) -> None:
    actions.add_template(kind="acknowledgement", language="en", words=OWN, by=world.administrator)
    speaker = Introduction(name="{link} http://evil.example", email="mahsa@example.com")
    acknowledged(world, language="en", description="http://evil.example {number}", complainant=speaker)
    assert "evil" not in Outgoing.objects.get(purpose="acknowledgement").body
