"""The mandate: who speaks for the complainant, and the proof that he may."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shenava.attachments.models import File
from shenava.common import clock
from shenava.common.text import clean_name
from shenava.complaints.actions.letters import send_mandate_withdrawn
from shenava.complaints.actions.room import action
from shenava.complaints.facts_of_relation import MandateAccepted, MandateWithdrawn, Represented
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
    mandate.withdrawn_by, mandate.withdrawn_at, mandate.withdrawn_because = None, None, ""
    mandate.save()
    record(complaint, MandateAccepted(mandate=mandate.pk, representative=complaint.representative.pk), by=by)
    return mandate


@action
def withdraw_mandate(complaint: Complaint, *, reason: str, by: Party) -> Mandate:
    """The complainant does not want to be spoken for any more, or the proof was none: it has to be proven anew.

    Whoever spoke is told why, and so is the complainant where we can reach him.
    """
    mandate, representative = complaint.mandate, complaint.representative
    assert representative is not None  # the policy has seen to it
    mandate.withdrawn_by, mandate.withdrawn_at, mandate.withdrawn_because = by, clock.now(), reason
    mandate.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_because"])
    message = send_mandate_withdrawn(complaint, reason=reason, by=by)
    fact = MandateWithdrawn(mandate=mandate.pk, representative=representative.pk, message=message.pk)
    record(complaint, fact, by=by)
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
