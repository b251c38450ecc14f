"""Moving open complaints on the desk: the plan first, then the deed, then what became of them, and back."""

from __future__ import annotations

from django.test import Client

from shenava.complaints.actions.going_over import carry_out
from shenava.process import publishing
from shenava.process.models import Instance, Migration
from tests.complaints.test_going_over import renamed
from tests.desk.test_versions import words
from tests.process.samples import branching
from tests.world import World, log_in

PAGE = "/desk/processes/complaint/move/"


def two_versions(world: World) -> Client:
    """Two complaints on the first version, and a second one in which the step of one of them has another key."""
    publishing.publish(branching(), by=world.administrator)
    world.taken()
    world.complaint()
    publishing.publish(renamed(branching(), "in_handling", "at_work"), by=world.administrator)
    return log_in(Client(), world.administrator)


def versions() -> list[int]:
    return list(Instance.objects.order_by("pk").values_list("version__number", flat=True))


def test_the_plan_counts_by_step_and_asks_only_for_the_step_that_is_gone(world: World) -> None:
    client = two_versions(world)
    told = client.get(PAGE)
    assert [(step, place.runs, place.is_gone) for step, place in told.context["places"]] == [
        ("Registered", 1, False), ("In handling", 1, True),
    ]  # fmt: skip
    assert [field.name for field in told.context["form"].places()] == ["to_in_handling"]
    assert "In handling Its step is gone. 1" in words(told)
    assert versions() == [2, 2]


def test_the_work_goes_where_it_is_said_and_all_of_it_comes_back(world: World) -> None:
    client = two_versions(world)
    sent = {"from": "2", "mode": "chosen", "to_in_handling": "at_work"}
    assert client.post(PAGE, sent).status_code == 302
    migration = Migration.objects.get()
    assert "hx-trigger" in client.get(PAGE).content.decode()
    carry_out(migration.pk)
    assert versions() == [3, 3]
    shown = client.get(PAGE)
    assert "gone over: 2" in words(shown)
    assert "hx-trigger" not in shown.content.decode().partition('id="moved"')[2]
    assert client.post(f"{PAGE}{migration.pk}/reversal/").status_code == 302
    carry_out(migration.pk)
    assert versions() == [2, 2]
    again = client.post(f"{PAGE}{migration.pk}/reversal/", follow=True)
    assert "This has been put back already." in words(again)


def test_only_new_ones_moves_nothing_and_what_is_no_choice_is_refused(world: World) -> None:
    client = two_versions(world)
    assert client.post(PAGE, {"from": "2", "mode": "new"}).status_code == 302
    wrong = ({"mode": "all"}, {"mode": "chosen", "to_in_handling": "closed"}, {})
    assert [client.post(PAGE, {"from": "2"} | one).status_code for one in wrong] == [422] * 3
    assert client.get(f"{PAGE}?from=77").status_code == 404
    assert "No open complaint follows an earlier version" in words(client.get(f"{PAGE}?from=3"))
    assert (Migration.objects.count(), versions()) == (0, [2, 2])


def test_those_that_stay_are_named_by_number_and_reason(world: World) -> None:
    client = two_versions(world)
    client.post(PAGE, {"from": "2", "mode": "chosen", "to_in_handling": ""})
    carry_out(Migration.objects.get().pk)
    told = words(client.get(PAGE))
    assert "Its step is gone. (1)" in told
    assert Instance.objects.get(version__number=2).complaint.reference in told
