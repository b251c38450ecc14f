"""Files that go along with a response or a note: chosen once, sent, shown, handed out to whom they are for."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from shenava.attachments.models import File
from shenava.complaints import actions
from shenava.complaints.models import Complaint
from shenava.messages.mail import envelope
from shenava.messages.models import Mailbox, Outgoing, Template, TemplateKind
from tests.attachments.samples import png
from tests.complaints.reading import everything
from tests.world import World, log_in

SECRET = "abcd-efgh-jkmn-pqrs"


def page(complaint: Complaint, noun: str = "") -> str:
    return f"/desk/complaints/{complaint.reference}/" + (f"{noun}/" if noun else "")


def held(world: World) -> tuple[Complaint, Client]:
    """A complaint that Sara holds, and her browser."""
    complaint = world.complaint(secret=SECRET)
    actions.take(complaint, by=world.sara)
    return complaint, log_in(Client(), world.sara)


def picture(name: str = "drum.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, png(), "image/png")


def program() -> SimpleUploadedFile:
    return SimpleUploadedFile("run.exe", b"MZ\x90\x00" + b"\x00" * 200)


def portal(complaint: Complaint) -> Client:
    """The complainant's browser."""
    browser = Client()
    browser.post("/track/", {"code": complaint.public_code, "secret": SECRET})
    return browser


def content(answer: HttpResponse) -> str:
    return answer.content.decode()


def names(complaint: Complaint) -> list[list[str]]:
    """The files of each response."""
    responses = complaint.responses.order_by("pk")
    return [[file.name for file in one.message.files.order_by("pk")] for one in responses]


def test_a_response_goes_out_with_its_files_and_the_complainant_opens_them(world: World) -> None:
    complaint, sara = held(world)
    sara.post(page(complaint, "responses"), {"text": "See the picture.", "files": [picture(), picture("belt.png")]})
    (response,) = complaint.responses.all()
    file = response.message.files.get(name="drum.png")
    assert (names(complaint), file.taken_by) == ([["drum.png", "belt.png"]], world.sara)
    assert f"{page(complaint)}files/{file.pk}/" in content(sara.get(page(complaint)))
    browser, place = portal(complaint), f"/complaints/{complaint.public_code}/"
    assert "drum.png" in content(browser.get(place))
    assert browser.get(f"{place}files/{file.pk}/").getvalue() == png()
    assert Client().get(f"{place}files/{file.pk}/").status_code == 302


def test_the_mail_of_a_response_has_its_files_and_says_so(world: World) -> None:
    complaint, sara = held(world)
    mailbox = Mailbox.objects.create(name="Care", address="care@arman.example")
    sara.post(page(complaint, "responses"), {"text": "See the picture.", "files": [picture()]})
    mail = Outgoing.objects.get(purpose="response")
    assert "Files belong to this response." in mail.body
    assert b"drum.png" in envelope(mail, mailbox).content


def test_a_response_without_files_speaks_of_none(world: World) -> None:
    complaint, sara = held(world)
    sara.post(page(complaint, "responses"), {"text": "A technician comes."})
    assert "Files belong" not in Outgoing.objects.get(purpose="response").body


def test_a_correction_and_the_answer_to_a_review_take_files_too(world: World) -> None:
    complaint, sara = held(world)
    sara.post(page(complaint, "responses"), {"text": "See the picture.", "files": [picture("wrong.png")]})
    assert "multipart/form-data" in content(sara.get(page(complaint), {"do": "corrections"}))
    sara.post(page(complaint, "corrections"), {"text": "This one.", "files": [picture("right.png")]})
    actions.ask_review(complaint, text="I doubt it.", by=complaint.complainant)
    manager = log_in(Client(), world.manager)
    said = {"result": "changed", "text": "You are right.", "files": [picture("new.png")]}
    manager.post(page(complaint, "outcome"), said)
    assert names(complaint) == [["wrong.png"], ["right.png"], ["new.png"]]


def test_files_of_a_refused_form_are_kept_and_can_be_left_out(world: World) -> None:
    complaint, sara = held(world)
    first = {"text": " ", "files": [picture(), picture("belt.png")]}
    answer = sara.post(page(complaint, "responses"), first)
    assert (answer.status_code, "drum.png" in content(answer)) == (422, True)
    belt = File.objects.get(name="belt.png")
    sara.post(page(complaint, "responses"), {"text": "See the picture.", "remove_file": [belt.pk]})
    assert names(complaint) == [["drum.png"]]


def test_a_file_that_is_not_accepted_is_refused_at_its_field_and_nothing_is_sent(world: World) -> None:
    complaint, sara = held(world)
    before = everything(complaint)
    said = {"text": "See the picture.", "files": [program(), picture()]}
    shown = content(sara.post(page(complaint, "responses"), said))
    assert "is not a kind of file we accept" in shown
    assert "See the picture.</textarea>" in shown
    assert "drum.png" in shown
    assert everything(complaint) == before


def test_more_files_than_a_form_takes_are_refused(world: World) -> None:
    complaint, sara = held(world)
    answer = sara.post(page(complaint, "notes"), {"text": "All.", "files": [picture(f"{n}.png") for n in range(11)]})
    assert "No more than 10 files can be sent at once" in content(answer)
    assert complaint.notes.count() == 0


def test_files_stay_with_a_draft_and_where_ready_words_are_put_in(world: World) -> None:
    complaint, sara = held(world)
    piece = Template.objects.create(kind=TemplateKind.RESPONSE, language="en", name="Regret", body="Sorry.")
    sara.post(page(complaint, "responses"), {"text": "Dear Mahsa,", "keep": "1", "files": [picture()]})
    sara.post(page(complaint, f"pieces/{piece.pk}"), {"text": "Dear Mahsa,", "files": [picture("belt.png")]})
    shown = content(sara.get(page(complaint)))
    assert all(words in shown for words in ("Sorry.", "drum.png", "belt.png"))
    other = log_in(Client(), world.manager)
    assert "drum.png" not in content(other.get(page(complaint)))
    sara.post(page(complaint, "responses"), {"text": "See the pictures."})
    assert names(complaint) == [["drum.png", "belt.png"]]
    assert "leave out" not in content(sara.get(page(complaint)))


def test_a_refused_file_is_told_when_a_draft_is_kept_too(world: World) -> None:
    complaint, sara = held(world)
    said = {"text": "Dear Mahsa,", "keep": "1", "files": [program()]}
    answer = sara.post(page(complaint, "responses"), said)
    assert (answer.status_code, "is not a kind of file we accept" in content(answer)) == (422, True)
    assert complaint.drafts.get(party=world.sara).content == {"text": "Dear Mahsa,"}


def test_files_are_not_lost_where_something_happened_meanwhile_or_the_verb_is_refused(world: World) -> None:
    complaint, sara = held(world)
    more = actions.Addition(text="It leaks too.", channel="portal")
    actions.add_information(complaint, addition=more, by=complaint.complainant)
    seen = {"text": "See the picture.", "seen": "1", "files": [picture()]}
    answer = sara.post(page(complaint, "responses"), seen)
    assert (answer.status_code, "drum.png" in content(answer)) == (409, True)
    actions.take(complaint, by=world.manager)
    sara.post(page(complaint, "responses"), {"text": "See the picture."})
    assert complaint.responses.count() == 0
    actions.take(complaint, by=world.sara)
    sara.post(page(complaint, "responses"), {"text": "See the picture."})
    assert names(complaint) == [["drum.png"]]


def test_files_of_a_note_are_for_those_who_read_the_note(world: World) -> None:
    complaint, sara = held(world)
    sara.post(page(complaint, "notes"), {"text": "Look inside.", "files": [picture("inside.png")]})
    file = complaint.notes.get().files.get()
    address = f"{page(complaint)}files/{file.pk}/"
    assert address in content(sara.get(page(complaint)))
    assert log_in(Client(), world.expert).get(address).getvalue() == png()
    assert log_in(Client(), world.reza).get(address).status_code == 404
    browser, place = portal(complaint), f"/complaints/{complaint.public_code}/"
    assert "inside.png" not in content(browser.get(place))
    assert browser.get(f"{place}files/{file.pk}/").status_code == 404
    assert file not in complaint.handed_in()
