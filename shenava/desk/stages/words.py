"""Words of the editor of stages: verbs by what they are for, spans of time, what is done by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shenava.complaints.rules import CLOSING, OPENING

Words = Mapping[str, Promise | str]


@dataclass(frozen=True)
class Group:
    """Verbs that are given to a stage together, so that nobody has to know each."""

    key: str
    label: Promise | str
    verbs: frozenset[str]


def _group(key: str, label: Promise | str, verbs: str) -> Group:
    return Group(key, label, frozenset(verbs.split()))


GROUPS = (
    _group("words", _("Notes, links, calls, and what the complainant adds"),
           "note add_information link unlink promise_call keep_call settle_tasks record_undelivered hand_over"),
    _group("taking", _("Taking it and assigning it to somebody"), "take assign"),
    _group("asking", _("Referring it, inside and outside"),
           "refer accept_referral return_referral give_opinion recall refer_outside record_reply"),
    _group("judging", _("Classifying, assessing, findings and decisions"),
           "classify assess convert add_issue_line record_finding confirm_summary record_hearing decide"),
    _group("complainant", _("Asking and telling the complainant, and promising other dates"),
           "acknowledge ask_complainant tell_complainant agree_updates change_deadline"),
    _group("people", _("Mandates, named staff and conflicts of interest"),
           "accept_mandate withdraw_mandate name_staff declare_conflict"),
    _group("time", _("What happens when time runs out"), "escalate undo_escalation apply_promise"),
    _group("after", _("Correcting a response, and warning that silence closes"), "correct_response warn_silence"),
)  # fmt: skip
LEADING = (
    "register", "take", "assign", "decide", "respond", "answer_review", "record_rejection", "recall_response",
    "record_acceptance", "solve", "close", "close_unanswered", "convert", "assess", "classify",
)  # fmt: skip
"""The verbs by which a stage may be left, as they are offered."""
ANYTIME = (*sorted(OPENING), "withdraw", "mark_not_a_complaint", "mark_misdirected", "mark_duplicate")
AT_ENDS = OPENING
BY_CLOSING = CLOSING
SPANS: Words = {
    "working_hours": pgettext_lazy("span", "working hours"),
    "working_days": pgettext_lazy("span", "working days"),
    "hours": pgettext_lazy("span", "hours"),
    "days": pgettext_lazy("span", "days"),
}
DUE: Words = {
    "": _("none"),
    "acknowledge": _("until it is acknowledged"),
    "answer": _("until it is answered"),
}
SEVERAL: Words = {
    "": _("one person"),
    "any": _("several, one of whom is enough"),
    "all": _("several, who all have to agree"),
    "quorum": _("several, of whom so many have to agree"),
}
