"""What can have happened to mailboxes and to mail on its way out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from shenava.journal.facts import Fact, fact
from shenava.messages.models import Language, OutgoingState, Purpose, TemplateKind


@fact("messages.mailbox_added", 1)
@dataclass(frozen=True)
class MailboxAdded(Fact):
    mailbox: int

    icon = "inbox"
    sentence = _("{by} added mailbox {mailbox}.")


@fact("messages.mailbox_changed", 1)
@dataclass(frozen=True)
class MailboxChanged(Fact):
    """`fields` are the names of what changed, never the values."""

    mailbox: int
    fields: tuple[str, ...]

    icon = "inbox"
    sentence = _("{by} changed mailbox {mailbox}.")


@fact("messages.template_added", 1)
@dataclass(frozen=True)
class TemplateAdded(Fact):
    template: int
    kind: str
    language: str

    icon = "file-text"
    labels: ClassVar = {"kind": TemplateKind, "language": Language}
    sentence = _("{by} wrote words of our own: {kind}, {language}.")


@fact("messages.template_changed", 1)
@dataclass(frozen=True)
class TemplateChanged(Fact):
    """`fields` are the names of what changed, never the words."""

    template: int
    kind: str
    language: str
    fields: tuple[str, ...]

    icon = "file-text"
    labels: ClassVar = {"kind": TemplateKind, "language": Language}
    sentence = _("{by} changed words of our own: {kind}, {language}.")


@fact("messages.mail_undelivered", 1)
@dataclass(frozen=True)
class MailUndelivered(Fact):
    outgoing: int
    purpose: str
    state: str

    icon = "mail-warning"
    labels: ClassVar = {"purpose": Purpose, "state": OutgoingState}
    sentence = _("A mail was not delivered: {purpose}, {state}.")


@fact("messages.mail_resent", 1)
@dataclass(frozen=True)
class MailResent(Fact):
    outgoing: int
    purpose: str

    icon = "send"
    labels: ClassVar = {"purpose": Purpose}
    sentence = _("{by} sent a mail again: {purpose}.")


@fact("messages.mail_given_up", 1)
@dataclass(frozen=True)
class MailGivenUp(Fact):
    outgoing: int
    purpose: str

    icon = "mail-x"
    labels: ClassVar = {"purpose": Purpose}
    sentence = _("{by} gave a mail up: {purpose}.")
