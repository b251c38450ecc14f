"""Raw: the bytes as they came, kept before anybody tries to understand them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy

from shenava.messages.models.mailbox import Mailbox
from shenava.messages.models.message import Message


class RawState(models.TextChoices):
    # Translators: a mail that has come and has not been read by the program yet
    WAITING = "waiting", pgettext_lazy("state of a mail", "waiting")
    # Translators: a mail the program is reading now
    READING = "reading", pgettext_lazy("state of a mail", "being read")
    # Translators: a mail the program has read
    READ = "read", pgettext_lazy("state of a mail", "read")
    # Translators: a mail the program could not read; a person must look at it
    FAILED = "failed", pgettext_lazy("state of a mail", "unreadable")
    # Translators: a mail that is kept but starts nothing, such as an automatic reply
    IGNORED = "ignored", pgettext_lazy("state of a mail", "kept aside")


class RawQuerySet(models.QuerySet["Raw"]):
    def unreadable(self) -> RawQuerySet:
        """Those a person must look at; their clock is running."""
        return self.filter(state=RawState.FAILED)


class Raw(models.Model):
    """One mail as its bytes. The same bytes enter a mailbox once."""

    mailbox = models.ForeignKey(Mailbox, on_delete=models.PROTECT, null=True, blank=True, related_name="raws")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    received_at = models.DateTimeField()
    envelope = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=8, choices=RawState.choices, default=RawState.WAITING)
    lease_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.TextField(blank=True)
    message = models.OneToOneField(Message, on_delete=models.PROTECT, null=True, blank=True, related_name="raw")

    objects: ClassVar[RawQuerySet] = RawQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mailbox", "sha256"], nulls_distinct=False, name="a_mail_enters_a_mailbox_once"
            ),
        ]
        indexes = [
            models.Index(fields=["sha256"], name="raw_by_content"),
            models.Index(
                fields=["received_at"],
                condition=models.Q(state__in=["waiting", "reading", "failed"]),
                name="raw_still_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sha256[:12]} {self.state}"
