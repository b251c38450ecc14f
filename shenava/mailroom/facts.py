"""What can have happened to mail that could not be read, or that was kept aside."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from shenava.journal.facts import Fact, fact


@fact("mailroom.read_again", 1)
@dataclass(frozen=True)
class MailReadAgain(Fact):
    raw: int

    icon = "rotate-cw"
    sentence = _("{by} had mail {raw} read again.")


@fact("mailroom.registered_by_hand", 1)
@dataclass(frozen=True)
class MailRegisteredByHand(Fact):
    raw: int
    complaint: int

    icon = "file-plus"
    sentence = _("{by} registered mail {raw} by hand.")


@fact("mailroom.set_aside", 1)
@dataclass(frozen=True)
class MailSetAside(Fact):
    raw: int

    icon = "archive"
    sentence = _("{by} set mail {raw} aside.")
