"""Facts: what can have happened to a complaint. Each is one translatable sentence, worded when read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from shenava.complaints.models import Channel, ClosureReason, Export, Finding, RecordType, ReferralKind
from shenava.journal.facts import Fact, fact


@fact("complaint.registered", 1)
@dataclass(frozen=True)
class Registered(Fact):
    complainant: int
    record_type: str
    channel: str
    owner: int
    due_at: datetime | None
    icon = "inbox"
    parties = ("complainant", "owner")
    labels = {"record_type": RecordType, "channel": Channel}
    sentence = _("{by} registered the {record_type} of {complainant}, received by {channel}; {owner} holds it.")
    public_sentence = _("We received your {record_type} and promised an answer by {due_at}.")


@fact("complaint.acknowledged", 1)
@dataclass(frozen=True)
class Acknowledged(Fact):
    message: int | None
    by_mail: bool
    icon = "mail-check"
    sentence = _("{by} acknowledged receipt to the complainant.")
    public_sentence = _("We confirmed to you that we have it.")


@fact("complaint.acknowledgement_undelivered", 1)
@dataclass(frozen=True)
class AcknowledgementUndelivered(Fact):
    outgoing: int
    icon = "mail-x"
    sentence = _("The acknowledgement could not be delivered; the complainant has to be told another way.")


@fact("complaint.taken", 1)
@dataclass(frozen=True)
class Taken(Fact):
    work_item: int
    icon = "user-check"
    sentence = _("{by} took the complaint.")
    public_sentence = _("A member of our staff has taken it in hand.")


@fact("complaint.assigned", 1)
@dataclass(frozen=True)
class Assigned(Fact):
    work_item: int
    to: int
    icon = "user-plus"
    parties = ("to",)
    sentence = _("{by} assigned the complaint to {to}.")


@fact("complaint.handed_over", 1)
@dataclass(frozen=True)
class HandedOver(Fact):
    of: int
    to: int
    icon = "arrow-left-right"
    parties = ("of", "to")
    sentence = _("{by} handed the work of {of} over to {to}.")


@fact("complaint.referred_outside", 1)
@dataclass(frozen=True)
class ReferredOutside(Fact):
    referral: int
    body: int
    due_at: datetime | None
    icon = "landmark"
    parties = ("body",)
    sentence = _("{by} passed the matter to {body}.")


@fact("complaint.reply_recorded", 1)
@dataclass(frozen=True)
class ReplyRecorded(Fact):
    referral: int
    opinion: int
    body: int
    icon = "landmark"
    parties = ("body",)
    sentence = _("{by} recorded the reply of {body}.")


@fact("complaint.solved_at_once", 1)
@dataclass(frozen=True)
class SolvedAtOnce(Fact):
    response: int
    message: int
    icon = "zap"
    sentence = _("{by} solved it at first contact.")
    public_sentence = _("It was solved at once.")


@fact("complaint.referred", 1)
@dataclass(frozen=True)
class Referred(Fact):
    referral: int
    to: int
    kind: str
    due_at: datetime | None
    icon = "corner-up-right"
    parties = ("to",)
    labels = {"kind": ReferralKind}
    sentence = _("{by} referred the complaint to {to} ({kind}).")


@fact("complaint.referral_accepted", 1)
@dataclass(frozen=True)
class ReferralAccepted(Fact):
    referral: int
    icon = "check"
    sentence = _("{by} accepted the referral.")


@fact("complaint.referral_returned", 1)
@dataclass(frozen=True)
class ReferralReturned(Fact):
    referral: int
    icon = "undo-2"
    sentence = _("{by} returned the referral.")


@fact("complaint.referral_recalled", 1)
@dataclass(frozen=True)
class ReferralRecalled(Fact):
    referral: int
    was_seen: bool
    icon = "circle-x"
    sentence = _("{by} recalled the referral.")


@fact("complaint.opinion_given", 1)
@dataclass(frozen=True)
class OpinionGiven(Fact):
    referral: int
    opinion: int
    is_revision: bool
    icon = "message-square-quote"
    sentence = _("{by} gave an opinion.")


@fact("complaint.noted", 1)
@dataclass(frozen=True)
class Noted(Fact):
    note: int
    icon = "sticky-note"
    sentence = _("{by} wrote a note.")


@fact("complaint.message_received", 1)
@dataclass(frozen=True)
class MessageReceived(Fact):
    message: int
    channel: str
    icon = "message-square"
    labels = {"channel": Channel}
    sentence = _("Further information arrived by {channel}.")
    public_sentence = _("You sent us further information.")


@fact("complaint.responded", 1)
@dataclass(frozen=True)
class Responded(Fact):
    response: int
    message: int
    icon = "send"
    sentence = _("{by} sent the response to the complainant.")
    public_sentence = _("We answered you.")


@fact("complaint.response_accepted", 1)
@dataclass(frozen=True)
class ResponseAccepted(Fact):
    response: int
    icon = "thumbs-up"
    sentence = _("{by} recorded that the response was accepted.")
    public_sentence = _("You accepted our answer.")


@fact("complaint.response_rejected", 1)
@dataclass(frozen=True)
class ResponseRejected(Fact):
    response: int
    due_at: datetime | None
    icon = "thumbs-down"
    sentence = _("{by} recorded that the response was rejected; the complaint is in handling again.")
    public_sentence = _("You did not accept our answer; we are working on it again and will answer by {due_at}.")


@fact("complaint.finding_recorded", 1)
@dataclass(frozen=True)
class FindingRecorded(Fact):
    issue_line: int
    finding: str
    icon = "scale"
    labels = {"finding": Finding}
    sentence = _("{by} recorded a finding: {finding}.")


@fact("complaint.issue_line_added", 1)
@dataclass(frozen=True)
class IssueLineAdded(Fact):
    issue_line: int
    icon = "list-plus"
    sentence = _("{by} added an issue line.")


@fact("complaint.converted", 1)
@dataclass(frozen=True)
class Converted(Fact):
    before: str
    after: str
    icon = "repeat"
    labels = {"before": RecordType, "after": RecordType}
    sentence = _("{by} changed the kind of record from {before} to {after}.")


@fact("complaint.closed", 1)
@dataclass(frozen=True)
class Closed(Fact):
    closure: int
    reason: str
    icon = "circle-check"
    labels = {"reason": ClosureReason}
    sentence = _("{by} closed the complaint: {reason}.")
    public_sentence = _("It was closed: {reason}.")


@fact("complaint.withdrawn", 1)
@dataclass(frozen=True)
class Withdrawn(Fact):
    closure: int
    icon = "undo-2"
    sentence = _("{by} recorded that the complainant withdrew.")
    public_sentence = _("You withdrew it.")


@fact("complaint.reopened", 1)
@dataclass(frozen=True)
class Reopened(Fact):
    closure: int
    due_at: datetime | None
    icon = "rotate-ccw"
    sentence = _("{by} reopened the complaint.")
    public_sentence = _("It was opened again; we will answer by {due_at}.")


@fact("export.asked", 1)
@dataclass(frozen=True)
class ExportAsked(Fact):
    export: int
    form: str
    icon = "sheet"
    labels = {"form": Export.Form}
    sentence = _("{by} asked for an export of complaints: {form}.")


@fact("export.made", 1)
@dataclass(frozen=True)
class ExportMade(Fact):
    export: int
    lines: int
    icon = "sheet"
    sentence = _("An export was made; complaints in it: {lines}.")


@fact("export.cancelled", 1)
@dataclass(frozen=True)
class ExportCancelled(Fact):
    export: int
    icon = "circle-x"
    sentence = _("{by} cancelled an export of complaints.")


@fact("view.removed", 1)
@dataclass(frozen=True)
class SharedViewRemoved(Fact):
    view: int
    owner: int
    icon = "trash-2"
    parties = ("owner",)
    sentence = _("{by} removed a view that {owner} shared.")
