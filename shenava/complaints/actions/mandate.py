"""The mandate: who speaks for the complainant, and the proof that he may."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shenava.attachments.models import File
from shenava.common import clock
from shenava.common.text import clean_name
from shenava.complaints.actions.room import action
from shenava.complaints.facts_of_relation import MandateAccepted, Represented
from shenava.complaints.models import Complaint, Mandate
from shenava.journal.actions import Refused, Verdict
from shenava.journal.recording import record
from shenava.people.models import Party

NO_PROOF = Verdict(_("Choose the file that proves the mandate, or say how it was proven."))
NOT_ITS_FILE = Verdict(_("This file does not belong to the complaint."))


@action
def accept_mandate(complaint: Complaint, *, file: File | None = None, text: str = "", by: Party) -> Mandate:
    """Record that the representative has proven that he may speak: by a file of the complaint, or as `text` says."""
    assert complaint.representative is not None  # the policy has seen to it
    mandate, _created = Mandate.objects.get_or_create(complaint=complaint)
    mandate.file, mandate.text = file or mandate.file, clean_name(text)
    if mandate.file is None and not mandate.text:
        raise Refused(NO_PROOF, "accept_mandate")
    if mandate.file is not None and not complaint.handed_in().filter(pk=mandate.file.pk).exists():
        raise Refused(NOT_ITS_FILE, "accept_mandate")
    mandate.accepted_by, mandate.accepted_at = by, clock.now()
    mandate.save()
    record(complaint, MandateAccepted(mandate=mandate.pk, representative=complaint.representative.pk), by=by)
    return mandate


def note_representative(complaint: Complaint, *, proof: File | None, by: Party) -> None:
    """Write down who speaks for whom, and what was handed in as proof; somebody has still to look at it."""
    if complaint.representative is None:
        return
    mandate = Mandate.objects.create(complaint=complaint, file=proof)
    record(
        complaint,
        Represented(
            representative=complaint.representative.pk, complainant=complaint.complainant_id, mandate=mandate.pk
        ),
        by=by,
    )
