"""The rows of the messages room."""

from shenava.messages.models.mailbox import Mailbox, Security
from shenava.messages.models.message import Channel, Direction, Message, MessageKind, SenderVerdict
from shenava.messages.models.outgoing import UNDELIVERED, HeldFor, Outgoing, OutgoingState, Purpose
from shenava.messages.models.raw import Raw, RawState
from shenava.messages.models.template import IN_SUBJECT, NEEDED, OFFERED, Language, Template, TemplateKind

__all__ = [
    "IN_SUBJECT",
    "NEEDED",
    "OFFERED",
    "UNDELIVERED",
    "Channel",
    "Direction",
    "HeldFor",
    "Language",
    "Mailbox",
    "Message",
    "MessageKind",
    "Outgoing",
    "OutgoingState",
    "Purpose",
    "Raw",
    "RawState",
    "Security",
    "SenderVerdict",
    "Template",
    "TemplateKind",
]
