"""Content: what the complaint says, as it becomes clearer."""

from __future__ import annotations

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from shenava.common import clock
from shenava.complaints.actions.promises import bring_forward
from shenava.complaints.actions.room import action
from shenava.complaints.actions.routing import route_anew
from shenava.complaints.facts import Converted, FindingRecorded, IssueLineAdded
from shenava.complaints.facts_of_categories import Classified
from shenava.complaints.models import Category, Complaint, IssueLine
from shenava.journal.actions import Refused, Verdict
from shenava.journal.recording import record
from shenava.people.models import Party

SAME_KIND = Verdict(_("It is of this kind already."))
NOT_ITS_LINE = Verdict(_("This issue line belongs to another complaint."))


@action
def convert(complaint: Complaint, *, record_type: str, by: Party) -> Complaint:
    """Make a complaint of an enquiry or feedback, or the other way; its number and history stay.

    From now on it is promised what its new kind is promised, but nothing promised before is put off.
    """
    before, complaint.record_type = complaint.record_type, record_type
    if before == record_type:
        raise Refused(SAME_KIND, "convert")
    complaint.save(update_fields=["record_type"])
    bring_forward(complaint)
    record(complaint, Converted(before=before, after=record_type), by=by)
    return complaint


@action
def add_issue_line(complaint: Complaint, *, subject: str, text: str, by: Party) -> IssueLine:
    """Separate one more thing complained about, so that it gets a finding of its own."""
    last = complaint.issue_lines.aggregate(last=Max("position"))["last"] or 0
    line = IssueLine.objects.create(complaint=complaint, position=last + 1, subject=subject, text=text)
    record(complaint, IssueLineAdded(issue_line=line.pk), by=by)
    return line


@action
def classify(complaint: Complaint, *, line: IssueLine, category: Category, by: Party) -> IssueLine:
    """Say what kind of issue a line is, so that the like is counted together. The rules may send it to another unit
    by that, as long as nobody has taken it."""
    line.category = category
    line.save(update_fields=["category"])
    record(complaint, Classified(issue_line=line.pk, category=category.pk), by=by)
    route_anew(complaint, by=by)
    return line


@action
def record_finding(complaint: Complaint, *, line: IssueLine, finding: str, reasons: str, by: Party) -> IssueLine:
    """Say of one issue line whether the complainant is right, and why."""
    if line.complaint_id != complaint.pk:
        raise Refused(NOT_ITS_LINE, "record_finding")
    line.finding, line.reasons, line.found_by, line.found_at = finding, reasons, by, clock.now()
    line.save(update_fields=["finding", "reasons", "found_by", "found_at"])
    record(complaint, FindingRecorded(issue_line=line.pk, finding=finding), by=by)
    return line
