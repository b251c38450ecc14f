"""Trying a mailbox out says which step fails."""

import socket
from collections.abc import Iterator
from threading import Thread

import pytest

from shenava.messages.models import Mailbox
from shenava.messages.probing import STEP_NAMES, try_receiving, try_sending
from shenava.messages.smtp import Step
from tests.messages.sink import Sink, listening, server_context


def box(port: int, **fields: object) -> Mailbox:
    given = {"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_security": "none", "imap_host": "127.0.0.1",
             "imap_port": port, "imap_security": "none", "imap_user": "u", "imap_password": "p"}  # fmt: skip
    return Mailbox(name="Complaints", address="care@arman.example", **(given | fields))


def test_a_mailbox_that_can_send_fails_nowhere(sink: Sink) -> None:
    assert try_sending(box(sink.port))
    assert sink.got == []


@pytest.mark.parametrize(
    ("fields", "step"),
    [
        ({"smtp_host": "no-such-host.invalid"}, Step.LOOKUP),
        ({"smtp_port": 1}, Step.CONNECT),
        ({"smtp_security": "starttls"}, Step.SECURITY),
        ({"smtp_security": "tls"}, Step.SECURITY),
        ({"smtp_user": "u", "smtp_password": "p"}, Step.LOGIN),
    ],
)
def test_the_step_of_sending_that_fails_is_named(fields: dict[str, object], step: Step, sink: Sink) -> None:
    trial = try_sending(box(sink.port, **fields))
    assert not trial
    assert (trial.step, bool(trial.reason)) == (step, True)
    assert str(trial.step_name) == str(STEP_NAMES[step])


def test_an_unknown_certificate_is_named(certificate: tuple[str, str]) -> None:
    with listening(Sink(), ssl_context=server_context(*certificate)) as sink:
        trial = try_sending(box(sink.port, smtp_security="tls"))
    assert trial.step == Step.CERTIFICATE
    assert "self" in trial.reason


@pytest.fixture
def imap() -> Iterator[int]:
    """A server that greets, lets `u` in with the password `p` and has one folder, INBOX."""
    listener = socket.create_server(("127.0.0.1", 0))
    answers = {
        b'LOGIN u "p"': b"OK in", b"EXAMINE \"INBOX\"": b"OK [READ-ONLY] open", b"CAPABILITY": b"OK done",
    }  # fmt: skip

    def serve() -> None:
        line, _address = listener.accept()
        with line, line.makefile("rwb") as file:
            file.write(b"* OK ready\r\n")
            file.flush()
            for request in file:
                tag, _space, words = request.strip().partition(b" ")
                untagged = b"* CAPABILITY IMAP4rev1\r\n" if words == b"CAPABILITY" else b""
                file.write(untagged + tag + b" " + answers.get(words, b"NO not here") + b"\r\n")
                file.flush()

    thread = Thread(target=serve)
    thread.start()
    yield listener.getsockname()[1]
    thread.join(5)
    listener.close()


@pytest.mark.parametrize(
    ("fields", "step"),
    [
        ({}, None),
        ({"imap_password": "wrong"}, Step.LOGIN),
        ({"imap_folder": 'No "such"'}, Step.FOLDER),
        ({"imap_security": "starttls"}, Step.SECURITY),
    ],
)
def test_the_step_of_receiving_that_fails_is_named(fields: dict[str, object], step: Step | None, imap: int) -> None:
    assert try_receiving(box(imap, **fields)).step == step


def test_a_server_that_is_not_there_is_named() -> None:
    assert try_receiving(box(1)).step == Step.CONNECT
    assert try_receiving(box(1, imap_host="no-such-host.invalid")).step == Step.LOOKUP
