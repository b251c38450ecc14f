"""What the tests of the mailroom share: a mailbox of after-sales service, and no reader left behind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from shenava.mailroom.reading import sandbox
from shenava.messages.models import Mailbox
from tests.mailroom.letters import TRUSTED
from tests.world import World


@pytest.fixture
def mailbox(world: World) -> Mailbox:
    """The address complaints are written to; its mail stays in the outbox."""
    return Mailbox.objects.create(
        name="Care", address="care@arman.example", unit=world.service, never_sends=True, trusted_authserv=TRUSTED
    )


@pytest.fixture(scope="session", autouse=True)
def no_reader_left() -> Iterator[None]:
    """The warm readers end with the tests."""
    yield
    sandbox.close()
