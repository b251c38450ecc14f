"""Referrals: others are asked, answer late or never, and the owner stays answerable."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shenava.common import clock
from shenava.complaints import actions, policy
from shenava.complaints.actions import Advice, Commission
from shenava.complaints.cartable import Desk, received, sent
from shenava.complaints.models import Complaint, Referral
from shenava.journal.actions import Refused
from shenava.journal.models import Entry
from shenava.people.models import Party, Role, Unit
from shenava.people.standing import standing_of
from tests import world as cast
from tests.world import World

PROBE = Commission(kind="action", directive="See what shakes.")


def referred(world: World, to: Party | None = None, commission: Commission = PROBE) -> tuple[Complaint, Referral]:
    """A complaint held by Sara, and a referral of hers to Reza of sales."""
    complaint = world.taken()
    referral = actions.refer(complaint, to=to or world.reza, commission=commission, by=world.sara)
    return complaint, referral


def kinds(complaint: Complaint) -> list[str]:
    entries = Entry.objects.filter(stream__name=complaint.journal_stream).order_by("seq")
    return [entry.kind.removeprefix("complaint.") for entry in entries]


def test_a_referral_appears_with_whom_it_was_sent_to_and_lets_him_read(world: World) -> None:
    complaint, referral = referred(world)
    assert list(received(Desk(standing_of(world.reza)))) == [referral.item]
    assert list(sent(Desk(standing_of(world.sara)))) == [referral.item]
    assert Complaint.objects.visible_to(world.reza).filter(pk=complaint.pk).exists()
    assert complaint.owner == world.sara


def test_the_deadline_of_the_complaint_stands_whatever_was_given_to_others(world: World) -> None:
    complaint = world.taken()
    due = complaint.due_at
    late = Commission(kind="action", directive="Take your time.", due_at=due + timedelta(days=30))
    soon = Commission(kind="action", directive="Hurry.", due_at=due - timedelta(days=1))
    assert actions.refer(complaint, to=world.reza, commission=late, by=world.sara).item.due_at == due
    assert actions.refer(complaint, to=world.reza, commission=soon, by=world.sara).item.due_at == soon.due_at
    complaint.refresh_from_db()
    assert complaint.due_at == due


def test_an_opinion_answers_the_referral_with_all_its_times(world: World) -> None:
    complaint, referral = referred(world)
    with clock.shifted(timedelta(hours=1)):
        actions.accept_referral(complaint, referral=referral, by=world.reza)
    with clock.shifted(timedelta(hours=3)):
        actions.give_opinion(complaint, referral=referral, advice=Advice("The drum is worn."), by=world.reza)
    waiting = Referral.objects.get(pk=referral.pk).item.waiting(clock.now())
    assert round(waiting.whole / timedelta(hours=1)) == 3
    assert round(waiting.working / timedelta(hours=1)) == 2
    assert list(received(Desk(standing_of(world.reza)))) == []
    assert kinds(complaint)[-3:] == ["referred", "referral_accepted", "opinion_given"]


def test_a_second_opinion_on_the_same_referral_is_a_revision_and_the_first_stays(world: World) -> None:
    complaint, referral = referred(world)
    first = actions.give_opinion(complaint, referral=referral, advice=Advice("The drum."), by=world.reza)
    second = actions.give_opinion(complaint, referral=referral, advice=Advice("The belt."), by=world.reza)
    assert second.revision_of == first
    assert [opinion.text for opinion in referral.opinions.all()] == ["The drum.", "The belt."]


@pytest.mark.parametrize("kind", ["action", "expert", "inspection", "approval"])
def test_nobody_is_answered_while_a_referral_of_weight_is_open(world: World, kind: str) -> None:
    complaint, referral = referred(world, commission=Commission(kind=kind, directive="Look."))
    with pytest.raises(Refused, match="still open"):
        actions.respond(complaint, text="Done.", by=world.sara)
    assert complaint.responses.count() == 0
    actions.recall(complaint, referral=referral, reason="Found it myself.", by=world.sara)
    actions.respond(complaint, text="Done.", by=world.sara)
    assert complaint.stage == "responded"


@pytest.mark.parametrize("kind", ["consult", "copy"])
def test_advice_and_copies_never_hold_the_answer_up(world: World, kind: str) -> None:
    complaint, _ = referred(world, commission=Commission(kind=kind, directive="For you."))
    actions.respond(complaint, text="Done.", by=world.sara)
    assert complaint.stage == "responded"


def test_an_open_referral_never_hinders_the_complainant(world: World) -> None:
    complaint, referral = referred(world)
    actions.withdraw(complaint, by=complaint.complainant)
    assert complaint.is_closed
    assert not Referral.objects.open().filter(pk=referral.pk).exists()


def test_a_referral_is_given_back_with_the_reason(world: World) -> None:
    complaint, referral = referred(world)
    actions.return_referral(complaint, referral=referral, reason="Not my machine.", by=world.reza)
    referral = Referral.objects.get(pk=referral.pk)
    assert referral.return_reason == "Not my machine."
    assert referral.item.returned_at is not None
    assert list(received(Desk(standing_of(world.reza)))) == []


def test_what_was_not_seen_yet_is_recalled_and_leaves_the_cartable(world: World) -> None:
    complaint, referral = referred(world)
    actions.recall(complaint, referral=referral, reason="Wrong person.", by=world.sara)
    assert list(received(Desk(standing_of(world.reza)))) == []
    with pytest.raises(Refused, match="dealt with"):
        actions.accept_referral(complaint, referral=referral, by=world.reza)
    assert kinds(complaint)[-1] == "referral_recalled"


def test_a_referral_to_a_unit_lies_with_the_member_who_accepts_it(world: World) -> None:
    complaint, referral = referred(world, to=world.sales.party)
    actions.accept_referral(complaint, referral=referral, by=world.reza)
    referral = Referral.objects.get(pk=referral.pk)
    assert (referral.to, referral.item.holder) == (world.sales.party, world.reza)


def test_whoever_was_asked_may_ask_others(world: World) -> None:
    complaint, referral = referred(world)
    further = actions.refer(complaint, to=world.expert, commission=PROBE, by=world.reza)
    assert further.item.parent == referral.item


@pytest.mark.parametrize("verb", ["accept_referral", "return_referral", "give_opinion", "recall"])
def test_others_do_nothing_to_a_referral_that_is_not_theirs(world: World, verb: str) -> None:
    complaint, referral = referred(world)
    details = {
        "accept_referral": {},
        "return_referral": {"reason": "x"},
        "give_opinion": {"advice": Advice("x")},
        "recall": {"reason": "x"},
    }[verb]
    before = kinds(complaint)
    for outsider in (world.expert, world.auditor, world.administrator):
        with pytest.raises(Refused):
            actions.MENU[verb](complaint, referral=referral, by=outsider, **details)
    assert kinds(complaint) == before
    assert Referral.objects.get(pk=referral.pk).is_open


@pytest.mark.parametrize("who", ["auditor", "administrator", "sara"])
def test_work_is_referred_only_to_those_who_may_do_it(world: World, who: str) -> None:
    complaint = world.taken()
    with pytest.raises(Refused):
        actions.refer(complaint, to=getattr(world, who), commission=PROBE, by=world.sara)
    assert complaint.referrals.count() == 0


def test_nobody_named_in_the_complaint_is_asked_about_it(world: World) -> None:
    complaint = world.taken()
    Complaint.objects.filter(pk=complaint.pk).update(excluded=[world.reza.pk])
    with pytest.raises(Refused):
        actions.refer(complaint, to=world.reza, commission=PROBE, by=world.sara)
    assert complaint.referrals.count() == 0


def test_a_confidential_referral_is_read_by_its_two_sides_and_the_manager(world: World) -> None:
    quiet = Commission(kind="consult", directive="Between us.", is_confidential=True)
    complaint, referral = referred(world, commission=quiet)
    readers = [who for who in ("sara", "reza", "manager", "agent", "expert", "auditor")
               if policy.may_read(standing_of(getattr(world, who)), complaint, referral)]  # fmt: skip
    assert readers == ["sara", "reza", "manager"]


def test_whoever_leaves_hands_his_referrals_over_with_the_right_to_read(world: World) -> None:
    complaint, referral = referred(world)
    actions.hand_over(complaint, of=world.reza, to=world.expert, by=world.administrator)
    assert Referral.objects.get(pk=referral.pk).item.holder == world.expert
    assert Complaint.objects.visible_to(world.expert).filter(pk=complaint.pk).exists()


def test_dealers_and_the_service_centre_are_asked_and_answer_for_themselves(world: World) -> None:
    dealer = cast.unit("Dealer in Tabriz", world.service)
    Unit.objects.filter(pk=dealer.pk).update(kind="dealer")
    seller = cast.person("Vahid Dealer", Role.EXPERT, dealer)
    complaint = actions.take(world.complaint(unit=world.sales), by=world.reza)
    asked = [
        actions.refer(complaint, to=unit.party, commission=PROBE, by=world.reza) for unit in (dealer, world.service)
    ]
    for referral, party in zip(asked, (seller, world.expert), strict=True):
        assert Complaint.objects.visible_to(party).filter(pk=complaint.pk).exists()
        actions.accept_referral(complaint, referral=referral, by=party)
        actions.give_opinion(complaint, referral=referral, advice=Advice(f"Seen by {party}."), by=party)
    assert [referral.opinions.get().text for referral in asked] == ["Seen by Vahid Dealer.", "Seen by Ali Sadeghi."]


def test_what_an_officer_cannot_decide_goes_up_to_the_manager_who_decides(world: World) -> None:
    may_i = Commission(kind="approval", directive="May I promise a new machine?")
    complaint, referral = referred(world, world.manager, may_i)
    assert list(received(Desk(standing_of(world.manager)))) == [referral.item]
    actions.give_opinion(complaint, referral=referral, advice=Advice("You may not; I decide it."), by=world.manager)
    actions.assign(complaint, to=world.manager, by=world.sara)
    assert (complaint.owner, list(received(Desk(standing_of(world.sara))))) == (world.manager, [])
    assert actions.respond(complaint, text="You get a new machine.", by=world.manager).by == world.manager
