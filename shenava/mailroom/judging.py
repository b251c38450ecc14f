"""Judging: how far a mail can be believed, and whether it was read well enough to act on."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shenava.mailroom.reading import Reading
from shenava.messages.models import Mailbox, SenderVerdict

BEARABLE = ("limits: header ", "limits: HTML ", "limits: more than 50 addresses")
"""Limits that cut off what a person can do without, or finds in the original."""
BROKEN = ("failed: mime", "failed: body", "failed: addresses", "failed: headers")

PROBLEMS: dict[str, Promise] = {
    "limits": _("Reading it took more time, memory or parts than a mail may have."),
    "broken": _("It could not be taken apart."),
    "no_sender": _("It names no sender."),
    "empty": _("Nothing is in it."),
    "broke_off": _("Reading it broke off several times."),
    "fault": _("It was read, but registering it failed. This is a fault of the program."),
    "copy": _("A copy of a mail that is here already."),
    "automatic": _("An automatic mail."),
    "aside": _("Set aside by a member of staff."),
}
"""What `Raw.problem` says; details may follow a colon."""


def problem_of(reading: Reading) -> str:
    """Why a person must look at this mail, as a key of PROBLEMS with details; empty where it was read."""
    beyond = [one for one in reading.defects if one.startswith("limits: ") and not one.startswith(BEARABLE)]
    if beyond:
        return "limits: " + beyond[0].removeprefix("limits: ")
    broken = [one for one in reading.defects if one.startswith(BROKEN)]
    if broken:
        return "broken: " + broken[0]
    if not reading.from_email.strip() and reading.bounce is None:
        return "no_sender"
    if not (reading.subject.strip() or reading.text.strip() or reading.files or reading.html):
        return "empty"
    return ""


def problem_sentence(problem: str) -> Promise | str:
    """The sentence for a stored problem."""
    return PROBLEMS.get(problem.partition(":")[0], problem)


def verdict(reading: Reading, mailbox: Mailbox | None) -> SenderVerdict:
    """Is the sender proven? Only what our own receiving server wrote counts, and only for the address in From."""
    if not reading.sender_is_clear:
        return SenderVerdict.UNCLEAR
    trusted = mailbox.trusted_authserv.strip().lower() if mailbox else ""
    auth = reading.auth
    if not trusted or (auth.authserv_id or "").lower() != trusted:
        return SenderVerdict.UNVERIFIED
    if auth.dmarc == "pass" or (auth.dkim == "pass" and is_aligned(auth.dkim_domain, reading.from_email)):
        return SenderVerdict.VERIFIED
    return SenderVerdict.UNVERIFIED


def is_aligned(signer: str | None, email: str) -> bool:
    """Did the sender's own domain sign, or one above it? (RFC 7489, 3.1.1, without guessing public suffixes.)"""
    domain = email.rpartition("@")[2].lower()
    return bool(signer) and "." in str(signer) and (domain == signer or domain.endswith(f".{signer}"))
