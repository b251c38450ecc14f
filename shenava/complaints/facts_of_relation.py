"""Facts of complaints that belong together or are one and the same, and of who speaks for whom."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from shenava.complaints.models import Importance, Priority, Severity
from shenava.journal.facts import Fact, fact


@fact("complaint.linked", 1)
@dataclass(frozen=True)
class Linked(Fact):
    other: int
    icon = "link"
    sentence = _("{by} linked it with another complaint.")


@fact("complaint.unlinked", 1)
@dataclass(frozen=True)
class Unlinked(Fact):
    other: int
    icon = "unlink"
    sentence = _("{by} took a link back.")


@fact("complaint.merged_into_it", 1)
@dataclass(frozen=True)
class MergedIntoIt(Fact):
    other: int
    icon = "merge"
    sentence = _("{by} merged another complaint into it; its answer goes to both complainants.")


@fact("complaint.merge_undone", 1)
@dataclass(frozen=True)
class MergeUndone(Fact):
    other: int
    icon = "split"
    sentence = _("The complaint that {by} opened again is not merged into it any more.")


@fact("complaint.look_put_back", 1)
@dataclass(frozen=True)
class LookPutBack(Fact):
    assessment: int
    severity: int
    importance: int
    priority: int
    icon = "gauge"
    labels = {"severity": Severity, "importance": Importance, "priority": Priority}
    sentence = _("It is judged as before: severity {severity}, importance {importance}, priority {priority}.")


@fact("complaint.shut_out_together", 1)
@dataclass(frozen=True)
class ShutOutTogether(Fact):
    other: int
    icon = "user-x"
    sentence = _("Whoever is shut out of the complaint it was merged with is shut out of this one, too.")


@fact("complaint.answered_with_another", 1)
@dataclass(frozen=True)
class AnsweredWithAnother(Fact):
    other: int
    message: int
    icon = "send"
    sentence = _("{by} answered it together with the complaint it was merged into.")
    public_sentence = _("We answered you.")


@fact("complaint.represented", 1)
@dataclass(frozen=True)
class Represented(Fact):
    representative: int
    complainant: int
    mandate: int
    icon = "user-round-check"
    parties = ("representative", "complainant")
    sentence = _("{representative} speaks for {complainant}.")


@fact("complaint.mandate_accepted", 1)
@dataclass(frozen=True)
class MandateAccepted(Fact):
    mandate: int
    representative: int
    icon = "file-check"
    parties = ("representative",)
    sentence = _("{by} accepted the mandate of {representative}.")
    public_sentence = _("We accepted the proof that you may speak for the person concerned.")


@fact("complaint.mandate_withdrawn", 1)
@dataclass(frozen=True)
class MandateWithdrawn(Fact):
    mandate: int
    representative: int
    message: int
    icon = "file-x"
    parties = ("representative",)
    sentence = _("{by} withdrew the mandate of {representative}.")
    public_sentence = _("We do not go by the mandate any more; that you may speak has to be proven anew.")
