"""Outside: a matter is passed to an external body, its time is theirs, and its reply comes back to us."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shenava.common import clock
from shenava.complaints import actions
from shenava.complaints.actions import Commission, Letter
from shenava.complaints.models import Referral
from shenava.journal.actions import Refused
from shenava.journal.models import Entry
from shenava.pages.circulation import circulation
from shenava.people import bodies
from shenava.people.models import ExternalBody, Party
from shenava.process.circulation import Rank
from tests.world import World

LETTER = Letter(reference="1405/117", text="Please rule on it.")


@pytest.fixture
def body(world: World) -> Party:
    """One of the bodies delivered for the country."""
    bodies.deliver("IR")
    return ExternalBody.objects.in_use()[0].party


def test_a_letter_goes_out_and_the_reply_comes_back_with_its_reference(world: World, body: Party) -> None:
    complaint = world.taken()
    referral = actions.refer_outside(complaint, body=body, letter=LETTER, by=world.sara)
    reply = actions.record_reply(complaint, referral=referral, letter=Letter("77/2", "Exchange it."), by=world.sara)
    referral = Referral.objects.get(pk=referral.pk)
    assert (referral.letter_reference, referral.reply_reference) == ("1405/117", "77/2")
    assert (reply.text, referral.is_open) == ("Exchange it.", False)
    kinds = Entry.objects.filter(stream__name=complaint.journal_stream).order_by("seq").values_list("kind", flat=True)
    assert list(kinds)[-2:] == ["complaint.referred_outside", "complaint.reply_recorded"]


def test_the_time_with_them_is_theirs_in_the_circulation(world: World, body: Party) -> None:
    complaint = world.taken()
    referral = actions.refer_outside(complaint, body=body, letter=LETTER, by=world.sara)
    with clock.shifted(timedelta(days=3)):
        actions.record_reply(complaint, referral=referral, letter=Letter("77/2", "No."), by=world.sara)
    with clock.shifted(timedelta(days=4)):
        way = circulation(complaint, clock.now())
    outside = [share for share in way.shares if share.rank == Rank.EXTERNAL]
    assert [(share.holder, round(share.length / timedelta(days=1))) for share in outside] == [(body, 3)]
    assert sum((share.length for share in way.shares), timedelta()) == way.whole


def test_a_body_holds_no_answer_up(world: World, body: Party) -> None:
    complaint = world.taken()
    actions.refer_outside(complaint, body=body, letter=LETTER, by=world.sara)
    actions.respond(complaint, text="We wait for the ruling.", by=world.sara)
    assert complaint.stage == "responded"


def test_only_a_body_is_written_to_and_only_once_answered(world: World, body: Party) -> None:
    complaint = world.taken()
    with pytest.raises(Refused):
        actions.refer_outside(complaint, body=world.reza, letter=LETTER, by=world.sara)
    assert complaint.referrals.count() == 0
    referral = actions.refer_outside(complaint, body=body, letter=LETTER, by=world.sara)
    actions.record_reply(complaint, referral=referral, letter=LETTER, by=world.sara)
    with pytest.raises(Refused):
        actions.record_reply(complaint, referral=referral, letter=LETTER, by=world.sara)
    assert referral.opinions.count() == 1


def test_nobody_inside_accepts_or_answers_in_their_place(world: World, body: Party) -> None:
    complaint = world.taken()
    referral = actions.refer_outside(complaint, body=body, letter=LETTER, by=world.sara)
    for insider in (world.sara, world.reza, world.manager):
        with pytest.raises(Refused):
            actions.accept_referral(complaint, referral=referral, by=insider)
    assert Referral.objects.get(pk=referral.pk).item.accepted_at is None


def test_the_bodies_of_a_country_are_delivered_once(world: World, body: Party) -> None:
    assert bodies.deliver("IR") == 0
    assert ExternalBody.objects.count() == len(bodies.BY_COUNTRY["IR"])


def test_what_goes_outside_is_no_referral_inside(world: World) -> None:
    complaint = world.taken()
    with pytest.raises(Refused):
        actions.refer(
            complaint, to=world.expert, commission=Commission(kind="outside", directive="See."), by=world.sara
        )
    assert complaint.referrals.count() == 0
