"""Mailboxes: an address of the organisation, how its mail is fetched and how mail goes out from it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shenava.common.sealed import SealedTextField


class Security(models.TextChoices):
    # Translators: how the connection to a mail server is protected
    TLS = "tls", _("TLS from the start")
    STARTTLS = "starttls", _("STARTTLS, required")
    # Translators: no protection of the connection to a mail server
    NONE = "none", pgettext_lazy("connection to a mail server", "none")


class MailboxQuerySet(models.QuerySet["Mailbox"]):
    def receiving(self) -> MailboxQuerySet:
        """Those whose mail is fetched."""
        return self.filter(is_active=True).exclude(imap_host="")

    def sending(self) -> MailboxQuerySet:
        """Those from which mail can leave."""
        return self.filter(is_active=True, never_sends=False).exclude(smtp_host="")

    def default(self) -> Mailbox | None:
        """Where mail leaves from unless a thread says otherwise: the organisation's before a unit's.

        A mailbox that never sends counts: in the demo everything is kept in the outbox.
        """
        able = self.filter(is_active=True).filter(models.Q(never_sends=True) | ~models.Q(smtp_host=""))
        return able.order_by(models.F("unit").asc(nulls_first=True), "pk").first()


class Mailbox(models.Model):
    """An address of the organisation. Passwords are sealed with the installation's key."""

    name = models.CharField(max_length=100)
    address = models.EmailField(unique=True)
    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="mailboxes")
    is_active = models.BooleanField(default=True)
    never_sends = models.BooleanField(default=False)

    imap_host = models.CharField(max_length=253, blank=True)
    imap_port = models.PositiveIntegerField(default=993)
    imap_security = models.CharField(max_length=8, choices=Security.choices, default=Security.TLS)
    imap_user = models.CharField(max_length=254, blank=True)
    imap_password = SealedTextField(purpose="messages.imap", blank=True, default="")
    imap_folder = models.CharField(max_length=200, default="INBOX")

    smtp_host = models.CharField(max_length=253, blank=True)
    smtp_port = models.PositiveIntegerField(default=587)
    smtp_security = models.CharField(max_length=8, choices=Security.choices, default=Security.STARTTLS)
    smtp_user = models.CharField(max_length=254, blank=True)
    smtp_password = SealedTextField(purpose="messages.smtp", blank=True, default="")

    trusted_authserv = models.CharField(max_length=253, blank=True)
    last_polled_at = models.DateTimeField(null=True, blank=True)
    last_ok_at = models.DateTimeField(null=True, blank=True)
    last_step = models.CharField(max_length=20, blank=True)
    last_error = models.TextField(blank=True)

    journal_stream: ClassVar[str] = "settings"

    objects: ClassVar[MailboxQuerySet] = MailboxQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name_plural = "mailboxes"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(imap_port__range=(1, 65535), smtp_port__range=(1, 65535)),
                name="a_mailbox_has_real_ports",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>"

    @property
    def domain(self) -> str:
        """The part of the address after the @."""
        return self.address.rpartition("@")[2].lower()
