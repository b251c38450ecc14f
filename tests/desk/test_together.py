"""Several complaints at once: each is done or refused by itself, and nothing typed is lost."""

from __future__ import annotations

from django.test import Client

from shenava.complaints import actions
from shenava.complaints.models import Complaint, Flag, Referral
from shenava.people.models import Party
from tests.world import World, log_in

REFERRED = {"kind": "action", "directive": "See what shakes.", "urgency": "normal"}


def login(party: Party) -> Client:
    return log_in(Client(), party)


def references(*complaints: Complaint) -> list[str]:
    return [str(complaint.reference) for complaint in complaints]


def test_the_form_comes_first_and_changes_nothing(world: World) -> None:
    one, two = world.complaint(), world.complaint()
    answer = login(world.sara).post("/desk/together/assignments/", {"complaint": references(one, two), "ask": "1"})
    text = answer.content.decode()
    assert (answer.status_code, one.reference in text, two.reference in text) == (200, True, True)
    assert {complaint.owner_id for complaint in Complaint.objects.all()} == {world.service.pk}


def test_each_chosen_complaint_is_assigned_and_told(world: World) -> None:
    one, two, third = world.complaint(), world.complaint(), world.complaint()
    asked = {"complaint": references(one, two), "to": world.sara.pk}
    answer = login(world.manager).post("/desk/together/assignments/", asked)
    assert "2 of 2 were done." in answer.content.decode()
    owners = dict(Complaint.objects.values_list("pk", "owner_id"))
    assert owners == {one.pk: world.sara.pk, two.pk: world.sara.pk, third.pk: world.service.pk}


def test_one_that_is_refused_says_why_and_keeps_what_was_typed_for_another_try(world: World) -> None:
    held, free = world.taken(), world.complaint()
    asked = {"complaint": references(held, free), "to": world.reza.pk} | REFERRED
    text = login(world.sara).post("/desk/together/referrals/", asked).content.decode()
    assert "1 of 2 were done." in text
    assert "Somebody else holds this complaint; take it first." in text
    assert list(Referral.objects.values_list("complaint_id", flat=True)) == [held.pk]
    again = text.split("Try again", 1)[1]
    assert free.reference in again
    assert held.reference not in again
    assert "See what shakes." in again


def test_what_is_missing_is_said_at_the_field_and_nothing_is_done(world: World) -> None:
    complaint = world.taken()
    answer = login(world.sara).post(
        "/desk/together/referrals/", {"complaint": references(complaint)} | REFERRED | {"to": ""}
    )
    assert answer.status_code == 422
    assert "See what shakes." in answer.content.decode()
    assert Referral.objects.count() == 0


def test_flagging_is_for_oneself_and_twice_is_once(world: World) -> None:
    one, two = world.taken(), world.taken()
    sara = login(world.sara)
    sara.post("/desk/together/flags/", {"complaint": references(one)})
    sara.post("/desk/together/flags/", {"complaint": references(one, two)})
    assert set(Flag.objects.values_list("party_id", "complaint_id")) == {
        (world.sara.pk, one.pk),
        (world.sara.pk, two.pk),
    }


def test_what_one_may_not_see_is_passed_over_without_a_word(world: World) -> None:
    hidden = world.complaint(unit=world.sales)
    actions.take(hidden, by=world.reza)
    answer = login(world.sara).post(
        "/desk/together/flags/", {"complaint": [*references(hidden), "9999-000001", "\x00"]}
    )
    text = answer.content.decode()
    assert "Nothing was chosen." in text
    assert hidden.reference not in text
    assert Flag.objects.count() == 0


def test_an_auditor_may_choose_and_is_told_why_nothing_was_done(world: World) -> None:
    complaint = world.taken()
    asked = {"complaint": references(complaint), "to": world.reza.pk}
    answer = login(world.auditor).post("/desk/together/assignments/", asked)
    assert "0 of 1 were done." in answer.content.decode()
    assert Complaint.objects.get(pk=complaint.pk).owner == world.sara


def test_the_way_back_leads_nowhere_else(world: World) -> None:
    sara = login(world.sara)
    for elsewhere in ("https://evil.example/", "//evil.example/desk/", "javascript:alert(1)"):
        text = sara.post("/desk/together/flags/", {"back": elsewhere}).content.decode()
        assert "evil.example" not in text
        assert "javascript:alert" not in text


def test_other_verbs_are_not_done_together(world: World) -> None:
    complaint = world.taken()
    answer = login(world.sara).post("/desk/together/closure/", {"complaint": references(complaint), "text": "No."})
    assert answer.status_code == 404
    assert Complaint.objects.get(pk=complaint.pk).closed_at is None


def test_next_leads_through_the_cartable_and_back_to_it(world: World) -> None:
    one, two = world.taken(), world.taken()
    sara = login(world.sara)
    place = "/desk/cartable/received/next/"
    assert sara.get(place, {"after": one.reference}).url == f"/desk/complaints/{two.reference}/"
    assert sara.get(place, {"after": two.reference}).url == "/desk/cartable/received/"
    assert sara.get(place, {"after": "nothing"}).url == f"/desk/complaints/{one.reference}/"
    assert sara.get("/desk/cartable/drafts/next/").status_code == 404


def test_the_keys_are_a_page_as_well(world: World) -> None:
    assert "<kbd>j</kbd>" in login(world.sara).get("/desk/keys/").content.decode()
