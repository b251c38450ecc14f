"""Sending to a real mail server: what became of each mail is known, and none goes twice by itself."""

import ssl
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from shenava.common import clock
from shenava.journal.models import Entry
from shenava.messages import outbox, sending, smtp
from shenava.messages.jobs import send_outbox
from shenava.messages.models import Outgoing
from shenava.messages.sending import send_due
from shenava.messages.smtp import Fate
from shenava.messages.texts import Wording
from tests.messages.sink import CUT, Sink, listening, server_context

pytestmark = pytest.mark.usefixtures("db")
WORDS = Wording("Your one-time code", "Your code is 123456.")


@pytest.fixture
def db(own_database: None) -> None:
    """These tests commit, so each has a database of its own."""


def queued(to: str = "m@example.com", **details: Any) -> Outgoing:
    return outbox.queue_mail(WORDS, to=to, purpose="other", language="en", **details)


def test_a_mail_is_sent_once_and_its_secret_forgotten(world, sink: Sink, mailbox_at, fresh) -> None:
    mailbox_at(sink.port)
    row = queued()
    assert send_due() == {Fate.SENT: 1}
    assert not send_due()
    row = fresh(row)
    assert (row.state, row.body, row.tries) == ("sent", "", 1)
    assert "kept as 42" in row.smtp_reply
    (mail,) = sink.mails
    assert mail["Message-ID"] == row.mail_id
    assert "123456" in mail.get_body(("plain",)).get_content()
    assert sink.got[0].rcpt_tos == ["m@example.com"]


def test_an_acknowledgement_leaves_without_an_envelope_sender(world, sink: Sink, mailbox_at, message) -> None:
    mailbox_at(sink.port)
    outbox.queue(message, to="m@example.com", purpose="acknowledgement", is_automatic=True)
    send_due()
    assert sink.commands == ["MAIL <>", "RCPT m@example.com", "DATA"]


def test_a_server_that_wants_a_sender_gets_ours(world, mailbox_at, message) -> None:
    with listening(Sink(mail="550 5.7.60 you may not send as this sender")) as sink:
        mailbox_at(sink.port)
        outbox.queue(message, to="m@example.com", purpose="acknowledgement", is_automatic=True)
        assert send_due() == {Fate.SENT: 1}
    assert sink.got[0].mail_from == "care@arman.example"


def test_a_temporary_refusal_is_tried_again_later_and_fails_after_three_days(world, mailbox_at, fresh):
    start, total = clock.now(), sum(sending.WAITS, timedelta())
    with listening(Sink(data="451 greylisted")) as sink:
        mailbox_at(sink.port)
        row = queued()
        assert send_due() == {Fate.TEMPORARY: 1}
        assert fresh(row).state == "due"
        assert timedelta(seconds=50) < fresh(row).next_try_at - clock.now() <= timedelta(minutes=1)
        assert not send_due()
        for wait in sending.WAITS:
            start += wait + timedelta(minutes=1)
            with clock.set_to(start):
                send_due()
    assert timedelta(days=2.9) < total < timedelta(days=3.2)
    assert (fresh(row).state, fresh(row).last_error) == ("failed", "451 greylisted")
    assert len(sink.commands) == 3 * (len(sending.WAITS) + 1)


def test_a_refused_recipient_fails_at_once_is_told_and_stops_nobody_else(world, mailbox_at, message, fresh) -> None:
    with listening(Sink(rcpt="550 5.1.1 no such mailbox")) as sink:
        mailbox_at(sink.port)
        lost = outbox.queue(message, to="refused@example.com", purpose="response", is_automatic=False)
        fine = queued()
        assert send_due() == {Fate.PERMANENT: 1, Fate.SENT: 1}
    assert (fresh(lost).state, fresh(fine).state) == ("failed", "sent")
    assert "5.1.1" in fresh(lost).last_error
    told = Entry.objects.get(kind="messages.mail_undelivered")
    assert told.stream.name == message.complaint.journal_stream
    assert told.data == {"outgoing": lost.pk, "purpose": "response", "state": "failed"}


def test_a_line_that_breaks_after_the_mail_left_is_uncertain_and_never_doubled(world, mailbox_at, fresh) -> None:
    with listening(Sink(data=CUT)) as sink:
        mailbox_at(sink.port)
        first, second = queued(), queued(to="n@example.com")
        assert send_due() == {Fate.UNCERTAIN: 1}
        assert (fresh(first).state, fresh(second).state, fresh(second).tries) == ("uncertain", "due", 0)
        assert fresh(first).body == WORDS.body
        send_due()
        send_due()
    assert sink.commands.count("RCPT m@example.com") == 1


def test_where_starttls_is_not_offered_nothing_is_said_and_the_mail_stays(world, sink: Sink, mailbox_at, fresh):
    mailbox = mailbox_at(sink.port, smtp_security="starttls", smtp_user="u", smtp_password="secret")
    row = queued()
    assert not send_due()
    assert (sink.commands, fresh(row).state, fresh(row).tries) == ([], "due", 0)
    assert fresh(row).next_try_at > clock.now()
    mailbox.refresh_from_db()
    assert mailbox.last_step == "smtp:security"


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_gets_no_mail(security, world, mailbox_at, certificate, fresh):
    context = server_context(*certificate)
    options = {"starttls": {"tls_context": context}, "tls": {"ssl_context": context}}[security]
    with listening(Sink(), **options) as sink:
        mailbox = mailbox_at(sink.port, smtp_security=security)
        row = queued()
        assert not send_due()
    mailbox.refresh_from_db()
    assert (mailbox.last_step, fresh(row).state, sink.commands) == ("smtp:certificate", "due", [])


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_trusted_certificate_gets_the_mail(security, world, mailbox_at, certificate, monkeypatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", certificate[0])
    context = server_context(*certificate)
    options = {"starttls": {"tls_context": context}, "tls": {"ssl_context": context}}[security]
    with listening(Sink(), **options) as sink:
        mailbox_at(sink.port, smtp_security=security)
        queued()
        assert send_due() == {Fate.SENT: 1}
    assert isinstance(context, ssl.SSLContext)
    assert len(sink.got) == 1


def test_a_server_that_is_gone_leaves_everything_due(world, sink: Sink, mailbox_at, fresh) -> None:
    mailbox = mailbox_at(1)
    row = queued()
    assert not send_due()
    mailbox.refresh_from_db()
    assert (mailbox.last_step, fresh(row).state) == ("smtp:connect", "due")
    type(mailbox).objects.update(smtp_port=sink.port)
    Outgoing.objects.update(next_try_at=clock.now())
    assert send_due() == {Fate.SENT: 1}
    mailbox.refresh_from_db()
    assert (mailbox.last_step, mailbox.last_error) == ("", "")


def test_without_a_mailbox_mail_stays_due_and_goes_when_there_is_one(world, sink: Sink, mailbox_at, fresh) -> None:
    row = queued()
    assert not send_due()
    assert fresh(row).state == "due"
    mailbox_at(sink.port)
    assert send_due() == {Fate.SENT: 1}


def test_mail_of_the_demo_never_leaves(world, sink: Sink, mailbox_at, message, fresh) -> None:
    mailbox_at(sink.port, never_sends=True)
    ours = outbox.queue(message, to="m@example.com", purpose="response", is_automatic=False)
    assert not send_due()
    assert (fresh(ours).state, fresh(ours).held_for, sink.commands) == ("held", "demo", [])


def test_two_workers_send_each_mail_once(world, sink: Sink, mailbox_at, monkeypatch) -> None:
    mailbox_at(sink.port)
    for number in range(5):
        queued(to=f"m{number}@example.com")
    deliver = smtp.deliver
    others: list[Any] = []

    def while_another_works(*args: Any) -> Any:
        monkeypatch.setattr(sending, "deliver", deliver)
        others.append(send_due())
        return deliver(*args)

    monkeypatch.setattr(sending, "deliver", while_another_works)
    assert send_due(limit=3) + others[0] == {Fate.SENT: 5}
    assert len({envelope.rcpt_tos[0] for envelope in sink.got}) == len(sink.got) == 5


@pytest.mark.parametrize(("in_data", "state"), [(False, "due"), (True, "uncertain")])
def test_a_worker_killed_while_sending_leaves_what_is_true(in_data, state, world, fresh) -> None:
    row = queued()
    past = clock.now() - timedelta(seconds=1)
    Outgoing.objects.update(state="sending", lease_until=past, lease_token="t", in_data=in_data, tries=1)
    send_due()
    assert fresh(row).state == state
    assert Entry.objects.filter(kind="messages.mail_undelivered").count() == int(in_data)


def test_a_lease_that_holds_is_left_alone(world, fresh) -> None:
    row = queued()
    Outgoing.objects.update(state="sending", lease_until=clock.now() + timedelta(minutes=1), lease_token="t")
    send_due()
    assert fresh(row).state == "sending"


def test_a_worker_that_lost_its_row_sends_nothing(world, sink: Sink, mailbox_at, monkeypatch, fresh) -> None:
    mailbox_at(sink.port)
    row = queued()
    envelope_of = sending.envelope

    def taken_away(*args: Any) -> Any:
        Outgoing.objects.update(lease_token="another")
        return envelope_of(*args)

    monkeypatch.setattr(sending, "envelope", taken_away)
    assert send_due() == {Fate.SKIPPED: 1}
    assert (sink.got, fresh(row).lease_token) == ([], "another")


def test_a_mail_that_cannot_be_built_does_not_keep_the_others_waiting(world, sink: Sink, mailbox_at, message, fresh):
    from shenava.attachments import store

    mailbox_at(sink.port)
    file = store.take_in(b"x", name="a.txt")
    message.files.add(file)
    file.path.unlink()
    broken = outbox.queue(message, to="m@example.com", purpose="response", is_automatic=False)
    queued()
    assert send_due() == {Fate.TEMPORARY: 1, Fate.SENT: 1}
    assert (fresh(broken).state, fresh(broken).last_error) == ("due", "FileNotFoundError")


def test_mail_is_never_sent_inside_a_transaction(world) -> None:
    with transaction.atomic(), pytest.raises(RuntimeError):
        send_due()


def test_lines_of_dots_and_line_ends_arrive_as_one_mail(world, sink: Sink, mailbox_at) -> None:
    mailbox_at(sink.port)
    words = "a\n.\nMAIL FROM:<x@evil.example>\r\n.\r\nb\r.\rc"
    outbox.queue_mail(Wording("s", words), to="m@example.com", purpose="other", language="en")
    assert send_due() == {Fate.SENT: 1}
    (mail,) = sink.mails
    assert mail.get_body(("plain",)).get_content().split() == words.split()


def test_one_job_empties_a_full_outbox_codes_first(world, sink: Sink, mailbox_at) -> None:
    mailbox_at(sink.port)
    for number in range(25):
        queued(to=f"m{number}@example.com")
    outbox.queue_mail(WORDS, to="waiting@example.com", purpose="code", language="en")
    send_outbox()
    assert not Outgoing.objects.exclude(state="sent").exists()
    assert sink.got[0].rcpt_tos == ["waiting@example.com"]


def test_workers_are_woken_once_for_many_mails_and_not_before_the_commit(world) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    jobs = ProcrastinateJob.objects.filter(task_name="messages.send_outbox")
    with transaction.atomic():
        queued()
        queued(to="n@example.com")
        assert not jobs.exists()
    assert jobs.count() == 1
    queued(to="o@example.com")
    assert jobs.count() == 1
