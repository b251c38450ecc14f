"""What the set-up says is kept while the record of its changes stands still."""

from __future__ import annotations

from django.db import transaction

from shenava.common.remembering import remembering
from shenava.journal.unchanged import while_unchanged
from shenava.people import actions
from shenava.people.models import Organisation
from tests.world import World


class Asked:
    """A question that counts how often it was asked."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


def answer(asked: Asked) -> int:
    with remembering():
        return while_unchanged(Asked, asked)


def rename(world: World, name: str) -> None:
    actions.change_unit(world.sales, details={"name": name}, by=world.administrator)


def test_it_is_asked_once_until_something_of_the_set_up_is_changed(world: World) -> None:
    asked = Asked()
    assert [answer(asked), answer(asked)] == [1, 1]
    world.complaint()
    assert answer(asked) == 1
    rename(world, "Service")
    assert [answer(asked), answer(asked)] == [2, 2]


def test_what_was_undone_is_not_kept(world: World) -> None:
    asked = Asked()
    answer(asked)
    with transaction.atomic():
        rename(world, "Service")
        assert answer(asked) == 2
        transaction.set_rollback(True)
    assert answer(asked) == 3


def test_whoever_changes_the_set_up_sees_it_as_it_is_now(world: World) -> None:
    asked = Asked()
    with remembering():
        while_unchanged(Asked, asked)
        rename(world, "Service")
        assert [while_unchanged(Asked, asked), while_unchanged(Asked, asked)] == [2, 3]
    assert answer(asked) == 4


def test_outside_of_a_request_and_a_verb_nothing_is_kept(world: World) -> None:
    asked = Asked()
    assert [while_unchanged(Asked, asked), while_unchanged(Asked, asked)] == [1, 2]


def test_each_gets_an_organisation_of_his_own_to_write_into(world: World) -> None:
    with remembering():
        first = Organisation.current()
    assert first is not None
    first.name = "Typed in a form and refused"
    with remembering():
        assert str(Organisation.current()) == "Arman Care"


def test_what_comes_in_goes_to_whoever_is_there_now(world: World) -> None:
    assert world.complaint().owner == world.service.party
    for party in (world.sara, world.reza, world.agent, world.expert, world.manager):
        actions.deactivate(party, to=None, by=world.administrator)
    fallback = {"fallback_holder": world.administrator}
    actions.change_unit(world.service, details=fallback, by=world.administrator)
    assert world.complaint().owner == world.administrator
