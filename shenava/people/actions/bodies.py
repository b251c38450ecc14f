"""External bodies as an administrator keeps them."""

from __future__ import annotations

from dataclasses import dataclass

from shenava.common import clock
from shenava.journal.recording import record
from shenava.people import facts
from shenava.people.actions.room import STREAM, action
from shenava.people.models import ExternalBody, Party, PartyKind


@dataclass(frozen=True)
class Address:
    """How a body is called and reached."""

    name: str
    email: str = ""
    phone: str = ""
    address: str = ""


@action(creates=True)
def add_body(*, kind: str, address: Address, by: Party) -> ExternalBody:
    """Make an external body known."""
    party = Party.objects.create(
        kind=PartyKind.AUTHORITY,
        name=address.name,
        email=address.email,
        phone=address.phone,
        address=address.address,
        created_at=clock.now(),
    )
    body = ExternalBody.objects.create(party=party, kind=kind)
    record(STREAM, facts.BodyAdded(party.pk), by=by)
    return body


@action
def change_body(body: ExternalBody, *, kind: str, address: Address, is_active: bool, by: Party) -> ExternalBody:
    """Call it better, or let it no longer be chosen. What lies with it stays."""
    party = body.party
    party.name, party.email = address.name, address.email
    party.phone, party.address = address.phone, address.address
    party.save()
    body.kind, body.is_active = kind, is_active
    body.save(update_fields=["kind", "is_active"])
    record(STREAM, facts.BodyChanged(party.pk), by=by)
    return body
