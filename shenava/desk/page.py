"""The complaint page of the desk: everything it shows, gathered with a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest

from shenava.common import clock
from shenava.complaints import personal, policy
from shenava.complaints.models import (
    Assessment,
    Complaint,
    Decision,
    Finding,
    Flag,
    Hearing,
    IssueLine,
    Remedy,
)
from shenava.desk import live
from shenava.desk.asked import asked
from shenava.desk.deciding import deciding
from shenava.desk.deeds import DEEDS, Deed
from shenava.desk.related import related
from shenava.journal.actions import Verdict
from shenava.journal.recording import last_entry
from shenava.messages.models import Outgoing, Template
from shenava.messages.policy import OUTBOX_ROLES
from shenava.pages.circulation import circulation
from shenava.pages.timeline import timeline
from shenava.people.models import Party
from shenava.people.sessions import login_of
from shenava.people.standing import Standing
from shenava.process import runs
from shenava.ui.reader import reader_of

COMPOSED = ("responses", "notes")
RECORDS = (
    Prefetch("issue_lines", IssueLine.objects.select_related("category")),
    Prefetch("assessments", Assessment.objects.select_related("by")),
    Prefetch("decisions", Decision.objects.select_related("by")),
    Prefetch("hearings", Hearing.objects.select_related("by")),
    "responses",
    "questions",
)


def complaint_context(
    request: HttpRequest,
    complaint: Complaint,
    faulty: dict[str, forms.Form] | None = None,
    *,
    asked_faulty: Mapping[tuple[int, str], forms.Form] | None = None,
    seq: int | None = None,
) -> dict[str, Any]:
    """What the page needs: refused forms with what was typed in them; how far the journal was when it began."""
    standing: Standing = request.standing  # type: ignore[attr-defined]
    seq = last_entry(complaint) if seq is None else seq
    prefetch_related_objects([complaint], *RECORDS)
    moments, now = timeline(complaint, reader_of(request), standing), clock.now()
    referrals = [moment.item for moment in moments if moment.kind == "referral"]
    return {
        "complaint": complaint,
        "now": now,
        "timeline": moments,
        "asked": asked(standing, complaint, referrals, asked_faulty),
        "related": related(standing, complaint),
        "circulation": circulation(complaint, now),
        **_lives(request, complaint, seq),
        **_about(complaint, reader_of(request).language),
        **_offers(request, complaint, faulty or {}),
    }


def _lives(request: Any, complaint: Complaint, seq: int) -> dict[str, Any]:
    """What tells the page of changes from now on, and the reader's own mark."""
    return {
        "seq": seq,
        "live": live.ticket(request.standing, complaint, login=login_of(request)),
        "is_flagged": Flag.objects.filter(party=request.party, complaint=complaint).exists(),
    }


def _about(complaint: Complaint, language: str) -> dict[str, Any]:
    """Where it stands, and what it is about."""
    return {
        "steps": runs.steps(complaint.instance, language),
        "stage": runs.stage_name(complaint.instance.version, complaint.stage, language),
        "issue_lines": complaint.issue_lines.all(),
        "remedies": [Remedy(key).label for key in complaint.requested_remedies],
        "findings": Finding.choices,
        "stuck_mail": Outgoing.objects.stuck().filter(complaint=complaint).order_by("pk"),
    }


def _offers(request: HttpRequest, complaint: Complaint, refused: dict[str, forms.Form]) -> dict[str, Any]:
    """Every verb with its verdict: those that are written, and those beside."""
    verdicts, wanted = policy.verdicts(request.standing, complaint), request.GET.get("do", "")  # type: ignore[attr-defined]
    return {
        "deeds": [
            _closed(deed, verdicts) | _open(deed, complaint, refused, wanted, request.party)  # type: ignore[attr-defined]
            for deed in _beside(DEEDS)
        ],
        "placed": {deed.noun: _offer(deed, complaint, verdicts, refused) for deed in DEEDS.values() if deed.place},
        "assessments": complaint.assessments.all()[::-1],
        **deciding(complaint),
        "awaited": next((one for one in complaint.responses.all() if one.is_awaited), None),
        "composers": _composers(request, complaint, verdicts, refused),
        "pieces": Template.objects.for_answers(complaint.language) if verdicts["respond"] else (),
        "faulty": next(iter(refused), ""),
        "may_settle_mail": request.standing.has(*OUTBOX_ROLES),  # type: ignore[attr-defined]
    }


def _beside(deeds: dict[str, Deed]) -> list[Deed]:
    return [deed for noun, deed in deeds.items() if noun not in COMPOSED and not deed.place]


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
    request: HttpRequest,
    complaint: Complaint,
    verdicts: dict[str, Verdict],
    refused: dict[str, forms.Form],
) -> list[dict[str, Any]]:
    kept = personal.writing(request.party, complaint)  # type: ignore[attr-defined]
    offers = [_offer(DEEDS[noun], complaint, verdicts, refused) for noun in COMPOSED]
    for offer in offers:
        if not offer["is_faulty"]:
            offer["form"] = DEEDS[offer["deed"].noun].form(initial={"text": kept.get(offer["deed"].writes, "")})
    return offers
