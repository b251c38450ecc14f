"""What an administrator does with mailboxes and templates, and people with mail that is stuck."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shenava.common import clock
from shenava.common.once import told_if_taken
from shenava.journal.actions import Room, action_for
from shenava.journal.recording import record
from shenava.messages.facts import MailboxAdded, MailboxChanged, MailGivenUp, MailResent, TemplateAdded, TemplateChanged
from shenava.messages.jobs import wake_soon
from shenava.messages.mail import is_address
from shenava.messages.models import Mailbox, Outgoing, OutgoingState, Security, Template, TemplateKind
from shenava.messages.policy import may
from shenava.people.models import Party, Unit

PLACE = frozenset({"imap_host", "imap_user", "imap_folder"})
"""What makes another folder of it: mail that was opened there before the first fetch is old."""

ADDRESS_TAKEN = _("There is a mailbox with this address already.")
TEMPLATE_TAKEN = _("There is one with this name in this language already.")
ROOM = Room("messages", may)
action = action_for(ROOM)


@dataclass(frozen=True)
class MailboxFields:
    """How a mailbox is set up. A password of None keeps the one there is."""

    name: str
    address: str
    unit: Unit | None = None
    is_active: bool = True
    never_sends: bool = False
    imap_host: str = ""
    imap_port: int = 993
    imap_security: str = Security.TLS
    imap_user: str = ""
    imap_password: str | None = None
    imap_folder: str = "INBOX"
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_security: str = Security.STARTTLS
    smtp_user: str = ""
    smtp_password: str | None = None
    trusted_authserv: str = ""


@action(creates=True)
def add_mailbox(*, fields: MailboxFields, by: Party) -> Mailbox:
    """Let an address of the organisation receive or send mail. Raises ValidationError."""
    mailbox = Mailbox()
    _fill(mailbox, fields)
    with told_if_taken(ADDRESS_TAKEN, field="address"):
        mailbox.save()
    record(mailbox, MailboxAdded(mailbox=mailbox.pk), by=by)
    return mailbox


@action
def change_mailbox(mailbox: Mailbox, *, fields: MailboxFields, by: Party) -> Mailbox:
    """Change how a mailbox is reached; waiting mail is tried again at once. Raises ValidationError."""
    changed = _fill(mailbox, fields)
    mailbox.last_step, mailbox.last_error = "", ""
    if PLACE & set(changed):
        mailbox.last_ok_at = None
    with told_if_taken(ADDRESS_TAKEN, field="address"):
        mailbox.save()
    waiting = Outgoing.objects.filter(mailbox=mailbox, state=OutgoingState.DUE)
    waiting.update(next_try_at=clock.now())
    record(mailbox, MailboxChanged(mailbox=mailbox.pk, fields=changed), by=by)
    wake_soon()
    return mailbox


@dataclass(frozen=True)
class Words:
    """What is written in a template. Only pieces of an answer have a name, only mails a subject."""

    body: str
    subject: str = ""
    name: str = ""
    is_active: bool = True


@action(creates=True)
def add_template(*, kind: str, language: str, words: Words, by: Party) -> Template:
    """Say something in the organisation's own words. Raises ValidationError."""
    template = Template(kind=kind, language=language, **dataclasses.asdict(words))
    _keep(template)
    record(template, TemplateAdded(template=template.pk, kind=kind, language=language), by=by)
    return template


@action
def change_template(template: Template, *, words: Words, by: Party) -> Template:
    """Say it otherwise, or no longer: what was sent stays as it was. Raises ValidationError."""
    wanted = dataclasses.asdict(words)
    changed = tuple(name for name, value in wanted.items() if getattr(template, name) != value)
    for name in changed:
        setattr(template, name, wanted[name])
    _keep(template)
    told = TemplateChanged(template=template.pk, kind=template.kind, language=template.language, fields=changed)
    record(template, told, by=by)
    return template


@action
def resend(outgoing: Outgoing, *, by: Party) -> Outgoing:
    """Send a stuck mail after all, under its old Message-ID: who got it already sees one mail."""
    outgoing.state, outgoing.next_try_at = OutgoingState.DUE, clock.now()
    outgoing.held_for, outgoing.lease_token, outgoing.lease_until = "", "", None
    outgoing.tries, outgoing.in_data = 0, False
    outgoing.save()
    record(outgoing, MailResent(outgoing=outgoing.pk, purpose=outgoing.purpose), by=by)
    wake_soon()
    return outgoing


@action
def give_up(outgoing: Outgoing, *, by: Party) -> Outgoing:
    """Leave a stuck mail unsent; it alarms nobody any more. Its secrets are wiped."""
    outgoing.state, outgoing.body, outgoing.lease_token = OutgoingState.GIVEN_UP, "", ""
    outgoing.save()
    record(outgoing, MailGivenUp(outgoing=outgoing.pk, purpose=outgoing.purpose), by=by)
    return outgoing


def _keep(template: Template) -> None:
    """Only a piece of an answer has a name, at which it can be told that there is one like it."""
    template.full_clean()
    with told_if_taken(TEMPLATE_TAKEN, field="name" if template.kind == TemplateKind.RESPONSE else ""):
        template.save()


def _fill(mailbox: Mailbox, fields: MailboxFields) -> tuple[str, ...]:
    """Write the fields, say which changed."""
    if not is_address(fields.address):
        raise ValidationError({"address": _("This is not an e-mail address.")})
    wanted = {field.name: getattr(fields, field.name) for field in dataclasses.fields(fields)}
    kept = {name for name in ("imap_password", "smtp_password") if wanted[name] is None}
    changed = tuple(name for name, value in wanted.items() if name not in kept and getattr(mailbox, name) != value)
    for name in changed:
        setattr(mailbox, name, wanted[name])
    mailbox.full_clean()
    return changed
