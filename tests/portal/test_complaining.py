"""Complaining at the portal: few steps, files by content, once however often it is sent, and a receipt."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shenava.attachments.models import File
from shenava.common import tokens
from shenava.complaints import actions
from shenava.complaints.models import Complaint
from shenava.messages.models import Message
from tests.attachments.samples import png
from tests.world import World

FORM = "/complaints/new/"


def said(**more: Any) -> dict[str, Any]:
    """What a stranger fills in."""
    return {
        "submission": "one-time-mark", "description": "The machine shakes.\nIt shows E-21.", "subject": "product",
        "record_type": "complaint", "name": "Mahsa Kianpour", "email": "Mahsa@Example.com",
        "requested_remedies": ["repair", "apology"], "expectation": "That it works.", "product": "WM-7", "serial": "A1",
    } | more  # fmt: skip


def upload(name: str, content: bytes = b"", kind: str = "image/png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or png(), kind)


def test_a_complaint_is_kept_with_everything_that_was_said(client: Client, world: World) -> None:
    answer = client.post(FORM, said(files=[upload("photo.png")]))
    complaint = Complaint.objects.get()
    assert answer["Location"] == f"/complaints/{complaint.public_code}/receipt/"
    assert (str(complaint.complainant), complaint.complainant.email) == ("Mahsa Kianpour", "mahsa@example.com")
    assert (complaint.requested_remedies, complaint.expectation) == (["repair", "apology"], "That it works.")
    assert (complaint.channel, complaint.product, complaint.serial) == ("portal", "WM-7", "A1")
    assert [file.name for file in Message.objects.get(complaint=complaint).files.all()] == ["photo.png"]


def test_the_receipt_shows_number_code_key_date_and_a_drawing_of_the_link(client: Client, world: World) -> None:
    page = client.post(FORM, said(), follow=True).content.decode()
    complaint = Complaint.objects.get()
    secret = tokens.secret_for("one-time-mark", purpose="tracking")
    shown = [complaint.reference, complaint.public_code, secret, complaint.due_at.isoformat(), "<svg"]
    assert [word for word in shown if word not in page] == []
    assert complaint.secret_hash == tokens.digest(tokens.normalise_human_secret(secret))


def test_the_receipt_promises_in_the_readers_calendar(client: Client, world: World) -> None:
    client.cookies["shenava_language"] = "fa"
    page = client.post(FORM, said(), follow=True).content.decode()
    assert re.search(r"<time[^>]*>[^<]*۱۴۰۵", page)


def test_the_receipt_is_shown_in_the_browser_that_complained_alone(client: Client, world: World) -> None:
    address = client.post(FORM, said())["Location"]
    assert client.get(address).status_code == 200
    assert Client().get(address)["Location"] == "/track/"


def test_sending_it_twice_and_going_back_is_one_complaint_with_one_receipt(client: Client, world: World) -> None:
    first, second = client.post(FORM, said()), client.post(FORM, said(description="Changed after going back."))
    assert first["Location"] == second["Location"]
    assert Complaint.objects.get().description == "The machine shakes.\nIt shows E-21."


def test_an_anonymous_complaint_forgets_the_name_that_was_typed(client: Client, world: World) -> None:
    client.post(FORM, said(is_anonymous="on"))
    complainant = Complaint.objects.get().complainant
    assert (complainant.is_anonymous, complainant.name, complainant.email) == (True, "", "")


def test_whoever_speaks_for_somebody_says_for_whom_and_by_what_right(client: Client, world: World) -> None:
    refused = client.post(FORM, said(on_behalf="on"))
    assert refused.status_code == 422
    assert set(refused.context["form"].errors) == {"behalf_name", "authority"}
    client.post(FORM, said(on_behalf="on", behalf_name="An old lady", authority="power of attorney"))
    complaint = Complaint.objects.get()
    assert (str(complaint.complainant), str(complaint.representative)) == ("An old lady", "Mahsa Kianpour")
    assert complaint.authority == "power of attorney"


SPEAKS = {"on_behalf": "on", "behalf_name": "An old lady", "authority": "daughter"}


def test_the_proof_of_a_mandate_is_kept_apart_and_survives_a_correction(client: Client, world: World) -> None:
    refused = client.post(FORM, said(**SPEAKS, name="", mandate=upload("mandate.png"), files=[upload("photo.png")]))
    assert refused.status_code == 422
    assert "mandate.png" in refused.content.decode()
    client.post(FORM, said(**SPEAKS))
    complaint = Complaint.objects.get()
    assert (complaint.mandate.file.name, complaint.is_mandated) == ("mandate.png", False)
    assert {file.name for file in complaint.files.all()} == {"mandate.png", "photo.png"}


def test_another_proof_takes_the_place_of_the_first_and_can_be_left_out_again(client: Client, world: World) -> None:
    client.post(FORM, said(**SPEAKS, name="", mandate=upload("first.png")))
    client.post(FORM, said(**SPEAKS, name="", mandate=upload("second.png")))
    page = client.post(FORM, said(**SPEAKS, name="")).content.decode()
    assert ("first.png" in page, "second.png" in page) == (False, True)
    client.post(FORM, said(**SPEAKS, remove_file=[str(File.objects.get(name="second.png").pk)]))
    assert Complaint.objects.get().mandate.file is None


def test_a_proof_that_is_not_what_we_take_is_told_at_its_field(client: Client, world: World) -> None:
    answer = client.post(FORM, said(**SPEAKS, mandate=upload("virus.pdf", b"MZ\x90\0\x03\0")))
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"mandate"})
    assert "An old lady" in answer.content.decode()
    assert (Complaint.objects.count(), File.objects.count()) == (0, 0)


def test_whoever_speaks_for_himself_hands_in_no_proof(client: Client, world: World) -> None:
    client.post(FORM, said(mandate=upload("mandate.png"), authority="lawyer"))
    complaint = Complaint.objects.get()
    assert (complaint.representative, complaint.authority, complaint.files.count()) == (None, "", 0)


def test_a_representative_reads_whether_the_mandate_was_accepted(client: Client, world: World) -> None:
    client.post(FORM, said(**SPEAKS))
    complaint = Complaint.objects.get()
    address = f"/complaints/{complaint.public_code}/"
    assert "still to be proven" in client.get(address).content.decode()
    actions.accept_mandate(complaint, text="Shown at the counter.", by=world.agent)
    page = client.get(address).content.decode()
    assert "Your mandate was accepted." in page
    assert "Shown at the counter." not in page


@pytest.mark.parametrize(
    ("faulty", "field"),
    [
        ({"description": ""}, "description"),
        ({"description": "x" * 100_000}, "description"),
        ({"description": "\0\0"}, "description"),
        ({"name": ""}, "name"),
        ({"name": "\u202e\u200b"}, "name"),
        ({"email": "mahsa@@example"}, "email"),
        ({"phone": "call me"}, "phone"),
        ({"occurred_on": "2999-01-01"}, "occurred_on"),
        ({"occurred_on": "the day before"}, "occurred_on"),
        ({"subject": "weather"}, "subject"),
        ({"requested_remedies": ["revenge"]}, "requested_remedies"),
        ({"submission": ""}, "submission"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_rest_is_kept(
    client: Client, world: World, faulty: dict[str, Any], field: str
) -> None:
    answer = client.post(FORM, said(**faulty))
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {field})
    assert "That it works." in answer.content.decode()
    assert Complaint.objects.count() == 0


def test_an_empty_form_asks_for_what_happened_and_for_a_name(client: Client, world: World) -> None:
    answer = client.post(FORM, {"submission": "mark", "record_type": "complaint", "subject": "product"})
    assert set(answer.context["form"].errors) == {"description", "name"}


def test_chosen_files_survive_a_correction_and_can_be_left_out_again(client: Client, world: World) -> None:
    client.post(FORM, said(name="", files=[upload("one.png"), upload("two.png")]))
    kept = File.objects.get(name="two.png")
    client.post(FORM, said(remove_file=[str(kept.pk)], files=[upload("three.png")]))
    names = sorted(Complaint.objects.get().files.values_list("name", flat=True))
    assert names == ["one.png", "three.png"]


def test_of_thirty_files_ten_are_kept_and_the_others_are_named_as_left_out(client: Client, world: World) -> None:
    answer = client.post(FORM, said(files=[upload(f"{number}.png") for number in range(30)]))
    assert (answer.status_code, len(answer.context["files"]), len(answer.context["file_problems"])) == (422, 10, 1)
    client.post(FORM, said())
    assert Complaint.objects.get().files.count() == 10


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.png", b""),
        ("photo.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("letter.pdf", b"MZ\x90\0\x03\0"),
        ("page.html", b"<!DOCTYPE html><script>alert(1)</script>"),
        (".htaccess", b"#!/bin/sh\nAddType application/x-httpd-php .png"),
        ("big.png", b"\x89PNG\r\n\x1a\n" + bytes(2000)),
    ],
)
def test_a_file_that_is_not_what_we_take_is_refused_by_name(
    client: Client, world: World, settings: Any, name: str, content: bytes
) -> None:
    settings.MAX_FILE_BYTES = 1000
    answer = client.post(FORM, said(files=[SimpleUploadedFile(name, content, "image/png")]))
    assert (answer.status_code, len(answer.context["file_problems"])) == (422, 1)
    assert name in answer.context["file_problems"][0]
    assert (Complaint.objects.count(), File.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.png", "\u200b.htaccess.png", "a\u202egnp.exe.png", "x" * 300 + ".png", "$(id);.png"]
)
def test_a_dangerous_name_is_only_a_word(client: Client, world: World, name: str) -> None:
    client.post(FORM, said(files=[upload(name)]))
    file = Complaint.objects.get().files.get()
    assert re.fullmatch(r"[0-9a-f]{64}", file.path.name)
    assert not {"/", "\\", "\0", "\u202e", "\u200b"} & set(file.name)
    assert len(file.name) <= 200


def test_one_browsers_files_are_not_taken_by_anothers_form(client: Client, world: World) -> None:
    client.post(FORM, said(name="", files=[upload("mine.png")]))
    Client().post(FORM, said())
    assert Complaint.objects.get().files.count() == 0


def test_an_upload_that_is_too_large_is_refused_before_it_is_stored(client: Client, world: World) -> None:
    answer = client.post(FORM, b"x", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(2 * 1024**3))
    assert answer.status_code == 413
    assert (Complaint.objects.count(), File.objects.count()) == (0, 0)


def test_an_upload_that_hides_its_size_is_cut_off_at_the_limit(client: Client, world: World, settings: Any) -> None:
    settings.MAX_REQUEST_BYTES = 10_000
    request = {"CONTENT_LENGTH": "9000"}
    settings.MAX_REQUEST_BYTES = 5_000
    answer = client.post(FORM, said(files=[upload("a.png", png() + bytes(20_000))]), **request)
    assert answer.status_code == 413
    assert (Complaint.objects.count(), File.objects.count()) == (0, 0)


def test_what_was_written_is_given_back_when_the_browser_has_lost_its_session(world: World) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(FORM, said(), HTTP_REFERER="http://testserver/complaints/new/")
    assert answer.status_code == 403
    assert "The machine shakes." in answer.content.decode()
    assert 'href="/complaints/new/"' in answer.content.decode()


@pytest.mark.parametrize(
    ("country", "typed", "kept"), [("IR", "021 8877 6655", "+982188776655"), ("IL", "03-987 6543", "+97239876543")]
)
def test_a_number_without_its_country_is_of_the_organisations_country(
    client: Client, world: World, country: str, typed: str, kept: str
) -> None:
    world.organisation.country = country
    world.organisation.save()
    client.post(FORM, said(phone=typed))
    assert Complaint.objects.get().complainant.phone == kept
