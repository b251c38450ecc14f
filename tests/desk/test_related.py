"""Related complaints on the page: linked, merged, earlier, and only those within one's reach."""

from __future__ import annotations

from django.test import Client

from shenava.complaints import actions
from shenava.complaints.models import Link
from shenava.people.models import Party
from tests.world import World, log_in


def login(party: Party) -> Client:
    """A browser of somebody's own."""
    return log_in(Client(), party)


def test_complaints_are_linked_and_unlinked_by_their_numbers(world: World) -> None:
    one, other = world.taken(), world.taken()
    sara, page = login(world.sara), f"/desk/complaints/{one.reference}/"
    sara.post(page + "links/", {"reference": other.reference})
    assert Link.objects.count() == 1
    assert other.reference in sara.get(page).content.decode()
    sara.post(f"{page}links/{other.reference}/removal/")
    assert not Link.objects.exists()


def test_the_number_of_a_hidden_complaint_is_like_one_that_does_not_exist(world: World) -> None:
    one, hidden = world.taken(), world.complaint(unit=world.sales)
    sara, page = login(world.sara), f"/desk/complaints/{one.reference}/links/"
    answers = [sara.post(page, {"reference": number}) for number in (hidden.reference, "1405-999999")]
    told = [answer.content.decode().count("There is no complaint with this number") for answer in answers]
    assert told == [1, 1]
    assert not Link.objects.exists()


def test_earlier_complaints_of_the_person_show_on_the_page_of_the_next(world: World) -> None:
    first = world.responded()
    actions.record_acceptance(first, by=first.complainant)
    second = world.taken()
    assert first.reference in login(world.sara).get(f"/desk/complaints/{second.reference}/").content.decode()


def test_a_merged_complaint_shows_on_both_pages(world: World) -> None:
    first, second = world.taken(), world.taken()
    actions.mark_duplicate(second, of=first, by=world.sara)
    sara = login(world.sara)
    assert "merged into this one" in sara.get(f"/desk/complaints/{first.reference}/").content.decode()
    assert "this one was merged into it" in sara.get(f"/desk/complaints/{second.reference}/").content.decode()
