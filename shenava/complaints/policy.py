"""Policy: who may see a complaint and who may do which verb to it now; if not, why not."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from shenava.complaints.models import Complaint, Export, ListView, Referral, ReferralKind
from shenava.complaints.models.referral import BLOCKING
from shenava.complaints.preconditions import PRECONDITIONS, TOOK_PART, is_impartial
from shenava.complaints.rules import ADMINISTRATORS, MANAGERS, READERS, RULES, Rule
from shenava.journal.actions import ALLOWED, Verdict
from shenava.people.models import Party, PartyKind, Role
from shenava.people.standing import Standing, standing_of
from shenava.process import drawn, runs, steps
from shenava.process.kernel import FINISH
from shenava.process.models import WorkItem

UNKNOWN = Verdict(_("There is no such action."))
GONE = Verdict(_("This account is no longer active."))
HIDDEN = Verdict(_("This complaint is not within your reach."))
INVOLVED = Verdict(_("You are named in this complaint and can take no part in it."))
NOT_YOURS = Verdict(_("Your role does not include this."))
NOT_HELD = Verdict(_("Somebody else holds this complaint; take it first."))
ITSELF = Verdict(_("A complaint cannot be the duplicate of itself."))
NEITHER_GOES_ON = Verdict(_("The other complaint is a duplicate itself; choose the one that goes on."))
NO_OTHER = Verdict(_("There is no such other complaint within your reach."))
HAS_MERGED = Verdict(_("Others were merged into this one; merge the other complaint into it instead."))
NEVER_ANSWERED = Verdict(_("The other complaint was closed without an answer; this one would get none either."))
STAFF_APART = Verdict(_("A complaint about a member of staff is only merged into another one about staff."))
ANSWERED_UNHEARD = Verdict(_("The other complaint was answered already; whoever is named here was not heard in it."))
DANGER_UNSEEN = Verdict(_("The other complaint is closed; a danger to people would go on unseen in it."))
NOT_ASKED = Verdict(_("This was not asked of you."))
NOT_SENT = Verdict(_("Only who sent it, the holder of the complaint or a manager can recall it."))
DEALT_WITH = Verdict(_("It has been dealt with already."))
NOT_ELIGIBLE = Verdict(_("It cannot be referred to this person: choose a colleague or a unit that may work on it."))
STILL_OUT = Verdict(_("A referral is still open. It has to be answered or recalled first."))
ONLY_AHEAD = Verdict(_("Only a date that lies ahead can be promised."))
NOT_OF_THIS_RULE = Verdict(_("This promise does not run here, stands still, or another one fits better."))
BEYOND_LAW = Verdict(
    _("The law wants an answer before that day. Say that its term is extended, or choose an earlier day.")
)
COMPLAINS_HIMSELF = Verdict(_("This person is the complainant, or speaks for him."))
NO_SIDE = Verdict(_("Only the complainant and the members of staff named in the complaint are its sides."))
EVERY_LINE = Verdict(_("Every issue line needs a finding. Look at the page again: one may have been added."))
TOO_MANY_EXPORTS = Verdict(_("Three exports are being made for you already. Wait until one is ready."))
EXPORT_OVER = Verdict(_("This export has ended already."))
NOT_HIS_WORK = Verdict(_("Everybody hands over only what lies with himself."))
NOT_THIS_ROLE = Verdict(_("This step is for somebody with another role."))
REMINDED = Verdict(_("Whoever is meant is reminded of it already."))
AT_THE_TOP = Verdict(_("Its priority is at the top already."))
LIES_THERE = Verdict(_("It lies there already."))
NOT_NOW = Verdict(_("This is not possible at the present stage."))


def may(by: Party, verb: str, complaint: Complaint | None) -> Verdict:
    """May this party do this verb to this complaint now? A falsy verdict says why not."""
    return verdict(standing_of(by), verb, complaint)


def verdict(standing: Standing, verb: str, complaint: Complaint | None) -> Verdict:
    """As `may`, for a standing already loaded; asks the database at most once, for the open referrals."""
    rule = RULES.get(verb)
    if rule is None:
        return UNKNOWN
    if not standing.is_active:
        return GONE
    if complaint is None:
        return _may_begin(standing, rule)
    return _who(standing, rule, complaint) and _now(standing, verb, complaint)


def verdict_on(standing: Standing, verb: str, complaint: Complaint, referral: Referral) -> Verdict:
    """As `verdict`, for a verb on one referral of the complaint."""
    general = verdict(standing, verb, complaint)
    if not general:
        return general
    if verb == "recall":
        return _may_recall(standing, complaint, referral)
    if referral.item.holder_id not in standing.ids:
        return NOT_ASKED
    return ALLOWED if _is_waiting_for(verb, referral) else DEALT_WITH


def may_read(standing: Standing, complaint: Complaint, referral: Referral) -> bool:
    """Of a confidential referral only the two sides, and the manager, read what was asked and answered."""
    sides = {referral.to_id, referral.item.holder_id, referral.item.sent_by_id}
    if not referral.is_confidential or not standing.ids.isdisjoint(sides):
        return True
    return standing.has_in(complaint.unit_id, *MANAGERS)


def step_verdict(standing: Standing, complaint: Complaint, item: WorkItem) -> Verdict:
    """As `verdict`, for finishing one step of the process: by whom it lies with, in the role it is for."""
    general = verdict(standing, FINISH, complaint)
    if not general:
        return general
    if item.complaint_id != complaint.pk or not item.token or item.closed_at or item.answered_at:
        return DEALT_WITH
    is_manager = standing.has_in(complaint.unit_id, *MANAGERS)
    if item.holder_id not in standing.ids and not is_manager:
        return NOT_ASKED
    role = steps.node_of(item, complaint).role
    has_role = standing.has_in(complaint.unit_id, role)
    is_given = item.holder_id == standing.party_id and role != Role.APPROVER  # where nobody has the role
    return ALLOWED if is_manager or has_role or is_given else NOT_THIS_ROLE


def may_hand_over(standing: Standing, complaint: Complaint, of: Party) -> Verdict:
    """Everybody hands over what is his own; administrators and managers also what lies with others."""
    if of.pk == standing.party_id or standing.has(*ADMINISTRATORS):
        return ALLOWED
    return ALLOWED if standing.has_in(complaint.unit_id, *MANAGERS) else NOT_HIS_WORK


def verdicts(standing: Standing, complaint: Complaint, verbs: Iterable[str] = RULES) -> dict[str, Verdict]:
    """The verdict of every verb, for a page that shows them all."""
    return {verb: verdict(standing, verb, complaint) for verb in verbs}


def sees(standing: Standing, complaint: Complaint) -> bool:
    """The same answer as `visible_to`, for a complaint already in hand."""
    if not standing.is_active or not standing.persons.isdisjoint(complaint.excluded):
        return False
    if standing.reads_everything:
        return True
    if not standing.is_staff:
        return standing.party_id in complaint.speaker_ids
    return not standing.ids.isdisjoint(complaint.readers)


def may_export(by: Party, verb: str, subject: Export | None = None, /) -> Verdict:
    """May this party have lists written into files? Whoever reads complaints, each as far as he sees them."""
    standing = standing_of(by)
    if verb not in ("ask_for_export", "cancel_export"):
        return UNKNOWN
    if not standing.is_active:
        return GONE
    if not standing.has(*READERS, Role.AUDITOR):
        return NOT_YOURS
    return _may_cancel(by, subject) if verb == "cancel_export" else ALLOWED


def may_tidy_views(by: Party, verb: str, view: ListView | None = None, /) -> Verdict:
    """May this party take away a view that a colleague shares? Whoever answers for the house or its settings."""
    standing = standing_of(by)
    return view_verdict(standing, view) if verb == "remove_shared_view" else UNKNOWN


def view_verdict(standing: Standing, view: ListView | None) -> Verdict:
    """As `may_tidy_views`, for a standing already loaded."""
    if not standing.is_active:
        return GONE
    may = view is not None and view.is_shared and standing.has(*MANAGERS, *ADMINISTRATORS)
    return ALLOWED if may else NOT_YOURS


def can_hold(party: Party) -> bool:
    """Can work lie with this party? With units, and with people whose role is to handle complaints."""
    if party.kind == PartyKind.UNIT:
        return party.unit.is_active
    standing = standing_of(party)
    return standing.is_active and standing.has(*READERS)


def _may_cancel(by: Party, export: Export | None) -> Verdict:
    if export is None or export.party_id != by.pk:
        return NOT_YOURS
    return ALLOWED if export.is_unfinished else EXPORT_OVER


def _now(standing: Standing, verb: str, complaint: Complaint) -> Verdict:
    """Is it the time for the verb: does the process allow it, is what has to come first done?"""
    if not RULES[verb].beside and verb not in runs.allowed_verbs(complaint):
        return NOT_NOW
    if RULES[verb].holding and _must_wait(complaint, verb):
        return STILL_OUT
    if RULES[verb].holding and not is_impartial(standing, complaint):
        return TOOK_PART
    return PRECONDITIONS[verb](standing, complaint) if verb in PRECONDITIONS else ALLOWED


def _may_begin(standing: Standing, rule: Rule) -> Verdict:
    return ALLOWED if (standing.is_system and rule.system) or standing.has(*rule.roles) else NOT_YOURS


def _who(standing: Standing, rule: Rule, complaint: Complaint) -> Verdict:
    if standing.is_system:
        return ALLOWED if rule.system else NOT_YOURS
    if rule.unseen and standing.has(*ADMINISTRATORS):
        return ALLOWED
    if not standing.persons.isdisjoint(complaint.excluded):
        return INVOLVED
    return _who_sees_it(standing, rule, complaint) if sees(standing, complaint) else HIDDEN


def _who_sees_it(standing: Standing, rule: Rule, complaint: Complaint) -> Verdict:
    if not standing.is_staff:
        return ALLOWED if rule.speakers else NOT_YOURS
    return _holds(standing, rule, complaint) if standing.has(*rule.roles) else NOT_YOURS


def _holds(standing: Standing, rule: Rule, complaint: Complaint) -> Verdict:
    if not (rule.holding or rule.lying) or standing.has_in(complaint.unit_id, *MANAGERS):
        return ALLOWED
    if rule.lying:
        return ALLOWED if _lies_with(standing.party_id, complaint) else NOT_HIS_WORK
    if rule.asked and any(one.holder_id in standing.ids for one in complaint.asked):
        return ALLOWED
    return ALLOWED if complaint.owner_id in _persons_of(standing) else NOT_HELD


def _lies_with(party_id: int, complaint: Complaint) -> bool:
    """Does he answer for it, or has he any open work on it?"""
    return complaint.owner_id == party_id or any(item.holder_id == party_id for item in complaint.open_items)


def _must_wait(complaint: Complaint, verb: str) -> bool:
    return drawn.leaves_stage(complaint, verb) and any(one.kind in BLOCKING for one in complaint.asked)


def _may_recall(standing: Standing, complaint: Complaint, referral: Referral) -> Verdict:
    if not referral.is_open:
        return DEALT_WITH
    is_side = not _persons_of(standing).isdisjoint({referral.item.sent_by_id, complaint.owner_id})
    return ALLOWED if is_side or standing.has_in(complaint.unit_id, *MANAGERS) else NOT_SENT


def _is_waiting_for(verb: str, referral: Referral) -> bool:
    """Is this still to be done to the referral? What was answered can be answered again, better."""
    if verb == "give_opinion":
        return referral.kind != ReferralKind.COPY and (referral.is_open or referral.is_answered)
    if verb == "return_referral":
        return referral.kind != ReferralKind.COPY and referral.is_open
    return referral.is_open and referral.item.accepted_at is None


def _persons_of(standing: Standing) -> frozenset[int]:
    """Oneself and those one deputises for: units do not answer, people do."""
    return standing.persons
