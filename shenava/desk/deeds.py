"""Deeds: which form asks for which verb, under which noun of a complaint's address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shenava.complaints.actions import Addition, Commission, Letter, Look
from shenava.complaints.models import Complaint
from shenava.desk.forms import complaints as ask
from shenava.desk.forms.assessment import AssessmentForm
from shenava.desk.forms.calls import CallForm, CallKeptForm
from shenava.desk.forms.conversation import (
    DeadlineForm,
    MandateForm,
    QuestionForm,
    RecallForm,
    TellForm,
    UpdatesForm,
    WithdrawMandateForm,
)
from shenava.desk.forms.decision import ConflictForm, DecisionForm, HearingForm, NameStaffForm, SummaryForm
from shenava.desk.forms.escalation import UndoForm
from shenava.desk.forms.review import ReviewAnswerForm, ReviewForm
from shenava.people.models import Party


def as_given(form: forms.Form) -> dict[str, Any]:
    """The form's values are the verb's arguments."""
    return form.cleaned_data


def as_addition(form: forms.Form) -> dict[str, Any]:
    """What the complainant said, written down by staff."""
    return {"addition": Addition(text=form.cleaned_data["text"], channel=form.cleaned_data["channel"])}


def as_commission(form: forms.Form) -> dict[str, Any]:
    """Who is asked, and for what."""
    said = dict(form.cleaned_data)
    return {"to": said.pop("to"), "commission": Commission(**said)}


def as_letter(form: forms.Form) -> dict[str, Any]:
    """To which body, and the letter."""
    said = dict(form.cleaned_data)
    return {"body": said.pop("body"), "letter": Letter(**said)}


def as_look(form: forms.Form) -> dict[str, Any]:
    """How somebody judges the complaint."""
    return {"look": Look(**form.cleaned_data)}


def as_decision(form: forms.Form) -> dict[str, Any]:
    """What was decided of every issue line."""
    assert isinstance(form, DecisionForm)
    return {"findings": form.findings(), "reasons": form.cleaned_data["reasons"]}


@dataclass(frozen=True)
class Deed:
    """A verb as a page offers it: its button, its form, and what is said when it is done.

    `place` names the part of the page where it is offered, if it is not one of the others;
    `heeds`: it is not done before what others did meanwhile was read."""

    noun: str
    verb: str
    label: Promise | str
    done: Promise | str
    icon: str
    form: type[forms.Form] = forms.Form
    details: Callable[[forms.Form], dict[str, Any]] = as_given
    writes: str = ""
    place: str = ""
    heeds: bool = False

    def bind(self, complaint: Complaint, values: Any = None, *, by: Party | None = None) -> forms.Form:
        """The form of this deed for whoever does it, empty or with what was sent."""
        more: dict[str, Any] = {"complaint": complaint} if self.form in NEEDS_COMPLAINT else {}
        more |= {"by": by} if self.form is ask.ReferForm else {}
        return self.form(values, auto_id=f"{self.noun}-%s", **more)


NEEDS_COMPLAINT = (
    ask.FindingForm, ask.AssignForm, ask.ReferForm, ask.ClassifyForm, AssessmentForm, NameStaffForm, HearingForm,
    DecisionForm, MandateForm, CallForm, DeadlineForm, UndoForm,
)  # fmt: skip
DEEDS = {
    deed.noun: deed
    for deed in [
        Deed("holding", "take", _("Take"), _("You hold this complaint now."), "hand"),
        Deed("assignments", "assign", _("Assign"), _("The complaint was passed on."), "user-plus", ask.AssignForm),
        Deed("referrals", "refer", _("Refer"), _("The complaint was referred."), "corner-up-right",
             ask.ReferForm, as_commission),
        Deed("outside", "refer_outside", _("Pass to an external body"), _("The matter was passed on."), "landmark",
             ask.OutsideForm, as_letter),
        Deed("responses", "respond", _("Respond"), _("The response was sent."), "send",
             ask.ResponseForm, writes="response", heeds=True),
        Deed("notes", "note", _("Note"), _("The note was kept."), "sticky-note", ask.NoteForm, writes="note"),
        Deed("information", "add_information", _("Add what the complainant said"), _("It was added."),
             "message-square-plus", ask.AdditionForm, as_addition),
        Deed("acceptance", "record_acceptance", _("Record acceptance"), _("The complaint is closed."),
             "thumbs-up", ask.OptionalReasonForm),
        Deed("rejection", "record_rejection", _("Record rejection"), _("The complaint is in handling again."),
             "thumbs-down", ask.ReasonForm),
        Deed("issue-lines", "add_issue_line", _("Add an issue line"), _("The issue line was added."),
             "list-plus", ask.IssueLineForm),
        Deed("findings", "record_finding", _("Record a finding"), _("The finding was recorded."),
             "scale", ask.FindingForm),
        Deed("conversions", "convert", _("Change the kind of record"), _("The kind of record was changed."),
             "repeat", ask.ConvertForm),
        Deed("classifications", "classify", _("Classify"), _("The issue line was classified."),
             "tag", ask.ClassifyForm),
        Deed("links", "link", _("Link with another"), _("The complaints are linked."), "link", ask.OtherForm),
        Deed("closure", "close", _("Close"), _("The complaint is closed."), "circle-check", ask.ReasonForm),
        Deed("reopening", "reopen", _("Reopen"), _("The complaint is open again."), "rotate-ccw", ask.ReasonForm),
        Deed("reviews", "ask_review", _("Ask for a review"), _("The review was asked for."), "scan-eye", ReviewForm),
        Deed("outcome", "answer_review", _("Answer the review"), _("The review was answered."), "scan-eye",
             ReviewAnswerForm, place="review", heeds=True),
        Deed("withdrawal", "withdraw", _("Record withdrawal"), _("The withdrawal was recorded."),
             "undo-2", ask.OptionalReasonForm),
        Deed("not-a-complaint", "mark_not_a_complaint", _("Not a complaint"), _("It was marked and closed."),
             "circle-slash", ask.ReasonForm),
        Deed("misdirection", "mark_misdirected", _("Misdirected"), _("It was marked and closed."),
             "signpost", ask.MisdirectionForm),
        Deed("duplication", "mark_duplicate", _("Duplicate"), _("It was marked and closed."),
             "copy", ask.DuplicateForm),
        Deed("assessments", "assess", _("Assess"), _("The assessment was kept."), "gauge",
             AssessmentForm, as_look, place="assessment"),
        Deed("tasks", "settle_tasks", _("I have dealt with it"), _("The task has left your cartable."),
             "list-checks", place="tasks"),
        Deed("calls", "promise_call", _("Promise a call"), _("The call was promised."), "phone-outgoing", CallForm),
        Deed("calling", "keep_call", _("Write down what became of the call"), _("It was written down."),
             "phone-call", CallKeptForm, place="call"),
        Deed("summaries", "confirm_summary", _("Confirm the summary"), _("The summary was kept."), "check-check",
             SummaryForm, place="summary"),
        Deed("named-staff", "name_staff", _("Name a member of staff"), _("Whoever is named sees nothing of it now."),
             "user-x", NameStaffForm),
        Deed("conflicts", "declare_conflict", _("Declare a conflict of interest"),
             _("You take no part in this complaint any more."), "user-x", ConflictForm),
        Deed("hearings", "record_hearing", _("Record a hearing"), _("The hearing was recorded."), "ear",
             HearingForm, place="hearings"),
        Deed("decisions", "decide", _("Decide"), _("The decision was kept."), "gavel",
             DecisionForm, as_decision, place="decision", heeds=True),
        Deed("questions", "ask_complainant", _("Ask the complainant"), _("The question was sent."),
             "message-circle-question-mark", QuestionForm),
        Deed("updates", "agree_updates", _("Agree on updates"), _("It was agreed."), "bell-ring", UpdatesForm),
        Deed("words", "tell_complainant", _("Tell how it stands"), _("The complainant was told."), "send", TellForm),
        Deed("undoings", "undo_escalation", _("Undo what happened by itself"), _("It was undone."), "trending-down",
             UndoForm),
        Deed("corrections", "correct_response", _("Correct the response"), _("The new response was sent."),
             "pencil-line", ask.ResponseForm, heeds=True),
        Deed("mandates", "accept_mandate", _("Accept the mandate"), _("The mandate was accepted."), "file-check",
             MandateForm),
        Deed("mandate-withdrawals", "withdraw_mandate", _("Withdraw the mandate"), _("The mandate was withdrawn."),
             "file-x", WithdrawMandateForm),
        Deed("recalls", "recall_response", _("Take the response back"), _("The response was taken back."), "undo-2",
             RecallForm, heeds=True),
        Deed("deadlines", "change_deadline", _("Promise another date"), _("The complainant was told of the new date."),
             "calendar-clock", DeadlineForm),
    ]
}  # fmt: skip
