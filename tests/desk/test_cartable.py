"""The cartable: its folders, whose work they show, and what has changed since one looked."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shenava.common import clock
from shenava.complaints import actions, cartable, personal
from shenava.complaints.actions import Commission
from shenava.complaints.cartable import Desk
from shenava.complaints.models import Complaint, Look
from shenava.people.models import Delegation, Party, Role
from shenava.people.standing import Standing, standing_of
from shenava.process.models import WorkItem
from tests.world import World, log_in


def login(party: Party) -> Client:
    return log_in(Client(), party)


def lines(client: Client, folder: str, **asked: str) -> str:
    answer = client.get(f"/desk/cartable/{folder}/", asked)
    assert answer.status_code == 200
    return answer.content.decode()


def deputise(world: World, *, of: Party, deputy: Party) -> None:
    """`deputy` stands in for `of` for a week."""
    begins = clock.now() - timedelta(hours=1)
    Delegation.objects.create(delegator=of, deputy=deputy, starts_at=begins, ends_at=begins + timedelta(days=7))


def test_the_scope_parts_my_work_from_that_of_my_units_and_of_those_i_stand_in_for(world: World) -> None:
    deputise(world, of=world.reza, deputy=world.sara)
    mine, of_unit = world.taken(), world.complaint()
    of_reza = world.complaint(unit=world.sales)
    actions.take(of_reza, by=world.reza)
    sara = login(world.sara)
    shown = {scope: lines(sara, "received", scope=scope) for scope in ("all", "mine", "units", "deputised")}
    seen = {scope: {c for c in (mine, of_unit, of_reza) if c.reference in text} for scope, text in shown.items()}
    assert seen == {
        "all": {mine, of_unit, of_reza},
        "mine": {mine},
        "units": {of_unit},
        "deputised": {of_reza},
    }


def test_a_scope_that_does_not_exist_shows_everything(world: World) -> None:
    complaint = world.taken()
    assert complaint.reference in lines(login(world.sara), "received", scope="'; drop")


def test_what_the_people_of_my_units_sent_is_shown_in_the_scope_of_units(world: World) -> None:
    complaint = world.taken()
    actions.refer(complaint, to=world.reza, commission=Commission(kind="action", directive="Look."), by=world.sara)
    expert = login(world.expert)
    assert complaint.reference in lines(expert, "sent", scope="units")
    assert complaint.reference not in lines(expert, "sent", scope="mine")


def test_a_copy_lies_in_its_own_folder_until_it_is_read(world: World) -> None:
    complaint = world.taken()
    copy = Commission(kind="copy", directive="For your knowledge.")
    referral = actions.refer(complaint, to=world.reza, commission=copy, by=world.sara)
    reza = login(world.reza)
    assert complaint.reference in lines(reza, "copies")
    assert complaint.reference not in lines(reza, "received")
    actions.accept_referral(complaint, referral=referral, by=world.reza)
    assert complaint.reference not in lines(reza, "copies")


def test_work_past_its_date_is_overdue_and_heads_the_list(world: World) -> None:
    late = world.taken()
    with clock.shifted(timedelta(days=12)):
        fresh = world.taken()
        sara = login(world.sara)
        overdue, received = lines(sara, "overdue"), lines(sara, "received")
    assert late.reference in overdue
    assert fresh.reference not in overdue
    order = [received.index(mark) for mark in (">Overdue<", late.reference, ">Later<", fresh.reference)]
    assert order == sorted(order)


def test_drafts_are_ones_own_in_every_scope(world: World) -> None:
    complaint = world.taken()
    sara = login(world.sara)
    sara.post(f"/desk/complaints/{complaint.reference}/notes/", {"text": "Half a thought", "keep": "1"})
    assert "Half a thought" in lines(sara, "drafts")
    assert "Half a thought" not in lines(login(world.manager), "drafts")


def test_the_archive_of_mine_holds_what_i_answered_for(world: World) -> None:
    of_sara, of_manager = world.responded(), world.taken(by=world.manager)
    actions.record_acceptance(of_sara, by=of_sara.complainant)
    actions.mark_not_a_complaint(of_manager, text="Praise.", by=world.manager)
    sara = login(world.sara)
    assert of_manager.reference in lines(sara, "archive")
    assert of_manager.reference not in lines(sara, "archive", scope="mine")
    assert of_sara.reference in lines(sara, "archive", scope="mine")


def test_all_folders_are_counted_in_one_query_and_no_further_than_a_hundred(world: World) -> None:
    complaint = world.taken()
    copies = [
        WorkItem(
            complaint=complaint, holder=world.sara, kind="task", node="in_handling",
            sent_by=world.system, sent_at=clock.now(),
        )
        for _ in range(120)
    ]  # fmt: skip
    WorkItem.objects.bulk_create(copies)
    standing = standing_of(world.sara)
    with CaptureQueriesContext(connection) as asked:
        found = cartable.counts(standing)
    assert len(asked) == 1
    assert found["received"] == cartable.CAP
    assert (found["copies"], "archive" in found) == (0, False)
    assert "99+" in lines(login(world.sara), "sent")


def test_what_others_did_since_i_looked_is_marked_and_what_i_did_is_not(world: World) -> None:
    complaint = world.taken()
    sara, page = login(world.sara), f"/desk/complaints/{complaint.reference}/"
    assert "data-changed" not in lines(sara, "received")
    sara.get(page)
    actions.note(complaint, text="By myself.", by=world.sara)
    assert "data-changed" not in lines(sara, "received")
    actions.note(complaint, text="The technician called.", by=world.expert)
    assert "data-changed" in lines(sara, "received")
    sara.get(page)
    assert "data-changed" not in lines(sara, "received")


def test_a_look_is_kept_for_each_reader_alone(world: World) -> None:
    complaint = world.taken()
    login(world.sara).get(f"/desk/complaints/{complaint.reference}/")
    assert list(Look.objects.values_list("party_id", "complaint_id")) == [(world.sara.pk, complaint.pk)]
    answer = login(world.administrator).get(f"/desk/complaints/{complaint.reference}/")
    assert answer.status_code == 404
    assert Look.objects.count() == 1


def test_whoever_is_named_finds_the_complaint_in_no_folder(world: World) -> None:
    complaint = world.taken()
    actions.refer(complaint, to=world.reza, commission=Commission(kind="copy", directive="Look."), by=world.sara)
    Complaint.objects.filter(pk=complaint.pk).update(excluded=[world.sara.pk, world.reza.pk])
    for party in (world.sara, world.reza):
        shown = [cartable.FOLDERS[key].rows(Desk(standing_of(party))) for key in cartable.FOLDERS]
        assert [list(rows) for rows in shown] == [[]] * len(cartable.FOLDERS)
        assert set(cartable.counts(standing_of(party)).values()) == {0}


def test_a_folder_asks_as_much_for_thirty_lines_as_for_three(world: World) -> None:
    sara = login(world.sara)
    for _ in range(3):
        sara.get(f"/desk/complaints/{world.taken().reference}/")
    with CaptureQueriesContext(connection) as few:
        lines(sara, "received")
    for _ in range(9):
        sara.get(f"/desk/complaints/{world.taken().reference}/")
    with CaptureQueriesContext(connection) as many:
        lines(sara, "received")
    assert len(many) == len(few) == 8


def test_what_is_counted_follows_the_clock(world: World) -> None:
    complaint, standing = world.taken(), standing_of(world.sara)
    assert cartable.counts(standing)["overdue"] == 0
    with clock.set_to(complaint.due_at + timedelta(days=1)):
        assert cartable.counts(standing)["overdue"] == 1


def test_what_is_counted_follows_whatever_changes_in_ones_standing(world: World) -> None:
    personal.flag(world.reza, world.taken())
    bound = Standing(
        world.reza.pk, "person", roles={Role.COMPLAINT_OFFICER: frozenset()}, ids=frozenset({world.reza.pk})
    )
    everywhere = Standing(
        world.reza.pk, "person", roles={Role.COMPLAINTS_MANAGER: None}, ids=frozenset({world.reza.pk})
    )
    assert (bound == everywhere, hash(bound) == hash(everywhere)) == (False, True)
    assert [cartable.counts(one)["follow-up"] for one in (bound, everywhere, bound)] == [0, 1, 0]
    assert cartable.counts(standing_of(world.reza))["received"] == 0
    deputise(world, of=world.sara, deputy=world.reza)
    assert cartable.counts(standing_of(Party.objects.get(pk=world.reza.pk)))["received"] == 1
