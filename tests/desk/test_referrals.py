"""Referrals on the desk: asked, accepted, answered, given back and recalled by the page."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shenava.attachments.models import File
from shenava.complaints import actions
from shenava.complaints.actions import Commission
from shenava.complaints.models import Complaint, Referral
from shenava.people.models import Party
from tests.world import World, log_in

ASKED = {"kind": "expert", "directive": "See what shakes.", "urgency": "urgent"}


def login(party: Party) -> Client:
    """A browser of somebody's own."""
    return log_in(Client(), party)


def page(complaint: Complaint) -> str:
    return f"/desk/complaints/{complaint.reference}/"


def letter(name: str) -> SimpleUploadedFile:
    """A file that somebody chose."""
    return SimpleUploadedFile(name, b"A letter.", content_type="text/plain")


def referred(world: World) -> tuple[Complaint, Referral]:
    complaint = world.taken()
    commission = Commission(kind="expert", directive="See what shakes.")
    return complaint, actions.refer(complaint, to=world.reza, commission=commission, by=world.sara)


def test_an_officer_refers_and_the_colleague_finds_it_in_the_cartable(world: World) -> None:
    complaint = world.taken()
    sara = login(world.sara)
    sara.post(page(complaint) + "referrals/", ASKED | {"to": world.reza.pk})
    assert complaint.referrals.get().to == world.reza
    reza = login(world.reza)
    cartable = reza.get("/desk/cartable/received/").content.decode()
    assert complaint.reference in cartable
    assert "expert opinion" in cartable
    assert "See what shakes." in reza.get(page(complaint)).content.decode()


def test_what_was_typed_is_kept_when_something_is_missing(world: World) -> None:
    complaint = world.taken()
    answer = login(world.sara).post(page(complaint) + "referrals/", ASKED)
    assert answer.status_code == 422
    assert "See what shakes." in answer.content.decode()
    assert complaint.referrals.count() == 0


def test_a_day_that_is_past_is_refused_at_the_field(world: World) -> None:
    complaint = world.taken()
    answer = login(world.sara).post(
        page(complaint) + "referrals/", ASKED | {"to": world.reza.pk, "due_at": "1404/01/01"}
    )
    assert answer.status_code == 422
    assert "This day is past." in answer.content.decode()
    assert complaint.referrals.count() == 0


def test_the_colleague_accepts_and_gives_an_opinion(world: World) -> None:
    complaint, referral = referred(world)
    reza, place = login(world.reza), f"{page(complaint)}referrals/{referral.pk}/"
    reza.post(place + "acceptance/")
    reza.post(
        place + "opinions/",
        {f"r{referral.pk}-text": "The drum is worn.", f"r{referral.pk}-recommendation": "Exchange."},
    )
    opinion = referral.opinions.get()
    assert (opinion.text, opinion.recommendation, opinion.by) == ("The drum is worn.", "Exchange.", world.reza)
    shown = login(world.sara).get(page(complaint)).content.decode()
    assert "The drum is worn." in shown


def test_it_is_given_back_and_recalled_with_a_reason_only(world: World) -> None:
    complaint, referral = referred(world)
    place = f"{page(complaint)}referrals/{referral.pk}/"
    assert login(world.reza).post(place + "return/").status_code == 422
    assert login(world.sara).post(place + "recall/").status_code == 422
    assert Referral.objects.get(pk=referral.pk).is_open
    login(world.sara).post(place + "recall/", {f"r{referral.pk}-reason": "Found it myself."})
    assert Referral.objects.get(pk=referral.pk).recall_reason == "Found it myself."


def test_who_was_not_asked_is_told_so_and_nothing_changes(world: World) -> None:
    complaint, referral = referred(world)
    answer = login(world.expert).post(f"{page(complaint)}referrals/{referral.pk}/acceptance/")
    assert "This was not asked of you." in answer.content.decode()
    assert Referral.objects.get(pk=referral.pk).item.accepted_at is None


def test_the_words_of_a_confidential_referral_are_veiled_for_others(world: World) -> None:
    complaint = world.taken()
    quiet = Commission(kind="consult", directive="Between us.", is_confidential=True)
    actions.refer(complaint, to=world.reza, commission=quiet, by=world.sara)
    assert "Between us." not in login(world.expert).get(page(complaint)).content.decode()
    assert "Between us." in login(world.manager).get(page(complaint)).content.decode()


def test_the_way_of_a_complaint_is_a_page_of_its_own(world: World) -> None:
    complaint, _referral = referred(world)
    answer = login(world.sara).get(page(complaint) + "circulation/")
    assert answer.status_code == 200
    assert "Reza Ahmadi" in answer.content.decode()
    assert login(world.administrator).get(page(complaint) + "circulation/").status_code == 404


def opinion(referral: Referral, text: str, **more: object) -> dict[str, object]:
    """An opinion as the page sends it."""
    return {f"r{referral.pk}-{name}": value for name, value in ({"text": text} | more).items()}


def test_an_opinion_brings_its_files_and_they_lie_at_its_side(world: World) -> None:
    complaint, referral = referred(world)
    reza, place = login(world.reza), f"{page(complaint)}referrals/{referral.pk}/opinions/"
    reza.post(place, opinion(referral, "The drum is worn.", uploads=[letter("drum.txt"), letter("belt.txt")]))
    files = referral.opinions.get().files.order_by("pk")
    assert [file.name for file in files] == ["drum.txt", "belt.txt"]
    assert {file.taken_by for file in files} == {world.reza}
    shown = login(world.sara).get(page(complaint)).content.decode()
    address = f"{page(complaint)}files/{files[0].pk}/"
    assert address in shown
    assert login(world.sara).get(address).getvalue() == b"A letter."
    assert login(world.administrator).get(address).status_code == 404


def test_a_file_of_a_confidential_opinion_is_read_by_its_two_sides_and_the_manager(world: World) -> None:
    complaint = world.taken()
    quiet = Commission(kind="consult", directive="Between us.", is_confidential=True)
    referral = actions.refer(complaint, to=world.reza, commission=quiet, by=world.sara)
    place = f"{page(complaint)}referrals/{referral.pk}/opinions/"
    login(world.reza).post(place, opinion(referral, "Quietly.", uploads=[letter("quiet.txt")]))
    address = f"{page(complaint)}files/{referral.opinions.get().files.get().pk}/"
    codes = {who: login(getattr(world, who)).get(address) for who in ("sara", "reza", "manager", "expert", "auditor")}
    assert {who: answer.status_code for who, answer in codes.items() if answer.getvalue() is not None} == {
        "sara": 200, "reza": 200, "manager": 200, "expert": 404, "auditor": 404,
    }  # fmt: skip
    assert "quiet.txt" not in login(world.expert).get(page(complaint)).content.decode()


def test_a_file_that_is_not_accepted_is_refused_at_its_field_and_the_opinion_stays_typed(world: World) -> None:
    complaint, referral = referred(world)
    place = f"{page(complaint)}referrals/{referral.pk}/opinions/"
    program = SimpleUploadedFile("run.exe", b"MZ\x90\x00" + b"\x00" * 200)
    answer = login(world.reza).post(place, opinion(referral, "The drum is worn.", uploads=[program]))
    assert answer.status_code == 422
    assert "is not a kind of file we accept" in answer.content.decode()
    assert "The drum is worn.</textarea>" in answer.content.decode()
    assert referral.opinions.count() == File.objects.filter(name="run.exe").count() == 0


def test_whoever_gave_an_opinion_revises_it_on_the_page_and_both_wordings_stay(world: World) -> None:
    complaint, referral = referred(world)
    reza, place = login(world.reza), f"{page(complaint)}referrals/{referral.pk}/opinions/"
    reza.post(place, opinion(referral, "The drum is worn.", uploads=[letter("drum.txt")]))
    offered = reza.get(page(complaint)).content.decode()
    assert "Revise the opinion" in offered
    assert "The drum is worn.</textarea>" in offered
    assert "Revise the opinion" not in login(world.sara).get(page(complaint)).content.decode()
    reza.post(place, opinion(referral, "It is the belt.", is_shareable="on"))
    shown = login(world.sara).get(page(complaint)).content.decode()
    assert all(words in shown for words in ("The drum is worn.", "drum.txt", "revised later", "It is the belt."))
    assert [one.is_shareable for one in referral.opinions.all()] == [False, True]


def test_nobody_revises_the_opinion_of_another(world: World) -> None:
    complaint, referral = referred(world)
    place = f"{page(complaint)}referrals/{referral.pk}/opinions/"
    login(world.reza).post(place, opinion(referral, "The drum is worn."))
    answer = login(world.expert).post(place, opinion(referral, "It is the belt.", uploads=[letter("belt.txt")]))
    assert "This was not asked of you." in answer.content.decode()
    assert referral.opinions.count() == 1
    assert not File.objects.filter(name="belt.txt").exists()
