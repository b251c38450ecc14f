"""What verbs are called where a process is drawn: as on the page of a complaint, and those without a button there."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shenava.desk.deeds import DEEDS

OTHERS: dict[str, Promise | str] = {
    "register": _("Register"),
    "acknowledge": _("Confirm receipt"),
    "record_undelivered": _("Record that a message did not arrive"),
    "hand_over": _("Hand over open work"),
    "solve": _("Solve at first contact"),
    "record_reply": _("Record the reply of an external body"),
    "accept_referral": _("Accept a referral"),
    "return_referral": _("Send a referral back"),
    "give_opinion": _("Answer a referral"),
    "recall": _("Recall a referral"),
    "unlink": _("Take a link away"),
    "apply_promise": _("Apply a changed promise"),
    "escalate": _("Escalate"),
    "warn_silence": _("Warn of the closing for silence"),
    "close_unanswered": _("Close for want of an answer"),
    "finish_step": _("Finish a step"),
}
"""Verbs without a button of their own among the deeds of a complaint."""
_LABELS = {deed.verb: deed.label for deed in DEEDS.values()} | OTHERS


def verb_label(verb: str) -> str:
    """What a verb is called; a message that is waited for has its own name."""
    return str(_LABELS.get(verb, verb))
