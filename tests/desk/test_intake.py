"""Registering what staff received: the times apart, what is known already, solved at once or kept as a draft."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shenava.complaints import actions
from shenava.complaints.models import Complaint, Draft
from shenava.people.models import Party
from shenava.people.parties import Introduction
from shenava.process.models import WorkItem
from tests.attachments.samples import png
from tests.world import World, log_in

NEW = "/desk/complaints/new/"
SAID = {
    "submission": "mark",
    "channel": "phone",
    "record_type": "complaint",
    "subject": "product",
    "title": "It shakes",
    "description": "It shakes badly.",
    "name": "Mahsa Kianpour",
}


def login(party: Party) -> Client:
    """A browser of somebody's own."""
    return log_in(Client(), party)


def test_received_and_entered_are_told_apart_and_the_promise_counts_from_receipt(world: World) -> None:
    later = {"received_on": "1405/08/01", "received_time": "۹:۰۵", "channel": "letter", "source": "supervisory_body"}
    login(world.agent).post(NEW, SAID | later)
    complaint = Complaint.objects.get()
    local = complaint.received_at.astimezone(ZoneInfo("Asia/Tehran"))
    assert f"{local:%Y-%m-%d %H:%M}" == "2026-10-23 09:05"
    assert complaint.entered_at - complaint.received_at > timedelta(days=20)
    assert complaint.source == "supervisory_body"


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("received_time", "25:00", "This is not a time."),
        ("received_time", "9", "This is not a time."),
        ("received_on", "1499/01/01", "This lies ahead."),
        ("received_on", "yesterday", "This is not a date."),
    ],
)
def test_a_wrong_moment_is_told_at_the_field_and_nothing_is_lost(
    world: World, field: str, value: str, told: str
) -> None:
    answer = login(world.agent).post(NEW, SAID | {field: value})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert "It shakes badly." in page
    assert value in page
    assert not Complaint.objects.exists()


def test_a_promise_gap_is_kept(world: World) -> None:
    gap = {"promised_by": "The shop", "promised": "Within 48 hours", "got_instead": "Nobody came"}
    login(world.agent).post(NEW, SAID | gap)
    complaint = Complaint.objects.get()
    assert (complaint.promised_by, complaint.promised, complaint.got_instead) == tuple(gap.values())
    assert "Within 48 hours" in login(world.sara).get(f"/desk/complaints/{complaint.reference}/").content.decode()


SPEAKS = {"on_behalf": "on", "speaker_name": "Kaveh Vakili", "speaker_phone": "09123456789", "authority": "lawyer"}


def proof(name: str = "mandate.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, png(), "image/png")


def test_whoever_speaks_for_the_complainant_is_registered_with_his_mandate(world: World) -> None:
    agent = login(world.agent)
    agent.post(NEW, SAID | SPEAKS | {"mandate": proof()})
    complaint = Complaint.objects.get()
    assert (str(complaint.complainant), str(complaint.representative)) == ("Mahsa Kianpour", "Kaveh Vakili")
    address = f"/desk/complaints/{complaint.reference}/"
    page = agent.get(address).content.decode()
    assert ("mandate.png" in page, "not yet accepted" in page) == (True, True)
    assert agent.get(f"{address}files/{complaint.mandate.file.pk}/").getvalue() == png()
    agent.post(f"{address}mandates/", {"file": complaint.mandate.file.pk})
    assert Complaint.objects.get().is_mandated
    assert "not yet accepted" not in agent.get(address).content.decode()


def test_a_mandate_that_was_not_proven_can_be_asked_for_and_is_not_accepted_without_a_word(world: World) -> None:
    login(world.agent).post(NEW, SAID | SPEAKS)
    complaint, officer = Complaint.objects.get(), login(world.sara)
    address = f"/desk/complaints/{complaint.reference}/"
    actions.take(complaint, by=world.sara)
    page = officer.get(address).content.decode()
    assert ("not yet proven" in page, "?do=questions#form-questions" in page) == (True, True)
    assert officer.post(f"{address}mandates/", {}).status_code == 422
    assert not Complaint.objects.get().is_mandated


def test_an_officer_withdraws_a_mandate_with_a_reason_only_and_accepts_it_anew(world: World) -> None:
    agent = login(world.agent)
    agent.post(NEW, SAID | SPEAKS | {"mandate": proof()})
    complaint = Complaint.objects.get()
    address = f"/desk/complaints/{complaint.reference}/"
    agent.post(f"{address}mandates/", {"file": complaint.mandate.file.pk})
    assert "?do=mandate-withdrawals#form-mandate-withdrawals" in agent.get(address).content.decode()
    assert agent.post(f"{address}mandate-withdrawals/", {"reason": " "}).status_code == 422
    agent.post(f"{address}mandate-withdrawals/", {"reason": "Mahsa speaks for herself now."})
    page = agent.get(address).content.decode()
    assert all(words in page for words in ("withdrawn", "Mahsa speaks for herself now.", "?do=mandates#form-mandates"))
    assert not Complaint.objects.get().is_mandated
    agent.post(f"{address}mandates/", {"file": complaint.mandate.file.pk})
    assert Complaint.objects.get().is_mandated


def test_a_representative_without_a_name_or_a_right_is_told_and_nothing_is_lost(world: World) -> None:
    agent = login(world.agent)
    answer = agent.post(NEW, SAID | {"on_behalf": "on", "speaker_email": "k@example.com", "mandate": proof()})
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"speaker_name", "authority"})
    assert ("mandate.png" in answer.content.decode(), "k@example.com" in answer.content.decode()) == (True, True)
    agent.post(NEW, SAID | SPEAKS)
    assert Complaint.objects.get().mandate.file.name == "mandate.png"


def test_a_draft_and_a_look_keep_the_mandate_too(world: World) -> None:
    agent = login(world.agent)
    looked = agent.post(NEW, SAID | SPEAKS | {"mandate": proof(), "look": "1"})
    assert "mandate.png" in looked.content.decode()
    agent.post(NEW, SAID | SPEAKS | {"save_draft": "1"})
    page = agent.get(f"{NEW}?draft={Draft.objects.get().pk}")
    assert "mandate.png" in page.content.decode()
    agent.post(NEW, SAID | SPEAKS | {"submission": page.context["form"]["submission"].value()})
    assert Complaint.objects.get().mandate.file.name == "mandate.png"


SOLVED = {"is_solved": "on", "solution": "The feet were levelled.", "severity": "2", "importance": "1"}


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        ({"solution": ""}, "Write what was done and said."),
        ({"severity": ""}, "Say how grave it is"),
        ({"importance": ""}, "Say how grave it is"),
        ({"subject": "staff"}, "not settled at first contact"),
        ({"is_safety": "on"}, "not settled at first contact"),
    ],
)
def test_solved_at_once_needs_to_be_judged_and_said_and_is_not_for_everything(
    world: World, missing: dict[str, str], told: str
) -> None:
    answer = login(world.agent).post(NEW, SAID | SOLVED | missing)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Complaint.objects.exists()


def test_one_screen_registers_assesses_answers_and_closes(world: World) -> None:
    login(world.agent).post(NEW, SAID | SOLVED)
    complaint = Complaint.objects.get()
    assert (complaint.stage, complaint.severity, complaint.importance) == ("closed", 2, 1)
    assert complaint.responses.get().message.text == "The feet were levelled."


def test_danger_told_on_the_telephone_is_told_to_the_managers_at_once(world: World) -> None:
    agent = login(world.agent)
    assert agent.post(NEW, SAID | {"is_safety": "on"}).status_code == 422
    agent.post(NEW, SAID | {"is_safety": "on", "severity": "5", "importance": "4"})
    assert WorkItem.objects.open().get(kind=WorkItem.Kind.TASK).holder == world.manager


def test_a_draft_that_is_kept_once_more_is_one_draft(world: World) -> None:
    agent = login(world.agent)
    agent.post(NEW, SAID | {"save_draft": "1"})
    first = Draft.objects.get()
    agent.post(f"{NEW}?draft={first.pk}", SAID | {"title": "Written on", "save_draft": "1"})
    assert Draft.objects.get().content["title"] == "Written on"
    twin = {"submission": "the same form"}
    for _ in range(2):
        agent.post(NEW, SAID | {"save_draft": "1"} | twin)
    assert Draft.objects.count() == 2


def test_a_draft_keeps_every_choice(world: World) -> None:
    agent = login(world.agent)
    agent.post(NEW, SAID | {"requested_remedies": ["repair", "apology"], "save_draft": "1"})
    page = agent.get(f"{NEW}?draft={Draft.objects.get().pk}").content.decode()
    assert page.count(" checked") == 2
    assert not Complaint.objects.exists()


@pytest.mark.parametrize(
    "given",
    [{"phone": "0912 345 6789"}, {"email": "MAHSA@example.com"}, {"serial": "wm-7"}, {"name": "مهسا كيان‌پور"}],
)
def test_what_is_known_appears_while_typing(world: World, given: dict[str, str]) -> None:
    who = Introduction(name="مهسا کیان‌پور", phone="+989123456789", email="mahsa@example.com")
    known = world.complaint(complainant=who, serial="WM-7")
    page = login(world.agent).get(NEW + "history/", given).content.decode()
    assert known.reference in page
    assert "Is it the same matter?" in page
    assert "<html" not in page


def test_nothing_is_told_of_complaints_that_one_may_not_see(world: World) -> None:
    who = Introduction(name="Mahsa Kianpour", phone="+989123456789")
    known = world.complaint(complainant=who, unit=world.sales)
    page = login(world.agent).get(NEW + "history/", {"phone": "+989123456789"}).content.decode()
    assert known.reference not in page
    assert "Nothing earlier is known." in page


def test_closed_complaints_are_history_and_no_warning(world: World) -> None:
    complaint = world.responded()
    actions.record_acceptance(complaint, by=complaint.complainant)
    page = login(world.agent).get(NEW + "history/", {"email": "mahsa@example.com"}).content.decode()
    assert complaint.reference in page
    assert "Is it the same matter?" not in page


def test_looking_up_without_a_script_loses_nothing(world: World) -> None:
    known = world.complaint()
    answer = login(world.agent).post(
        NEW, SAID | {"email": "mahsa@example.com", "look": "1", "requested_remedies": "repair"}
    )
    page = answer.content.decode()
    assert known.reference in page
    assert "It shakes badly." in page
    assert " checked" in page
    assert Complaint.objects.count() == 1


def test_who_may_not_register_learns_nothing_there(world: World) -> None:
    for outsider in (world.auditor, world.administrator, world.expert):
        assert login(outsider).get(NEW + "history/", {"email": "mahsa@example.com"}).status_code == 403


@pytest.mark.parametrize("wanted", [{"look": "1"}, {"save_draft": "1"}, {}])
def test_a_proof_that_is_not_accepted_is_said_at_the_field(world: World, wanted: dict[str, str]) -> None:
    agent = login(world.agent)
    program = SimpleUploadedFile("mandate.exe", b"MZ\x90\x00", content_type="application/octet-stream")
    answer = agent.post(NEW, SAID | SPEAKS | {"mandate": program} | wanted)
    assert answer.status_code == 422
    assert answer.context["form"].errors["mandate"]
    assert SAID["description"] in answer.content.decode()
    assert not Complaint.objects.exists()


def test_address_and_contact_group_of_the_complainant_are_kept_shown_and_asked_for(world: World) -> None:
    agent = login(world.agent)
    written = {"name": "Vahid Traders", "address": "Valiasr 12\nTehran", "contact_group": "dealer"}
    kept = agent.post(NEW, SAID | written | {"look": "1"}).content.decode()
    assert ("Valiasr 12" in kept, '<option value="dealer" selected>' in kept) == (True, True)
    agent.post(NEW, SAID | written)
    complaint = Complaint.objects.get()
    assert (complaint.complainant.address, complaint.complainant.contact_group) == ("Valiasr 12\nTehran", "dealer")
    page = login(world.sara).get(f"/desk/complaints/{complaint.reference}/").content.decode()
    assert ("Valiasr 12" in page, "agent or dealer" in page) == (True, True)
    world.complaint()
    found = login(world.manager).get("/desk/complaints/", {"contact_group": "dealer"}).context["rows"]
    assert [one for one, _cells in found] == [complaint]


@pytest.mark.parametrize("channel", ["complaints_line", "sms", "chat", "messenger", "social_media", "web_review"])
def test_what_comes_by_other_ways_is_typed_in_and_said_so(world: World, channel: str) -> None:
    agent = login(world.agent)
    agent.post(NEW, SAID | {"channel": channel})
    complaint = Complaint.objects.get()
    assert (complaint.channel, complaint.messages.first().channel) == (channel, channel)
    assert complaint.get_channel_display() == complaint.messages.first().get_channel_display() != ""
    assert agent.get(f"/desk/complaints/{complaint.reference}/").status_code == 200
