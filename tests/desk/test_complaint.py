"""The complaint page of the desk: every verb by its address, refusals with their reason, nothing lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from shenava.common import clock
from shenava.complaints import actions
from shenava.complaints.models import Complaint
from shenava.desk.asked import VERBS as ON_A_REFERRAL
from shenava.desk.deeds import DEEDS
from tests.complaints.reading import everything, kinds
from tests.world import World, log_in

DONE_IN_HANDLING: dict[str, tuple[dict[str, Any], str]] = {
    "responses": ({"text": "A technician comes."}, "responded"),
    "notes": ({"text": "Three others shake."}, "noted"),
    "information": ({"channel": "phone", "text": "It leaks too."}, "message_received"),
    "issue-lines": ({"subject": "staff", "text": "The installer was rude."}, "issue_line_added"),
    "conversions": ({"record_type": "enquiry"}, "converted"),
    "withdrawal": ({"text": ""}, "withdrawn"),
    "not-a-complaint": ({"text": "Praise."}, "closed"),
    "misdirection": ({"text": "The water company."}, "closed"),
}


def address(complaint: Complaint, noun: str = "") -> str:
    return f"/desk/complaints/{complaint.reference}/" + (f"{noun}/" if noun else "")


def test_every_verb_of_staff_has_a_noun() -> None:
    by_program = {
        "register",
        "acknowledge",
        "record_undelivered",
        "hand_over",
        "warn_silence",
        "close_unanswered",
        "move_on",
        "escalate",
        "remind",
        "raise_priority",
        "go_over",
        "come_back",
    }
    elsewhere = {"solve", "unlink", "finish_step"}  # with the registration; beside the link; at the step
    elsewhere |= {"retry_step", "move_step", "leave_out_step"}  # on the page of what has stopped
    elsewhere |= {"apply_promise"}  # with the list of the complaints whose promise would move
    nouns = {deed.verb for deed in DEEDS.values()} | set(ON_A_REFERRAL.values())
    assert nouns == set(actions.MENU) - by_program - elsewhere


@pytest.mark.parametrize("noun", DONE_IN_HANDLING)
def test_a_verb_is_done_by_its_address(world: World, noun: str) -> None:
    complaint = world.taken()
    values, fact = DONE_IN_HANDLING[noun]
    answer = log_in(Client(), world.sara).post(address(complaint, noun), values)
    assert (answer.status_code, answer["Location"]) == (302, address(complaint))
    assert kinds(complaint)[-1] == fact


def test_taking_assigning_answering_and_coming_back_go_by_their_addresses(world: World) -> None:
    complaint, client = world.complaint(), log_in(Client(), world.manager)
    client.post(address(complaint, "holding"))
    client.post(address(complaint, "assignments"), {"to": world.sara.pk})
    client.post(address(complaint, "responses"), {"text": "No."})
    client.post(address(complaint, "rejection"), {"text": "He rang: not enough."})
    client.post(address(complaint, "responses"), {"text": "Yes."})
    client.post(address(complaint, "acceptance"), {"text": ""})
    client.post(address(complaint, "reopening"), {"text": "It shakes again."})
    client.post(address(complaint, "responses"), {"text": "A new one."})
    client.post(address(complaint, "closure"), {"text": "Nothing more can be done."})
    assert kinds(complaint) == [
        "registered", "taken", "assigned", "responded", "response_rejected", "responded", "response_accepted",
        "closed", "reopened", "responded", "closed",
    ]  # fmt: skip


def test_a_finding_and_a_duplicate_go_by_their_addresses(world: World) -> None:
    original, complaint, client = world.complaint(), world.taken(), log_in(Client(), world.sara)
    line = complaint.issue_lines.get()
    client.post(address(complaint, "findings"), {"line": line.pk, "finding": "upheld", "reasons": "Worn."})
    client.post(address(complaint, "duplication"), {"reference": "۱۴۰۵-۰۰۰۰۰۱", "text": ""})
    complaint.refresh_from_db()
    assert (complaint.issue_lines.get().finding, complaint.duplicate_of) == ("upheld", original)


def test_a_duplicate_of_what_one_may_not_see_is_a_duplicate_of_nothing(world: World) -> None:
    hidden, complaint = world.complaint(unit=world.sales), world.taken()
    client, before = log_in(Client(), world.sara), everything(complaint)
    for number in (hidden.reference, "1405-999999", complaint.reference):
        client.post(address(complaint, "duplication"), {"reference": number})
    assert everything(complaint) == before


@pytest.mark.parametrize(
    ("noun", "values"),
    [
        ("responses", {"text": "  "}),
        ("responses", {"text": "x" * 20_001}),
        ("notes", {"text": "\0"}),
        ("assignments", {"to": ""}),
        ("conversions", {"record_type": "joke"}),
        ("findings", {"line": "999999", "finding": "upheld", "reasons": "x"}),
        ("duplication", {"reference": "1405-999999"}),
        ("misdirection", {"text": ""}),
    ],
)
def test_a_faulty_form_comes_back_and_nothing_changes(world: World, noun: str, values: dict[str, str]) -> None:
    complaint = world.taken()
    before = everything(complaint)
    assert log_in(Client(), world.sara).post(address(complaint, noun), values).status_code == 422
    assert everything(complaint) == before


def test_only_those_who_can_hold_it_are_offered(world: World) -> None:
    complaint = world.taken()
    Complaint.objects.filter(pk=complaint.pk).update(excluded=[world.reza.pk])
    complaint.refresh_from_db()
    offered = {str(party) for party in DEEDS["assignments"].bind(complaint).fields["to"].queryset}
    assert {"Sara Rostami", "Arash Niknam", "Sales"} <= offered
    assert not {"Reza Ahmadi", "Yael Cohen", "Dara Karimi", "Mahsa Kianpour"} & offered


def test_nobody_is_offered_himself_to_be_asked(world: World) -> None:
    complaint, sara = world.taken(), log_in(Client(), world.sara)
    asked = sara.get(address(complaint), {"do": "referrals"})
    (form,) = [deed["form"] for deed in asked.context["deeds"] if "form" in deed]
    offered = {str(party) for party in form.fields["to"].queryset}
    assert {"Reza Ahmadi", "Arash Niknam", "Sales"} <= offered
    assert "Sara Rostami" not in offered


def test_a_refused_verb_says_why_and_keeps_what_was_written(world: World) -> None:
    complaint = world.taken()
    client = log_in(Client(), world.sara)
    actions.take(complaint, by=world.manager)
    page = client.post(address(complaint, "responses"), {"text": "A long answer."}, follow=True)
    assert "Somebody else holds this complaint" in page.content.decode()
    assert complaint.responses.count() == 0
    assert complaint.drafts.get(party=world.sara).content == {"text": "A long answer."}


def test_a_draft_is_kept_shown_again_and_gone_once_it_was_sent(world: World) -> None:
    complaint, client = world.taken(), log_in(Client(), world.sara)
    client.post(address(complaint, "responses"), {"text": "Dear Mahsa,", "keep": "1"})
    assert "Dear Mahsa," in client.get(address(complaint)).content.decode()
    assert complaint.responses.count() == 0
    client.post(address(complaint, "responses"), {"text": "Dear Mahsa, it is mended."})
    assert complaint.drafts.count() == 0


def test_what_was_being_written_is_given_back_when_the_login_has_ended(world: World) -> None:
    complaint, client = world.taken(), log_in(Client(), world.sara)
    before = everything(complaint)
    with clock.shifted(timedelta(hours=3)):
        referer = "http://testserver" + address(complaint)
        answer = client.post(address(complaint, "responses"), {"text": "A careful answer."}, HTTP_REFERER=referer)
        idle = client.post(address(complaint, "holding"))
    assert answer.status_code == 403
    assert "A careful answer." in answer.content.decode()
    assert f"/desk/login/?next=%2Fdesk%2Fcomplaints%2F{complaint.reference}%2F" in answer.content.decode()
    assert idle["Location"].startswith("/desk/login/")
    assert everything(complaint) == before


def test_every_field_of_the_page_has_a_name_of_its_own(world: World) -> None:
    complaint = world.taken()
    page = log_in(Client(), world.sara).get(address(complaint)).content.decode()
    ids = [part.partition('"')[0] for part in page.split(' id="')[1:]]
    assert sorted(ids) == sorted(set(ids))


def test_staff_register_what_was_said_by_telephone_once(world: World) -> None:
    client = log_in(Client(), world.agent)
    values = {
        "submission": "mark", "channel": "phone", "record_type": "complaint", "subject": "product",
        "title": "Shakes", "description": "She says it shakes.", "name": "Mahsa Kianpour", "phone": "09123456789",
    }  # fmt: skip
    answers = [client.post("/desk/complaints/new/", values) for _ in range(2)]
    complaint = Complaint.objects.get()
    assert {answer["Location"] for answer in answers} == {address(complaint)}
    assert (complaint.received_by, complaint.complainant.phone) == (world.agent, "+989123456789")


def test_a_half_written_registration_becomes_a_draft_and_is_gone_once_registered(world: World) -> None:
    client = log_in(Client(), world.agent)
    client.post("/desk/complaints/new/", {"submission": "mark", "title": "Half", "save_draft": "1"})
    draft = world.agent.drafts.get()
    page = client.get(f"/desk/complaints/new/?draft={draft.pk}")
    assert 'value="Half"' in page.content.decode()
    values = page.context["form"].initial | {
        "channel": "phone", "record_type": "complaint", "subject": "product", "description": "All of it.",
        "is_anonymous": "on",
    }  # fmt: skip
    client.post(f"/desk/complaints/new/?draft={draft.pk}", values)
    assert (world.agent.drafts.count(), Complaint.objects.get().title) == (0, "Half")
