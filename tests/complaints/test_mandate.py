"""Mandates: who speaks for whom is on record, and somebody looks at the proof."""

from __future__ import annotations

import pytest

from shenava.attachments import store
from shenava.complaints import actions, policy, preconditions
from shenava.complaints.models import Complaint
from shenava.journal.actions import Refused
from shenava.journal.models import Entry
from shenava.people.parties import Introduction
from tests.world import World


def represented(world: World, *, proof: bytes = b"") -> Complaint:
    """Mahsa Kianpour complains through her lawyer, with a power of attorney or without."""
    mandate = store.take_in(proof, name="power of attorney.txt") if proof else None
    lawyer = Introduction(name="Kaveh Vakili", email="kaveh@example.com")
    return world.complaint(representative=lawyer, authority="lawyer", mandate=mandate)


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
