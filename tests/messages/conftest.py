"""What the tests of mail share: a mailbox, a server, a certificate."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from shenava.messages.models import Mailbox, Message, Outgoing
from tests.messages.certificates import self_signed
from tests.messages.sink import Sink, listening


@pytest.fixture
def sink() -> Iterator[Sink]:
    """A mail server without TLS that takes everything."""
    with listening(Sink()) as server:
        yield server


@pytest.fixture
def mailbox_at() -> Callable[..., Mailbox]:
    """A mailbox of the organisation that sends through a server on this port."""

    def at(port: int, **fields: Any) -> Mailbox:
        given = {"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_security": "none"} | fields
        return Mailbox.objects.create(name="Complaints", address="care@arman.example", **given)

    return at


@pytest.fixture
def message(world: Any) -> Message:
    """A message to the complainant of a complaint."""
    return Message.objects.create(
        complaint=world.complaint(), direction="out", channel="email", kind="response",
        subject="Our response", text="A technician comes tomorrow.", at=world.organisation.created_at,
        sender_verdict="internal", language="en",
    )  # fmt: skip


@pytest.fixture
def fresh() -> Callable[[Outgoing], Outgoing]:
    """The row as it is in the database now."""
    return lambda row: Outgoing.objects.get(pk=row.pk)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A self-signed certificate for 127.0.0.1 and its key, as paths."""
    return self_signed(tmp_path_factory.mktemp("tls"))
