"""The complaint page of the desk: everything it shows, gathered with a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest

from shenava.common import clock
from shenava.complaints import policy
from shenava.complaints.dossier import Dossier, open_dossier
from shenava.complaints.history import related
from shenava.complaints.models import Complaint, Finding, Remedy
from shenava.deadlines.models import Clock, ClockKind
from shenava.desk import enclosures, live, steps
from shenava.desk.asked import asked
from shenava.desk.deciding import deciding
from shenava.desk.deeds import DEEDS, Deed
from shenava.journal.actions import Verdict
from shenava.messages.models import Template
from shenava.messages.policy import OUTBOX_ROLES
from shenava.pages.circulation import circulation
from shenava.pages.timeline import timeline
from shenava.people.models import Party
from shenava.people.sessions import login_of
from shenava.people.standing import Standing
from shenava.process import drawn
from shenava.ui.reader import reader_of

COMPOSED = ("responses", "notes")


def complaint_context(
    request: HttpRequest,
    complaint: Complaint,
    faulty: dict[str, forms.Form] | None = None,
    *,
    asked_faulty: Mapping[tuple[int, str], forms.Form] | None = None,
    steps_faulty: Mapping[int, forms.Form] | None = None,
    dossier: Dossier | None = None,
) -> dict[str, Any]:
    """What the page needs: refused forms with what was typed in them; how far the journal was when it began."""
    standing: Standing = request.standing  # type: ignore[attr-defined]
    dossier = dossier or open_dossier(complaint, request.party)  # type: ignore[attr-defined]
    reader, now = reader_of(request), clock.now()
    return {
        "complaint": complaint,
        "now": now,
        "timeline": timeline(complaint, dossier, reader, standing),
        "asked": asked(standing, complaint, complaint.referrals.all(), asked_faulty),
        "process_steps": steps.offered(standing, complaint, reader.language, steps_faulty),
        "related": related(standing, complaint),
        "circulation": circulation(complaint, now),
        **_kept(request, complaint, dossier),
        **_about(complaint, reader.language),
        **_offers(request, complaint, faulty or {}, dossier.drafts),
    }


def _kept(request: Any, complaint: Complaint, dossier: Dossier) -> dict[str, Any]:
    """What stands beside the records, and what tells the page of changes from now on."""
    return {
        "seq": dossier.seq,
        "live": live.ticket(request.standing, complaint, login=login_of(request)),
        "is_flagged": dossier.is_flagged,
        "stuck_mail": dossier.stuck_mail,
    }


def _about(complaint: Complaint, language: str) -> dict[str, Any]:
    """Where it stands, and what it is about."""
    return {
        "steps": drawn.steps(complaint.instance, language),
        "stage": drawn.stage_name(complaint.instance.version, complaint.stage, language),
        "issue_lines": complaint.issue_lines.all(),
        "promises": _promises(complaint),
        "escalations": complaint.escalations.all(),
        "agreement": next(reversed(complaint.update_agreements.all()), None),
        "remedies": [Remedy(key).label for key in complaint.requested_remedies],
        "findings": Finding.choices,
    }


def _promises(complaint: Complaint) -> list[Clock]:
    """What is promised and not yet kept; the answer, which stands above all, only where it stood still."""
    running = [one for one in complaint.clocks.all() if one.stopped_at is None]
    shown = [one for one in running if one.kind != ClockKind.ANSWER or one.pauses.all()]
    return sorted(shown, key=lambda one: one.due_at)


def _offers(
    request: HttpRequest, complaint: Complaint, refused: dict[str, forms.Form], kept: dict[str, str]
) -> dict[str, Any]:
    """Every verb with its verdict: those that are written, and those beside."""
    verdicts, wanted = policy.verdicts(request.standing, complaint), request.GET.get("do", "")  # type: ignore[attr-defined]
    offered = [
        _closed(deed, verdicts) | _open(deed, complaint, refused, wanted, request.party)  # type: ignore[attr-defined]
        for noun, deed in DEEDS.items()
        if noun not in COMPOSED
    ]
    offers = {
        "deeds": [offer for offer in offered if not offer["deed"].place],
        "placed": {offer["deed"].noun: offer for offer in offered if offer["deed"].place},
        "assessments": complaint.assessments.all()[::-1],
        **deciding(complaint),
        "awaited": next((one for one in complaint.responses.all() if one.is_awaited), None),
        "composers": _composers(complaint, verdicts, refused, kept),
        "pieces": Template.objects.for_answers(complaint.language) if verdicts["respond"] else (),
        "faulty": next(iter(refused), ""),
        "may_settle_mail": request.standing.has(*OUTBOX_ROLES),  # type: ignore[attr-defined]
    }
    enclosures.show(request, complaint, [*offered, *offers["composers"]])
    return offers


def _closed(deed: Deed, verdicts: dict[str, Verdict]) -> dict[str, Any]:
    """A deed of which only the name is shown; its form comes when somebody asks for it (`?do=`)."""
    return {"deed": deed, "verdict": verdicts[deed.verb], "has_form": deed.form is not forms.Form}


def _open(deed: Deed, complaint: Complaint, refused: dict[str, forms.Form], wanted: str, by: Party) -> dict[str, Any]:
    if deed.noun in refused:
        return {"form": refused[deed.noun]}
    return {"form": deed.bind(complaint, by=by)} if deed.noun == wanted else {}


def _offer(
    deed: Deed, complaint: Complaint, verdicts: dict[str, Verdict], refused: dict[str, forms.Form]
) -> dict[str, Any]:
    return {
        "deed": deed,
        "verdict": verdicts[deed.verb],
        "form": refused.get(deed.noun) or deed.bind(complaint),
        "is_faulty": deed.noun in refused,
    }


def _composers(
    complaint: Complaint, verdicts: dict[str, Verdict], refused: dict[str, forms.Form], kept: dict[str, str]
) -> list[dict[str, Any]]:
    offers = [_offer(DEEDS[noun], complaint, verdicts, refused) for noun in COMPOSED]
    for offer in offers:
        if not offer["is_faulty"]:
            deed: Deed = offer["deed"]
            offer["form"] = deed.form(initial={"text": kept.get(deed.writes, "")}, auto_id=f"{deed.noun}-%s")
    return offers
