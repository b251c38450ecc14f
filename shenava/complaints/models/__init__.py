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
    "Draft",
    "Finding",
    "Flag",
    "Importance",
    "IssueLine",
    "Note",
    "Opinion",
    "Priority",
    "RecordType",
    "ReferenceCounter",
    "Referral",
    "ReferralKind",
    "Remedy",
    "Response",
    "Severity",
    "Subject",
    "Urgency",
    "Verification",
    "take_reference",
]
