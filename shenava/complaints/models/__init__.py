"""The rows of the complaints room."""

from shenava.complaints.models.category import Category
from shenava.complaints.models.choices import (
    Basis,
    Channel,
    ClosureReason,
    Directness,
    Finding,
    RecordType,
    Remedy,
    Source,
    Subject,
    Verification,
)
from shenava.complaints.models.complaint import Complaint
from shenava.complaints.models.personal import Draft, Flag, Writing
from shenava.complaints.models.queryset import ComplaintQuerySet
from shenava.complaints.models.records import Closure, IssueLine, Link, Note, Response
from shenava.complaints.models.reference import ReferenceCounter, take_reference
from shenava.complaints.models.referral import Opinion, Referral, ReferralKind, Urgency

__all__ = [
    "Basis",
    "Category",
    "Channel",
    "Closure",
    "ClosureReason",
    "Complaint",
    "ComplaintQuerySet",
    "Directness",
    "Draft",
    "Finding",
    "Flag",
    "IssueLine",
    "Link",
    "Note",
    "Opinion",
    "RecordType",
    "ReferenceCounter",
    "Referral",
    "ReferralKind",
    "Remedy",
    "Response",
    "Source",
    "Subject",
    "Urgency",
    "Verification",
    "Writing",
    "take_reference",
]
