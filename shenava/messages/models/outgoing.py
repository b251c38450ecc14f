"""The outbox: one row for one mail to one address, from the decision to the fate of the mail."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shenava.common.sealed import SealedTextField
from shenava.messages.models.mailbox import Mailbox
from shenava.messages.models.message import Message


class Purpose(models.TextChoices):
    # Translators: the mail that confirms a complaint has been received
    ACKNOWLEDGEMENT = "acknowledgement", _("acknowledgement")
    # Translators: the mail with the answer to the complaint
    RESPONSE = "response", _("response")
    CODE = "code", _("one-time code")
    # Translators: the mail by which somebody becomes a user
    INVITATION = "invitation", _("invitation")
    PASSWORD_RESET = "password_reset", _("password reset")
    # Translators: a short mail that something has happened
    NOTICE = "notice", _("notice")
    STAFF_NOTICE = "staff_notice", _("notice to staff")
    # Translators: another purpose of a mail
    OTHER = "other", _("other")


class OutgoingState(models.TextChoices):
    # Translators: state of a mail in the outbox, it will be sent
    DUE = "due", pgettext_lazy("state of a mail", "due")
    # Translators: state of a mail in the outbox, it is being sent now
    SENDING = "sending", pgettext_lazy("state of a mail", "being sent")
    # Translators: state of a mail in the outbox
    SENT = "sent", pgettext_lazy("state of a mail", "sent")
    # Translators: state of a mail in the outbox, nobody knows whether the server took it
    UNCERTAIN = "uncertain", pgettext_lazy("state of a mail", "uncertain")
    # Translators: state of a mail in the outbox, it could not be sent
    FAILED = "failed", pgettext_lazy("state of a mail", "failed")
    # Translators: state of a mail, it came back as undeliverable
    BOUNCED = "bounced", pgettext_lazy("state of a mail", "bounced")
    # Translators: state of a mail in the outbox, it is kept back and not sent
    HELD = "held", pgettext_lazy("state of a mail", "held")
    # Translators: state of a mail in the outbox, a person decided that it will not be sent
    GIVEN_UP = "given_up", pgettext_lazy("state of a mail", "given up")


class HeldFor(models.TextChoices):
    DEMO = "demo", _("mail of this mailbox never leaves the outbox")
    ADDRESS_BUDGET = "address_budget", _("too much automatic mail to this address today")
    COMPLAINT_BUDGET = "complaint_budget", _("too much automatic mail about this complaint today")
    HOURLY_BUDGET = "hourly_budget", _("too much automatic mail in this hour")


UNDELIVERED = (OutgoingState.UNCERTAIN, OutgoingState.FAILED, OutgoingState.BOUNCED)


class OutgoingQuerySet(models.QuerySet["Outgoing"]):
    def due(self, now: datetime) -> OutgoingQuerySet:
        return self.filter(state=OutgoingState.DUE, next_try_at__lte=now)

    def undelivered(self) -> OutgoingQuerySet:
        """Those a person must look at."""
        return self.filter(state__in=UNDELIVERED)

    def stuck(self) -> OutgoingQuerySet:
        """Those that go nowhere unless a person decides; the demo's are meant to stay."""
        return (self.undelivered() | self.filter(state=OutgoingState.HELD)).exclude(held_for=HeldFor.DEMO)

    def over_budget(self) -> OutgoingQuerySet:
        return self.filter(state=OutgoingState.HELD).exclude(held_for=HeldFor.DEMO)


class Outgoing(models.Model):
    """A mail that has to go out. `body` is sealed and wiped once the mail is gone where it holds a
    secret that the kept message must not hold; empty means the text of the message. `key_hash` belongs
    to the key in the mail's link, which opens the complaint for whoever reads the mail."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, blank=True, related_name="outgoings")
    complaint = models.ForeignKey(
        "complaints.Complaint", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    mailbox = models.ForeignKey(Mailbox, on_delete=models.PROTECT, null=True, blank=True, related_name="outgoings")
    to_email = models.CharField(max_length=320)
    party = models.ForeignKey("people.Party", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    purpose = models.CharField(max_length=16, choices=Purpose.choices)
    is_automatic = models.BooleanField()
    subject = models.CharField(max_length=500)
    body = SealedTextField(purpose="messages.outgoing", blank=True, default="")
    language = models.CharField(max_length=5)
    # null until the number of the row is known, which stands in it
    mail_id = models.CharField(max_length=250, unique=True, null=True)  # noqa: DJ001
    key_hash = models.CharField(max_length=64, blank=True, editable=False)
    queued_at = models.DateTimeField()

    state = models.CharField(max_length=10, choices=OutgoingState.choices, default=OutgoingState.DUE)
    held_for = models.CharField(max_length=20, choices=HeldFor.choices, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.CharField(max_length=32, blank=True)
    in_data = models.BooleanField(default=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)
    smtp_reply = models.TextField(blank=True)

    bounce_kind = models.CharField(max_length=20, blank=True)
    bounce_status = models.CharField(max_length=20, blank=True)
    bounce_reason = models.TextField(blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[OutgoingQuerySet] = OutgoingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="sent") | models.Q(sent_at__isnull=False),
                name="what_is_sent_has_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="held") | ~models.Q(held_for=""), name="what_is_held_has_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], condition=models.Q(state="due"), name="outgoing_due"),
            models.Index(fields=["lease_until"], condition=models.Q(state="sending"), name="outgoing_leased"),
            models.Index(fields=["complaint", "queued_at"], name="outgoing_by_complaint"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.state}"

    @property
    def journal_stream(self) -> str:
        """Facts about a mail stand in its complaint's stream; of other mail in the room's own."""
        return f"complaint:{self.complaint_id}" if self.complaint_id else "messages"

    @property
    def trouble(self) -> str:
        """Why it did not go or arrive: the other server's words, or our own reason."""
        bounced = f"{self.bounce_status} {self.bounce_reason}".strip()
        return bounced or self.last_error or str(self.get_held_for_display())

    @property
    def has_words(self) -> bool:
        """Is there still something to send? Secrets are wiped once a mail is gone."""
        return bool(self.body) or self.message is not None
