"""What the tests of the mailroom share: a mailbox of after-sales service, a mail server, no reader left behind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from shenava.mailroom.reading import sandbox
from shenava.messages.models import Mailbox
from tests.mailroom import dovecot
from tests.mailroom.letters import TRUSTED
from tests.messages.certificates import self_signed
from tests.world import World


@pytest.fixture
def mailbox(world: World) -> Mailbox:
    """The address complaints are written to; its mail stays in the outbox."""
    return Mailbox.objects.create(
        name="Care", address="care@arman.example", unit=world.service, never_sends=True, trusted_authserv=TRUSTED
    )


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A self-signed certificate for 127.0.0.1 and its key, as paths."""
    return self_signed(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="session")
def dovecot_server(certificate: tuple[str, str]) -> Iterator[dovecot.Server]:
    """A real mail server; tests share it, each with users of its own."""
    with dovecot.running(certificate) as server:
        yield server


@pytest.fixture(scope="session", autouse=True)
def no_reader_left() -> Iterator[None]:
    """The warm readers end with the tests."""
    yield
    sandbox.close()
