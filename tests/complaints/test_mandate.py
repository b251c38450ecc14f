"""Mandates: who speaks for whom is on record, and somebody looks at the proof."""

from __future__ import annotations

import pytest

from shenava.attachments import store
from shenava.complaints import actions, policy, preconditions
from shenava.complaints.models import Complaint
from shenava.journal.actions import Refused
from shenava.journal.models import Entry
from shenava.messages.models import Outgoing
from shenava.people.parties import Introduction
from tests.world import World


def represented(world: World, *, proof: bytes = b"") -> Complaint:
    """Mahsa Kianpour complains through her lawyer, with a power of attorney or without."""
    mandate = store.take_in(proof, name="power of attorney.txt") if proof else None
    lawyer = Introduction(name="Kaveh Vakili", email="kaveh@example.com")
    return world.complaint(representative=lawyer, authority="lawyer", mandate=mandate)


def spoken_for(world: World, *, email: str = "") -> Complaint:
    """The same, with a mandate that was accepted."""
    lawyer = Introduction(name="Kaveh Vakili", email="kaveh@example.com")
    mahsa = Introduction(name="Mahsa Kianpour", email=email)
    complaint = world.complaint(complainant=mahsa, representative=lawyer, authority="lawyer")
    actions.accept_mandate(complaint, text="The original was shown.", by=world.agent)
    return complaint


def told(complaint: Complaint) -> list[str]:
    entries = Entry.objects.filter(stream__name=f"complaint:{complaint.pk}").order_by("seq")
    return list(entries.values_list("kind", flat=True))


def test_the_journal_says_who_speaks_for_whom(world: World) -> None:
    complaint = represented(world)
    entry = Entry.objects.get(kind="complaint.represented")
    assert entry.data["representative"] == complaint.representative_id
    assert entry.data["complainant"] == complaint.complainant_id
    assert "complaint.represented" not in told(world.complaint())


def test_a_file_handed_in_as_proof_belongs_to_the_complaint_and_is_not_accepted_by_itself(world: World) -> None:
    complaint = represented(world, proof=b"I hereby appoint ...")
    assert complaint.mandate.file in complaint.handed_in()
    assert not complaint.is_mandated
    actions.accept_mandate(complaint, file=complaint.mandate.file, by=world.agent)
    accepted = Complaint.objects.get().mandate
    assert (accepted.accepted_by, accepted.file.name) == (world.agent, "power of attorney.txt")
    assert told(complaint)[-1] == "complaint.mandate_accepted"


def test_a_mandate_can_be_shown_at_the_counter_or_come_later(world: World) -> None:
    by_word, later = represented(world), represented(world)
    actions.accept_mandate(by_word, text="The original was shown.", by=world.agent)
    letter = store.take_in(b"I hereby appoint ...", name="later.txt")
    addition = actions.Addition(text="Here it is.", channel="portal", files=(letter,))
    assert later.representative is not None
    actions.add_information(later, addition=addition, by=later.representative)
    actions.accept_mandate(later, file=letter, by=world.agent)
    assert [one.is_mandated for one in Complaint.objects.order_by("pk")] == [True, True]


def test_nothing_is_accepted_without_a_proof_or_by_a_file_of_something_else(world: World) -> None:
    complaint, stray = represented(world), store.take_in(b"x", name="stray.txt")
    with pytest.raises(Refused):
        actions.accept_mandate(complaint, by=world.agent)
    with pytest.raises(Refused):
        actions.accept_mandate(complaint, file=stray, by=world.agent)
    assert not Complaint.objects.get().is_mandated
    assert "complaint.mandate_accepted" not in told(complaint)


def test_only_a_mandate_that_is_still_to_be_proven_is_accepted(world: World) -> None:
    alone, spoken_for = world.complaint(), represented(world)
    assert policy.may(world.agent, "accept_mandate", alone).reason == preconditions.NO_MANDATE.reason
    actions.accept_mandate(spoken_for, text="Shown.", by=world.agent)
    again = Complaint.objects.get(pk=spoken_for.pk)
    assert policy.may(world.agent, "accept_mandate", again).reason == preconditions.NO_MANDATE.reason
    assert not policy.may(world.expert, "accept_mandate", represented(world))


def test_a_mandate_is_withdrawn_for_a_reason_and_has_to_be_proven_anew(world: World) -> None:
    complaint = spoken_for(world)
    mandate = actions.withdraw_mandate(complaint, reason="Mahsa speaks for herself now.", by=world.sara)
    again = Complaint.objects.get(pk=complaint.pk)
    assert (again.is_mandated, mandate.withdrawn_by, mandate.accepted_by) == (False, world.sara, world.agent)
    entry = Entry.objects.filter(stream__name=complaint.journal_stream).latest("seq")
    assert (entry.kind, entry.data["representative"]) == ("complaint.mandate_withdrawn", complaint.representative_id)
    assert policy.may(world.sara, "withdraw_mandate", again).reason == preconditions.NOT_MANDATED.reason
    actions.accept_mandate(again, text="She came with him.", by=world.sara)
    renewed = Complaint.objects.get(pk=complaint.pk)
    assert (renewed.is_mandated, renewed.mandate.withdrawn_at, renewed.mandate.withdrawn_because) == (True, None, "")


def test_whoever_spoke_and_the_complainant_are_told_why(world: World) -> None:
    complaint = spoken_for(world, email="mahsa@example.com")
    actions.withdraw_mandate(complaint, reason="Mahsa speaks for herself now.", by=world.sara)
    mails = list(Outgoing.objects.filter(purpose="notice").order_by("to_email"))
    assert [mail.to_email for mail in mails] == ["kaveh@example.com", "mahsa@example.com"]
    assert all("Mahsa speaks for herself now." in mail.body for mail in mails)
    assert [bool(mail.key_hash) for mail in mails] == [True, False]
    assert complaint.messages.get(kind="information").text == "Mahsa speaks for herself now."


def test_only_an_accepted_mandate_is_withdrawn_and_only_by_those_who_accept(world: World) -> None:
    unproven, accepted = represented(world), spoken_for(world)
    for complaint, by in ((unproven, world.sara), (accepted, world.expert), (accepted, accepted.representative)):
        with pytest.raises(Refused):
            actions.withdraw_mandate(complaint, reason="No.", by=by)
    assert Complaint.objects.get(pk=accepted.pk).is_mandated
    assert "complaint.mandate_withdrawn" not in [*told(unproven), *told(accepted)]
