"""The rows of the complaints room."""

from shenava.complaints.models.assessment import FLAGS, Assessment, Importance, Priority, Severity
from shenava.complaints.models.call import Call
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
)
from shenava.complaints.models.competence import Competence
from shenava.complaints.models.complaint import Complaint
from shenava.complaints.models.conversation import DeadlineChange, Question, UpdateAgreement
from shenava.complaints.models.decision import DecidedLine, Decision, Hearing, Named, Summary
from shenava.complaints.models.export import Export
from shenava.complaints.models.mandate import Mandate
from shenava.complaints.models.personal import Draft, Flag, ListView, Look, Writing
from shenava.complaints.models.queryset import ComplaintQuerySet
from shenava.complaints.models.records import Closure, IssueLine, Link, Note, Response
from shenava.complaints.models.reference import ReferenceCounter, take_reference
from shenava.complaints.models.referral import Opinion, Referral, ReferralKind, Urgency
from shenava.complaints.models.review import Review
from shenava.complaints.models.search_row import SearchRow

__all__ = [
    "FLAGS",
    "Assessment",
    "Basis",
    "Call",
    "Category",
    "Channel",
    "Closure",
    "ClosureReason",
    "Competence",
    "Complaint",
    "ComplaintQuerySet",
    "DeadlineChange",
    "DecidedLine",
    "Decision",
    "Directness",
    "Draft",
    "Export",
    "Finding",
    "Flag",
    "Hearing",
    "Importance",
    "IssueLine",
    "Link",
    "ListView",
    "Look",
    "Mandate",
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
    "Review",
    "SearchRow",
    "Severity",
    "Source",
    "Subject",
    "Summary",
    "UpdateAgreement",
    "Urgency",
    "Writing",
    "take_reference",
]
