"""Views of the list: kept under a name, shared with colleagues, and never a way past anybody's reach."""

from __future__ import annotations

import pytest
from django.test import Client

from shenava.complaints.models import Complaint, ListView
from shenava.journal.models import Entry
from shenava.people.models import Party
from tests.world import World, log_in

LIST = "/desk/complaints/"
VIEWS = "/desk/complaints/views/"


def login(party: Party) -> Client:
    return log_in(Client(), party)


def keep(client: Client, name: str, query: str = "", **more: object) -> str:
    """Keep a view and go where the desk goes then."""
    answer = client.post(VIEWS, {"name": name, "query": query, "column": ["reference", "title"], **more})
    assert answer.status_code == 302
    return str(answer["Location"])


def names(client: Client) -> list[str]:
    return [view.name for view in client.get(LIST).context["looks"].views]


def shown(client: Client, address: str) -> set[str]:
    return {complaint.reference for complaint, _cells in client.get(address).context["rows"]}


def test_a_view_keeps_filters_order_and_columns_under_a_name(world: World) -> None:
    enquiry = world.complaint(record_type="enquiry")
    world.taken()
    sara = login(world.sara)
    address = keep(sara, "Enquiries", "?record_type=enquiry&order=due_at&after=abc")
    answer = sara.get(address)
    assert [complaint.reference for complaint, _ in answer.context["rows"]] == [enquiry.reference]
    assert [column.key for column in answer.context["looks"].columns] == ["reference", "title"]
    assert ListView.objects.get().asked == {"record_type": ["enquiry"], "order": ["due_at"]}
    assert len(sara.get(LIST).context["looks"].columns) > 2


def test_a_view_is_ones_own_until_it_is_shared(world: World) -> None:
    sara, reza = login(world.sara), login(world.reza)
    keep(sara, "Mine")
    keep(sara, "Ours", is_shared="on")
    assert (names(sara), names(reza)) == (["Mine", "Ours"], ["Ours"])
    keep(sara, "Ours")
    assert (names(sara), names(reza)) == (["Mine", "Ours"], [])


def test_a_shared_view_shows_everybody_only_what_is_within_his_own_reach(world: World) -> None:
    of_service = world.taken()
    address = keep(login(world.manager), "Everything open", "?state=open", is_shared="on")
    assert shown(login(world.manager), address) == {of_service.reference}
    assert shown(login(world.reza), address) == set()
    Complaint.objects.update(excluded=[world.manager.pk])
    assert shown(login(world.manager), address) == set()


def test_what_is_faulty_in_a_query_is_not_kept_and_the_rest_is(world: World) -> None:
    keep(login(world.sara), "Half", "?stage=nowhere&text=old%00+drum&late=on&unknown=1&state=")
    assert ListView.objects.get().asked == {"text": ["old drum"], "late": ["on"]}


@pytest.mark.parametrize("name", ["", " ", "x" * 61])
def test_a_view_without_a_fitting_name_is_refused_and_nothing_is_kept(world: World, name: str) -> None:
    answer = login(world.sara).post(VIEWS, {"name": name, "query": "?state=open"}, follow=True)
    assert "at most 60 letters" in answer.content.decode()
    assert not ListView.objects.exists()


def test_the_view_of_another_can_neither_be_removed_nor_replaced_nor_recoloured(world: World) -> None:
    sara, reza = login(world.sara), login(world.reza)
    keep(sara, "Ours", "?state=open", is_shared="on")
    before = ListView.objects.values().get()
    reza.post(f"{VIEWS}{before['id']}/removal/")
    reza.post(LIST + "columns/", {"column": ["title"], "view": before["id"]})
    keep(reza, "Ours", "?state=closed")
    assert ListView.objects.filter(party=world.sara).values().get() == before
    assert names(reza) == ["Ours", "Ours"]


@pytest.mark.parametrize("who", ["manager", "administrator"])
def test_a_manager_or_an_administrator_removes_what_another_shares_and_reads_whose_it_was(
    world: World, who: str
) -> None:
    address = keep(login(world.sara), "Misleading", "?state=open", is_shared="on")
    tidying = login(getattr(world, who))
    assert "Remove the view of Sara Rostami" in tidying.get(address).content.decode()
    answer = tidying.post(f"{VIEWS}{ListView.objects.get().pk}/removal/", follow=True)
    assert "“Misleading” of Sara Rostami was removed" in answer.content.decode()
    assert not ListView.objects.exists()
    told = Entry.objects.get(kind="view.removed")
    assert (told.by, told.data["owner"]) == (getattr(world, who), world.sara.pk)


def test_a_view_that_is_not_shared_stays_its_owners_alone(world: World) -> None:
    address = keep(login(world.sara), "Mine", "?state=open")
    login(world.manager).post(f"{VIEWS}{ListView.objects.get().pk}/removal/")
    assert ListView.objects.count() == 1
    assert "Remove the view of" not in login(world.manager).get(address).content.decode()
    keep(login(world.sara), "Ours", is_shared="on")
    shared = ListView.objects.get(name="Ours")
    assert login(world.reza).post(f"{VIEWS}{shared.pk}/removal/").status_code == 403
    assert not Entry.objects.filter(kind="view.removed").exists()


def test_a_view_is_removed_by_its_owner_and_the_columns_of_every_day_stay(world: World) -> None:
    sara = login(world.sara)
    keep(sara, "Mine")
    sara.post(LIST + "columns/", {"column": ["title"]})
    for view in ListView.objects.all():
        sara.post(f"{VIEWS}{view.pk}/removal/")
    assert [(view.name, view.columns) for view in ListView.objects.all()] == [("", ["title"])]


def test_columns_that_are_chosen_in_a_view_of_ones_own_are_kept_there(world: World) -> None:
    sara = login(world.sara)
    keep(sara, "Mine")
    view = ListView.objects.get()
    sara.post(LIST + "columns/", {"column": ["language"], "view": view.pk})
    assert [column.key for column in sara.get(f"{LIST}?view={view.pk}").context["looks"].columns] == ["language"]
    assert len(sara.get(LIST).context["looks"].columns) > 2


def test_the_views_of_somebody_who_has_left_are_not_offered(world: World) -> None:
    keep(login(world.sara), "Ours", is_shared="on")
    world.sara.user.is_active = False
    world.sara.user.save()
    assert names(login(world.reza)) == []


@pytest.mark.parametrize("view", ["0", "x", "٣", "9" * 40, "-1"])
def test_a_view_that_does_not_exist_leaves_the_list_as_it_is(world: World, view: str) -> None:
    complaint = world.taken()
    assert shown(login(world.sara), f"{LIST}?view={view}") == {complaint.reference}
