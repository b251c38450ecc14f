"""Texts and templates on the desk: written and previewed by an administrator, put into answers by officers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from shenava.complaints.models import Draft
from shenava.journal.models import Entry
from shenava.messages.actions import Words, add_template
from shenava.messages.models import Message, Outgoing, Template
from shenava.people.models import Party
from shenava.people.parties import Introduction
from tests.world import World

Browser = Callable[[Party], Client]
ACKNOWLEDGEMENT = "/desk/templates/acknowledgement/en/"
WORDS = {"subject": "{number}", "body": "{number} by {promised}: {link} <script>x</script>", "is_active": "on"}


@pytest.fixture
def piece(world: World) -> Template:
    words = Words(name="Apology", body="Dear {name}, we are sorry about {number}.")
    return add_template(kind="response", language="en", words=words, by=world.administrator)


def test_a_new_acknowledgement_begins_with_the_words_that_are_sent_without_it(
    world: World, browser_of: Browser
) -> None:
    page = browser_of(world.administrator).get(ACKNOWLEDGEMENT).content.decode()
    assert "{organisation} has received your complaint." in page
    assert "{promised}" in page
    assert "{name}" not in page


def test_an_administrator_writes_one_and_finds_it_and_changes_it(world: World, browser_of: Browser) -> None:
    dara = browser_of(world.administrator)
    dara.post(ACKNOWLEDGEMENT, WORDS)
    own = Template.objects.get()
    assert f"/desk/templates/{own.pk}/" in dara.get("/desk/templates/").content.decode()
    dara.post(f"/desk/templates/{own.pk}/", WORDS | {"subject": "Ours: {number}", "is_active": ""})
    assert list(Template.objects.values_list("subject", "is_active")) == [("Ours: {number}", False)]


def test_what_is_refused_is_told_at_the_field_and_nothing_typed_is_lost(world: World, browser_of: Browser) -> None:
    typed = WORDS | {"body": "Dear {name}, {number} by {promised}."}
    answer = browser_of(world.administrator).post(ACKNOWLEDGEMENT, typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "{name} is not among the placeholders offered here." in page
    assert "It has to say {link}." in page
    assert "Dear {name}, {number} by {promised}." in page
    assert not Template.objects.exists()


def test_the_preview_is_the_mail_in_a_frame_that_can_do_nothing_and_keeps_nothing(
    world: World, browser_of: Browser
) -> None:
    entries, dara = Entry.objects.count(), browser_of(world.administrator)
    assert (
        f'<iframe sandbox name="preview" title="Preview" src="{ACKNOWLEDGEMENT}preview/">'
        in dara.get(ACKNOWLEDGEMENT).content.decode()
    )
    answer = dara.post(ACKNOWLEDGEMENT + "preview/", WORDS)
    shown = answer.content.decode()
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer.headers["Content-Security-Policy"].endswith("; sandbox")
    assert "1405-000123 by" in shown
    assert "&lt;script&gt;x&lt;/script&gt;" in shown
    assert "<script" not in shown
    assert (Entry.objects.count(), Template.objects.count(), Outgoing.objects.count()) == (entries, 0, 0)


def test_the_preview_says_what_would_be_refused(world: World, browser_of: Browser) -> None:
    typed = WORDS | {"body": "{0.__class__} <b>"}
    shown = browser_of(world.administrator).post(ACKNOWLEDGEMENT + "preview/", typed).content.decode()
    assert "{0.__class__} is not among the placeholders offered here." in shown
    assert "<b>" not in shown


def test_the_preview_of_one_that_is_kept_shows_the_whole_answer(
    world: World, browser_of: Browser, piece: Template
) -> None:
    shown = browser_of(world.administrator).get(f"/desk/templates/{piece.pk}/preview/").content.decode()
    assert "Dear Maria Green, we are sorry about 1405-000123." in shown
    assert "Please tell us here whether you accept it:" in shown


@pytest.mark.parametrize("address", ["else/en/", "policy/xx/", "policy/xx/preview/", "999999/"])
def test_unknown_kinds_and_languages_are_not_there(world: World, browser_of: Browser, address: str) -> None:
    assert browser_of(world.administrator).get(f"/desk/templates/{address}").status_code == 404


def test_an_officer_puts_a_piece_into_the_answer_and_reads_it_before_it_is_sent(
    world: World, browser_of: Browser, piece: Template
) -> None:
    speaker = Introduction(name="Mahsa {code} Kianpour", email="mahsa@example.com")
    complaint = world.complaint(language="en", complainant=speaker)
    sara, page = browser_of(world.sara), f"/desk/complaints/{complaint.reference}/"
    sara.post(page + "holding/")
    assert f'formaction="{page}pieces/{piece.pk}/"' in sara.get(page).content.decode()
    sara.post(f"{page}pieces/{piece.pk}/", {"text": "What I wrote."})
    said = f"What I wrote.\n\nDear Mahsa {{code}} Kianpour, we are sorry about {complaint.reference}."
    assert [draft.content["text"] for draft in Draft.objects.filter(party=world.sara)] == [said]
    assert said in sara.get(page).content.decode()
    assert not Message.objects.filter(complaint=complaint, kind="response").exists()


def test_pieces_of_another_language_and_those_not_in_use_are_not_offered(
    world: World, browser_of: Browser, piece: Template
) -> None:
    complaint = world.complaint(language="fa")
    sara, page = browser_of(world.sara), f"/desk/complaints/{complaint.reference}/"
    sara.post(page + "holding/")
    assert "pieces/" not in sara.get(page).content.decode()
    assert sara.post(f"{page}pieces/{piece.pk}/", {"text": "x"}).status_code == 404
    assert not Draft.objects.exists()


def test_an_acknowledgement_is_no_piece_of_an_answer(world: World, browser_of: Browser) -> None:
    words = Words(subject="{number}", body="{number} {promised} {link}")
    own = add_template(kind="acknowledgement", language="en", words=words, by=world.administrator)
    complaint = world.complaint(language="en")
    address = f"/desk/complaints/{complaint.reference}/pieces/{own.pk}/"
    assert browser_of(world.sara).post(address, {"text": "x"}).status_code == 404
    assert not Draft.objects.exists()


def test_whoever_does_not_see_the_complaint_puts_nothing_in(world: World, browser_of: Browser, piece: Template) -> None:
    address = f"/desk/complaints/{world.complaint(language='en').reference}/pieces/{piece.pk}/"
    assert browser_of(world.reza).post(address, {"text": "x"}).status_code == 404
    assert not Draft.objects.exists()


def test_others_do_not_reach_the_templates(world: World, browser_of: Browser) -> None:
    assert browser_of(world.sara).post(ACKNOWLEDGEMENT, WORDS).status_code == 403
    assert not Template.objects.exists()
