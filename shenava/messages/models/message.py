"""Messages: what was said to or from outside. A note is inside only and never lives here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shenava.attachments.models import File


class Direction(models.TextChoices):
    # Translators: direction of a message, it came in
    IN = "in", pgettext_lazy("direction of a message", "in")
    # Translators: direction of a message, it went out
    OUT = "out", pgettext_lazy("direction of a message", "out")


class Channel(models.TextChoices):
    EMAIL = "email", _("e-mail")
    PORTAL = "portal", _("portal")
    # Translators: channel by which a complaint came
    PHONE = "phone", _("telephone")
    # Translators: channel by which a complaint came, a telephone number for complaints alone
    COMPLAINTS_LINE = "complaints_line", _("complaints line")
    SMS = "sms", _("text message")
    # Translators: channel by which a complaint came, on paper
    LETTER = "letter", _("letter")
    IN_PERSON = "in_person", _("in person")
    # Translators: channel by which a complaint came
    FAX = "fax", _("fax")
    # Translators: channel by which a complaint came, such as WhatsApp or Telegram
    MESSENGER = "messenger", _("messenger")
    CHAT = "chat", _("chat")
    # Translators: channel by which a complaint came, through somebody who sells our products
    DEALER = "dealer", _("dealer")
    SUPERVISORY_BODY = "supervisory_body", _("supervisory body")
    SOCIAL_MEDIA = "social_media", _("social media")
    WEB_REVIEW = "web_review", _("comment or review on the web")
    # Translators: another channel
    OTHER = "other", _("other")


class MessageKind(models.TextChoices):
    COMPLAINT = "complaint", _("complaint")
    # Translators: a message that adds information to a complaint
    ADDITION = "addition", _("addition")
    ANSWER_TO_RESPONSE = "answer_to_response", _("answer to our response")
    # Translators: the message that confirms a complaint has been received
    ACKNOWLEDGEMENT = "acknowledgement", _("acknowledgement")
    # Translators: what the complainant gets as the answer to the complaint
    RESPONSE = "response", _("response")
    # Translators: a message that informs the complainant
    INFORMATION = "information", _("information")
    # Translators: another kind of message
    OTHER = "other", _("other")


class SenderVerdict(models.TextChoices):
    # Translators: the sender of a message is proven
    VERIFIED = "verified", _("verified")
    # Translators: the sender of a message is not proven
    UNVERIFIED = "unverified", _("unverified")
    # Translators: a message names no or several senders
    UNCLEAR = "unclear", _("unclear")
    # Translators: the message comes from our own people
    INTERNAL = "internal", _("internal")


class MessageQuerySet(models.QuerySet["Message"]):
    def incoming(self) -> MessageQuerySet:
        return self.filter(direction=Direction.IN)

    def outgoing(self) -> MessageQuerySet:
        return self.filter(direction=Direction.OUT)

    def said_with(self, speakers: Iterable[int]) -> MessageQuerySet:
        """What was said between these parties and us: neither what machines nor what strangers wrote."""
        theirs = models.Q(author__in=speakers, is_automatic=False)
        return self.filter(models.Q(direction=Direction.OUT) | theirs)


class Message(models.Model):
    """Something said, in whichever way it came or went. `text` is what people read: for mail the new
    words without quotations; `full_text` has everything, `html` is cleaned and shown in a sandboxed
    frame only."""

    complaint = models.ForeignKey(
        "complaints.Complaint", on_delete=models.PROTECT, null=True, blank=True, related_name="messages"
    )
    direction = models.CharField(max_length=3, choices=Direction.choices)
    channel = models.CharField(max_length=20, choices=Channel.choices)
    kind = models.CharField(max_length=20, choices=MessageKind.choices, default=MessageKind.OTHER)
    author = models.ForeignKey("people.Party", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    from_name = models.CharField(max_length=200, blank=True)
    from_email = models.CharField(max_length=320, blank=True)
    to = models.JSONField(default=list, blank=True)
    subject = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    full_text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    at = models.DateTimeField()
    sender_verdict = models.CharField(max_length=10, choices=SenderVerdict.choices)
    is_automatic = models.BooleanField(default=False)
    message_id = models.CharField(max_length=998, blank=True)
    files = models.ManyToManyField(File, blank=True, related_name="messages")
    language = models.CharField(max_length=5, blank=True)

    objects: ClassVar[MessageQuerySet] = MessageQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["complaint", "at"], name="message_by_complaint"),
            models.Index(fields=["message_id"], condition=~models.Q(message_id=""), name="message_by_message_id"),
        ]

    def __str__(self) -> str:
        return self.subject or f"{self.channel} {self.at:%Y-%m-%d}"
