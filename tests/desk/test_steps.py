"""Steps of the process on the desk: in the cartable, on the complaint's page, and finished there."""

from __future__ import annotations

from django.test import Client

from shenava.people.models import Party
from shenava.process.models import WorkItem
from tests.process.test_branches import forked
from tests.world import World, log_in


def page(reference: str | None, who: Party) -> str:
    return log_in(Client(), who).get(f"/desk/complaints/{reference}/").content.decode()


def test_a_step_lies_in_the_cartable_under_its_name(world: World) -> None:
    forked(world)
    shown = log_in(Client(), world.expert).get("/desk/cartable/received/").content.decode()
    assert "Name: The machine shakes badly" in shown


def test_whoever_a_step_lies_with_finishes_it_on_the_page_of_the_complaint(world: World) -> None:
    complaint = forked(world)
    item = WorkItem.objects.get(complaint=complaint, node="inspect")
    address = f"/desk/complaints/{complaint.reference}/steps/{item.pk}/"
    assert address in page(complaint.reference, world.expert)
    assert address not in page(complaint.reference, world.sara)
    sent = {f"s{item.pk}-outcome": "sound", f"s{item.pk}-text": "The bearing is worn."}
    answer = log_in(Client(), world.expert).post(address, sent)
    assert (answer.status_code, answer["Location"]) == (302, f"/desk/complaints/{complaint.reference}/")
    item.refresh_from_db()
    assert (item.outcome, item.answer) == ("sound", "The bearing is worn.")
    assert "The bearing is worn." in page(complaint.reference, world.sara)


def test_a_form_without_an_outcome_comes_back_with_what_was_typed(world: World) -> None:
    complaint = forked(world)
    item = WorkItem.objects.get(complaint=complaint, node="inspect")
    address = f"/desk/complaints/{complaint.reference}/steps/{item.pk}/"
    answer = log_in(Client(), world.expert).post(address, {f"s{item.pk}-text": "Half a word"})
    assert answer.status_code == 422
    assert "Half a word" in answer.content.decode()
    item.refresh_from_db()
    assert item.closed_at is None


def test_what_was_finished_meanwhile_is_told_and_changes_nothing(world: World) -> None:
    complaint = forked(world)
    item = WorkItem.objects.get(complaint=complaint, node="inspect")
    address, client = f"/desk/complaints/{complaint.reference}/steps/{item.pk}/", log_in(Client(), world.expert)
    client.post(address, {f"s{item.pk}-outcome": "sound"})
    said = client.post(address, {f"s{item.pk}-outcome": "sound", f"s{item.pk}-text": "Again"}, follow=True)
    assert "It has been dealt with already." in said.content.decode()
    item.refresh_from_db()
    assert item.answer == ""


def test_work_beside_the_process_is_no_step_of_it(world: World) -> None:
    complaint = world.taken()
    item = WorkItem.objects.get(complaint=complaint, kind="stage", closed_at=None)
    address = f"/desk/complaints/{complaint.reference}/steps/{item.pk}/"
    assert log_in(Client(), world.sara).post(address).status_code == 404
