"""What the tests of mail share: a mailbox, a server, a certificate."""

from __future__ import annotations

import datetime
import ipaddress
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from shenava.messages.models import Mailbox, Message, Outgoing
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
    folder: Path = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    today = datetime.datetime.now(datetime.UTC)
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    built = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(today - datetime.timedelta(days=1))
        .not_valid_after(today + datetime.timedelta(days=2)).add_extension(address, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    (folder / "certificate.pem").write_bytes(built.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return str(folder / "certificate.pem"), str(folder / "key.pem")
