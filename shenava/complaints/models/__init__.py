"""The rows of the complaints room."""

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
from shenava.complaints.models.export import Export
from shenava.complaints.models.personal import Draft, Flag, ListView, Look
from shenava.complaints.models.queryset import ComplaintQuerySet
from shenava.complaints.models.records import Closure, IssueLine, Note, Response
from shenava.complaints.models.reference import ReferenceCounter, take_reference
from shenava.complaints.models.referral import Opinion, Referral, ReferralKind, Urgency
from shenava.complaints.models.search_row import SearchRow

__all__ = [
    "Channel",
    "Closure",
    "ClosureReason",
    "Complaint",
    "ComplaintQuerySet",
    "Draft",
    "Export",
    "Finding",
    "Flag",
    "IssueLine",
    "ListView",
    "Look",
    "Note",
    "Opinion",
    "RecordType",
    "ReferenceCounter",
    "Referral",
    "ReferralKind",
    "Remedy",
    "Response",
    "SearchRow",
    "Subject",
    "Urgency",
    "Verification",
    "take_reference",
]
