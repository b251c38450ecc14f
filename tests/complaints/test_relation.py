"""Relation: linked complaints go their own ways, merged ones are answered together."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from shenava.complaints import actions
from shenava.complaints.models import Complaint, Link
from shenava.journal.actions import Refused
from shenava.journal.models import Entry
from shenava.messages.models import Outgoing
from shenava.people.parties import Introduction
from tests.world import World


def last(complaint: Complaint) -> str:
    return Entry.objects.filter(stream__name=complaint.journal_stream).order_by("-seq")[0].kind


def merged(world: World) -> tuple[Complaint, Complaint]:
    """Two complaints of the same matter: the second was merged into the first."""
    first = world.taken()
    second = world.complaint(complainant=Introduction(name="Her neighbour", email="neighbour@example.com"))
    actions.take(second, by=world.sara)
    actions.mark_duplicate(second, of=first, by=world.sara)
    return first, second


def test_a_link_is_told_on_both_sides_and_taken_back_on_both(world: World) -> None:
    one, other = world.taken(), world.taken()
    actions.link(other, other=one, by=world.sara)
    assert Link.objects.get().first == one
    assert (last(one), last(other)) == ("complaint.linked", "complaint.linked")
    actions.unlink(one, other=other, by=world.sara)
    assert not Link.objects.exists()
    assert (last(one), last(other)) == ("complaint.unlinked", "complaint.unlinked")


def test_nothing_is_linked_with_itself_or_with_what_one_may_not_see(world: World) -> None:
    mine, hidden = world.taken(), world.complaint(unit=world.sales)
    for other in (mine, hidden):
        with pytest.raises(Refused):
            actions.link(mine, other=other, by=world.sara)
    assert not Link.objects.exists()


def test_every_complainant_of_a_merged_matter_is_answered(world: World) -> None:
    first, second = merged(world)
    actions.respond(first, text="The batch is exchanged.", by=world.sara)
    written = Outgoing.objects.filter(purpose="response").values_list("to_email", flat=True)
    assert sorted(written) == ["mahsa@example.com", "neighbour@example.com"]
    assert second.messages.get(kind="response").text == "The batch is exchanged."
    assert last(second) == "complaint.answered_with_another"


def test_a_merge_is_undone_by_opening_it_again(world: World) -> None:
    first, second = merged(world)
    assert last(first) == "complaint.merged_into_it"
    actions.reopen(second, text="It is something else.", by=world.sara)
    assert last(first) == "complaint.merge_undone"
    actions.respond(first, text="The batch is exchanged.", by=world.sara)
    assert second.duplicate_of is None
    assert second.stage == "in_handling"
    assert not second.messages.filter(kind="response").exists()


def test_chains_of_merges_do_not_arise(world: World) -> None:
    _first, second = merged(world)
    third = world.taken()
    with pytest.raises(Refused):
        actions.mark_duplicate(third, of=second, by=world.sara)
    third.refresh_from_db()
    assert not third.is_closed


class TestAtOnce:
    @pytest.fixture
    def db(self, own_database: None) -> None:
        """These commit."""

    def test_two_who_link_the_same_two_the_other_way_round_both_get_through(self, world: World) -> None:
        one, other = world.taken(), world.taken()
        faults: list[BaseException] = []

        def link(mine: Complaint, its: Complaint) -> Callable[[], None]:
            def run() -> None:
                try:
                    for _ in range(20):
                        actions.link(mine, other=its, by=world.sara)
                except BaseException as fault:
                    faults.append(fault)
                finally:
                    connection.close()

            return run

        threads = [threading.Thread(target=link(one, other)), threading.Thread(target=link(other, one))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert faults == []
        assert Link.objects.count() == 1
