"""The page of a complaint: as many queries whatever happened, and forms that come when they are asked for."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shenava.complaints import actions
from shenava.complaints.actions import Commission, Look
from shenava.complaints.models import Complaint
from tests.world import World, log_in

QUERIES = 12


def page(complaint: Complaint) -> str:
    return f"/desk/complaints/{complaint.reference}/"


def full(world: World) -> Complaint:
    """A complaint in which everything has happened once."""
    complaint = world.taken()
    actions.note(complaint, text="It is the drum.", by=world.sara)
    actions.assess(complaint, look=Look(3, 3), by=world.sara)
    actions.name_staff(complaint, staff=world.reza, by=world.sara)
    side = complaint.complainant
    actions.record_hearing(complaint, side=side, heard_on=date(2026, 11, 1), note="It was so.", by=world.sara)
    actions.refer(complaint, to=world.expert, commission=Commission(kind="expert", directive="See."), by=world.sara)
    actions.link(complaint, other=world.taken(), by=world.sara)
    return complaint


def test_it_takes_as_many_queries_after_forty_notes_and_looks_as_after_one(world: World) -> None:
    complaint = full(world)
    sara = log_in(Client(), world.sara)
    found = []
    for more in (1, 40):
        for number in range(more):
            actions.note(complaint, text=f"Note {number}.", by=world.expert)
            actions.assess(complaint, look=Look(3, 3), by=world.manager)
        sara.get(page(complaint))
        with CaptureQueriesContext(connection) as seen:
            assert sara.get(page(complaint)).status_code == 200
        found.append(len(seen))
    assert found == [QUERIES, QUERIES]


def test_a_closed_form_is_not_sent_before_somebody_asks_for_it(world: World) -> None:
    complaint = world.taken()
    sara = log_in(Client(), world.sara)
    shown = sara.get(page(complaint)).content.decode()
    assert f'href="{page(complaint)}?do=referrals#form-referrals"' in shown
    assert f'action="{page(complaint)}referrals/"' not in shown
    asked = sara.get(page(complaint), {"do": "referrals"}).content.decode()
    assert 'id="form-referrals" method="post"' in asked
    assert 'id="form-assignments" method="post"' not in asked


def test_asking_for_a_form_that_is_none_changes_nothing(world: World) -> None:
    complaint = world.taken()
    sara = log_in(Client(), world.sara)
    for noun in ("holding", "nothing", "<b>", "closure"):
        answer = sara.get(page(complaint), {"do": noun})
        assert answer.status_code == 200
        assert 'id="form-closure" method="post"' not in answer.content.decode()
