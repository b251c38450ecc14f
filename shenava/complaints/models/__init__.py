"""The rows of the complaints room."""

from shenava.complaints.models.assessment import FLAGS, Assessment, Importance, Priority, Severity
from shenava.complaints.models.choices import (
    Channel,
    ClosureReason,
    Finding,
    RecordType,
    Remedy,
    Subject,
    Verification,
)
from shenava.complaints.models.complaint import Complaint
from shenava.complaints.models.conversation import DeadlineChange, Question
from shenava.complaints.models.decision import DecidedLine, Decision, Hearing, Named, Summary
from shenava.complaints.models.personal import Draft, Flag
from shenava.complaints.models.queryset import ComplaintQuerySet
from shenava.complaints.models.records import Closure, IssueLine, Note, Response
from shenava.complaints.models.reference import ReferenceCounter, take_reference
from shenava.complaints.models.referral import Opinion, Referral, ReferralKind, Urgency

__all__ = [
    "FLAGS",
    "Assessment",
    "Channel",
    "Closure",
    "ClosureReason",
    "Complaint",
    "ComplaintQuerySet",
    "DeadlineChange",
    "DecidedLine",
    "Decision",
    "Draft",
    "Finding",
    "Flag",
    "Hearing",
    "Importance",
    "IssueLine",
    "Named",
    "Note",
    "Opinion",
    "Priority",
    "Question",
    "RecordType",
    "ReferenceCounter",
    "Referral",
    "ReferralKind",
    "Remedy",
    "Response",
    "Severity",
    "Subject",
    "Summary",
    "Urgency",
    "Verification",
    "take_reference",
]
