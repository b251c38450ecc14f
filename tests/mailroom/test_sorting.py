"""A mail becomes a complaint, an addition or nothing; never two, never none."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shenava.common import clock
from shenava.complaints import actions, sweeps
from shenava.complaints.models import Complaint
from shenava.journal.models import Entry
from shenava.mailroom import sorting
from shenava.mailroom.intake import take
from shenava.messages.models import Mailbox, Message, Outgoing, Raw
from shenava.people.models import Unit
from shenava.process.models import WorkItem
from tests.mailroom.letters import acknowledged, answering, bounce_of, letter, post
from tests.world import World


def test_a_letter_becomes_a_complaint_with_its_words_sender_and_unit(world: World, mailbox: Mailbox) -> None:
    raw = post(letter(), mailbox)
    complaint = Complaint.objects.get()
    assert raw.state == "read"
    assert raw.message.complaint == complaint
    assert (complaint.title, complaint.description) == ("Broken machine", "The machine shakes badly.")
    assert (complaint.complainant.name, complaint.complainant.email) == ("Mahsa Kianpour", "mahsa@example.com")
    assert (complaint.unit, complaint.channel, complaint.language) == (world.service, "email", "en")
    assert raw.message.author == complaint.complainant
    assert raw.message.message_id == "<one@example.com>"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("دستگاه من کار نمی‌کند و کد E-21 را نشان می‌دهد.", "fa"),
        ("המכונה רועדת מאוד ומציגה E-21.", "he"),
        ("It shakes. 1200 rpm.", "en"),
    ],
)
def test_the_letters_tell_the_language_to_answer_in(mailbox: Mailbox, text: str, language: str) -> None:
    post(letter(text, subject="E-21"), mailbox)
    assert Complaint.objects.get().language == language


def test_the_promise_counts_from_the_arrival_of_the_mail(mailbox: Mailbox) -> None:
    arrived = clock.now() - timedelta(days=3)
    post(letter(), mailbox, received_at=arrived)
    complaint = Complaint.objects.get()
    assert complaint.received_at == arrived
    assert complaint.clocks.get(kind="answer").started_at == arrived


def test_a_date_in_the_future_is_not_believed(mailbox: Mailbox) -> None:
    raw = take(letter(), mailbox=mailbox, received_at=clock.now() + timedelta(days=400))
    assert raw.received_at <= clock.now()


def test_files_come_with_the_complaint(mailbox: Mailbox) -> None:
    parts = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee the picture.\r\n--b\r\n"
        'Content-Type: text/plain; name="notes.txt"\r\nContent-Disposition: attachment; filename="notes.txt"\r\n\r\n'
        "E-21\r\n--b--\r\n"
    )
    post(b"From: Mahsa <mahsa@example.com>\r\nSubject: Files\r\n" + parts.encode(), mailbox)
    file = Complaint.objects.get().files.get()
    assert file.name == "notes.txt"
    assert file.path.read_bytes().strip() == b"E-21"


def test_the_same_bytes_twice_enter_once(mailbox: Mailbox) -> None:
    first, second = post(letter(), mailbox), post(letter(), mailbox)
    assert first.pk == second.pk
    assert Complaint.objects.count() == Message.objects.filter(direction="in").count() == 1


def test_a_copy_by_another_way_enters_once_and_stays_visible(mailbox: Mailbox) -> None:
    post(letter(), mailbox)
    copy = post(letter(more="Received: from elsewhere\r\n"), mailbox)
    assert (copy.state, copy.problem) == ("ignored", "copy")
    assert Complaint.objects.count() == 1


def test_a_letter_to_two_of_our_addresses_is_one_complaint(world: World, mailbox: Mailbox) -> None:
    sales = Mailbox.objects.create(name="Sales", address="sales@arman.example", unit=world.sales, never_sends=True)
    post(letter(), mailbox)
    same = post(letter(), sales)
    otherwise = post(letter(more="Received: by sales\r\n"), sales)
    assert [same.problem, otherwise.problem] == ["copy", "copy"]
    assert Complaint.objects.get().unit == world.service


def test_the_same_words_without_any_message_id_enter_once(world: World, mailbox: Mailbox) -> None:
    sales = Mailbox.objects.create(name="Sales", address="sales@arman.example", unit=world.sales, never_sends=True)
    bare = b"From: mahsa@example.com\r\nSubject: Broken\r\n\r\nIt shakes.\r\n"
    post(bare, mailbox)
    assert post(bare, sales).problem == "copy"
    assert Complaint.objects.count() == Message.objects.filter(direction="in").count() == 1


def test_mail_for_a_closed_unit_goes_to_the_one_above(world: World, mailbox: Mailbox) -> None:
    Unit.objects.filter(pk=world.service.pk).update(is_active=False)
    post(letter(), mailbox)
    assert Complaint.objects.get().unit == world.service.parent


def test_another_letter_under_the_same_message_id_is_not_lost(mailbox: Mailbox) -> None:
    post(letter(), mailbox)
    post(letter("Another thing.", subject="Another thing"), mailbox)
    assert Complaint.objects.count() == 2


def test_reading_twice_enters_once(mailbox: Mailbox) -> None:
    raw = post(letter(), mailbox)
    sorting.sort(raw.pk)
    assert Complaint.objects.count() == 1


def test_a_mail_that_somebody_reads_already_is_left_to_him(mailbox: Mailbox) -> None:
    raw = take(letter(), mailbox=mailbox)
    Raw.objects.filter(pk=raw.pk).update(state="reading", lease_until=clock.now() + timedelta(minutes=1))
    sorting.sort(raw.pk)
    assert not Complaint.objects.exists()
    with clock.shifted(timedelta(minutes=2)):
        assert raw in sorting.overdue()
        sorting.sort(raw.pk)
    assert Complaint.objects.count() == 1


def test_a_mail_whose_reading_breaks_off_again_and_again_waits_for_a_person(mailbox: Mailbox) -> None:
    raw = take(letter(), mailbox=mailbox)
    Raw.objects.filter(pk=raw.pk).update(tries=sorting.MOST_TRIES)
    sorting.sort(raw.pk)
    raw.refresh_from_db()
    assert (raw.state, raw.problem) == ("failed", "broke_off")


def test_mail_that_comes_before_the_set_up_waits_for_it(db: None) -> None:
    raw = take(letter())
    assert not Unit.objects.exists()
    sorting.sort(raw.pk)
    raw.refresh_from_db()
    assert raw.state == "waiting"


def test_an_answer_to_our_mail_is_added_to_its_complaint(mailbox: Mailbox) -> None:
    complaint, outgoing = acknowledged(post(letter(), mailbox))
    answer = letter("The serial is M2205.\r\n\r\n> old words", message_id="<two@example.com>", more=answering(outgoing))
    raw = post(answer, mailbox)
    assert Complaint.objects.count() == 1
    assert raw.message.complaint == complaint
    assert raw.message.author == complaint.complainant
    assert raw.message.kind == "addition"
    assert raw.message.text == "The serial is M2205."
    assert "old words" in raw.message.full_text
    assert Entry.objects.filter(stream__name=complaint.journal_stream, kind="complaint.message_received").exists()


@pytest.mark.parametrize("subject", ["About {0.reference}", "{0.public_code} again", "شکایت {0.reference}"])
def test_a_number_in_the_subject_leads_to_the_senders_own_complaint(mailbox: Mailbox, subject: str) -> None:
    complaint, _outgoing = acknowledged(post(letter(), mailbox))
    raw = post(letter("More.", subject=subject.format(complaint), message_id="<two@example.com>"), mailbox)
    assert raw.message.complaint == complaint
    assert Complaint.objects.count() == 1


def test_a_number_in_persian_digits_is_read_too(mailbox: Mailbox) -> None:
    complaint, _outgoing = acknowledged(post(letter(), mailbox))
    number = complaint.reference.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    raw = post(letter("بیشتر", subject=f"شکایت {number}", message_id="<two@example.com>"), mailbox)
    assert raw.message.complaint == complaint


def test_an_answer_to_ones_own_first_mail_is_added(mailbox: Mailbox) -> None:
    post(letter(), mailbox)
    raw = post(letter("PS", message_id="<two@example.com>", more="In-Reply-To: <one@example.com>\r\n"), mailbox)
    assert Complaint.objects.count() == 1
    assert raw.message.kind == "addition"


@pytest.mark.parametrize(
    "more",
    [
        "Auto-Submitted: auto-replied\r\n",
        "Precedence: bulk\r\n",
        "List-Id: <list.example.com>\r\n",
        "Return-Path: <>\r\n",
        "X-Autoreply: yes\r\n",
    ],
)
def test_automatic_mail_opens_nothing_and_stays_visible(mailbox: Mailbox, more: str) -> None:
    raw = post(letter(more=more), mailbox)
    assert raw.state == "ignored"
    assert raw.message.is_automatic
    assert raw.message.complaint is None
    assert not Complaint.objects.exists()
    assert not Outgoing.objects.exists()


def test_our_own_address_as_the_sender_opens_nothing(mailbox: Mailbox) -> None:
    raw = post(letter(sender="Care <Care+x@arman.example>"), mailbox)
    assert raw.state == "ignored"
    assert not Complaint.objects.exists()


def test_an_out_of_office_answer_is_kept_with_the_complaint_it_answers(mailbox: Mailbox) -> None:
    complaint, outgoing = acknowledged(post(letter(), mailbox))
    away = letter("Away.", subject="Out of office", message_id="<away@example.com>", more=answering(outgoing))
    raw = post(away, mailbox)
    assert raw.message.complaint == complaint
    assert raw.message.is_automatic
    assert Entry.objects.filter(stream__name=complaint.journal_stream, kind="complaint.message_received").count() == 0


@pytest.mark.parametrize("sender", ["MAILER-DAEMON@mx.example.com", "MAILER-DAEMON <>", "<>"])
def test_an_undeliverable_acknowledgement_is_noted_and_alarms(mailbox: Mailbox, sender: str) -> None:
    complaint, outgoing = acknowledged(post(letter(), mailbox))
    raw = post(bounce_of(outgoing, sender=sender), mailbox)
    outgoing.refresh_from_db()
    assert (outgoing.state, outgoing.bounce_kind, outgoing.bounce_status) == ("bounced", "permanent", "5.1.1")
    assert (raw.state, raw.message.complaint) == ("ignored", complaint)
    assert Complaint.objects.count() == 1
    sweeps.alarm_undelivered()
    sweeps.alarm_undelivered()
    assert WorkItem.objects.filter(complaint=complaint, title="acknowledgement_undelivered").count() == 1


def test_a_report_of_delay_is_noted_without_alarm(mailbox: Mailbox) -> None:
    _complaint, outgoing = acknowledged(post(letter(), mailbox))
    state = outgoing.state
    post(bounce_of(outgoing, action="delayed", status="4.4.1"), mailbox)
    outgoing.refresh_from_db()
    assert (outgoing.state, outgoing.bounce_kind) == (state, "delayed")


def test_a_report_about_a_mail_that_is_not_ours_opens_nothing(mailbox: Mailbox) -> None:
    raw = post(bounce_of(Outgoing(to_email="x@example.com", mail_id="<unknown@example.com>")), mailbox)
    assert raw.state == "ignored"
    assert not Complaint.objects.exists()


def test_further_words_after_the_end_are_kept_with_the_closed_complaint(world: World, mailbox: Mailbox) -> None:
    complaint, outgoing = acknowledged(post(letter(), mailbox))
    actions.withdraw(complaint, text="", by=complaint.complainant)
    raw = post(letter("Thank you.", message_id="<two@example.com>", more=answering(outgoing)), mailbox)
    assert raw.message.complaint == complaint
    assert Complaint.objects.count() == 1
