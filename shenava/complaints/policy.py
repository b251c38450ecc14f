"""Policy: who may see a complaint and who may do which verb to it now; if not, why not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from shenava.complaints.models import Complaint
from shenava.journal.actions import ALLOWED, Verdict
from shenava.people.models import Party, PartyKind, Role
from shenava.people.standing import Standing, standing_of
from shenava.process import runs

AGENTS = frozenset({Role.CONTACT_AGENT, Role.COMPLAINT_OFFICER, Role.COMPLAINTS_MANAGER})
OFFICERS = frozenset({Role.COMPLAINT_OFFICER, Role.COMPLAINTS_MANAGER})
MANAGERS = frozenset({Role.COMPLAINTS_MANAGER})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
READERS = frozenset({*AGENTS, Role.EXPERT, Role.APPROVER})


@dataclass(frozen=True)
class Rule:
    """Who may do a verb: staff in these roles, the complainant's side, the system itself.

    `holding` verbs are for whoever holds the complaint (or deputises), and for managers; `unseen` ones
    are for people who arrange things without reading complaints.
    """

    roles: frozenset[Role] = frozenset()
    speakers: bool = False
    system: bool = True
    holding: bool = False
    unseen: bool = False


RULES: dict[str, Rule] = {
    "register": Rule(AGENTS),
    "acknowledge": Rule(AGENTS),
    "record_undelivered": Rule(),
    "take": Rule(OFFICERS, system=False),
    "assign": Rule(OFFICERS),
    "hand_over": Rule(ADMINISTRATORS, system=False, unseen=True),
    "note": Rule(READERS, system=False),
    "add_information": Rule(AGENTS, speakers=True),
    "respond": Rule(OFFICERS, system=False, holding=True),
    "record_acceptance": Rule(AGENTS, speakers=True),
    "record_rejection": Rule(AGENTS, speakers=True),
    "record_finding": Rule(OFFICERS, system=False, holding=True),
    "add_issue_line": Rule(OFFICERS, system=False, holding=True),
    "convert": Rule(OFFICERS, system=False),
    "close": Rule(OFFICERS, holding=True),
    "reopen": Rule(AGENTS, speakers=True),
    "withdraw": Rule(AGENTS, speakers=True),
    "mark_not_a_complaint": Rule(OFFICERS, system=False, holding=True),
    "mark_misdirected": Rule(OFFICERS, system=False, holding=True),
    "mark_duplicate": Rule(OFFICERS, system=False, holding=True),
}

UNKNOWN = Verdict(_("There is no such action."))
GONE = Verdict(_("This account is no longer active."))
HIDDEN = Verdict(_("This complaint is not within your reach."))
INVOLVED = Verdict(_("You are named in this complaint and can take no part in it."))
NOT_YOURS = Verdict(_("Your role does not include this."))
NOT_HELD = Verdict(_("Somebody else holds this complaint; take it first."))
NOT_NOW = Verdict(_("This is not possible at the present stage."))


def may(by: Party, verb: str, complaint: Complaint | None) -> Verdict:
    """May this party do this verb to this complaint now? A falsy verdict says why not."""
    return verdict(standing_of(by), verb, complaint)


def verdict(standing: Standing, verb: str, complaint: Complaint | None) -> Verdict:
    """As `may`, for a standing already loaded; asks the database nothing."""
    rule = RULES.get(verb)
    if rule is None:
        return UNKNOWN
    if not standing.is_active:
        return GONE
    if complaint is None:
        return _may_begin(standing, rule)
    who = _who(standing, rule, complaint)
    if not who:
        return who
    return ALLOWED if verb in runs.allowed_verbs(complaint) else NOT_NOW


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


def can_hold(party: Party) -> bool:
    """Can work lie with this party? With units, and with people whose role is to handle complaints."""
    if party.kind == PartyKind.UNIT:
        return party.unit.is_active
    standing = standing_of(party)
    return standing.is_active and standing.has(*READERS)


def _may_begin(standing: Standing, rule: Rule) -> Verdict:
    return ALLOWED if (standing.is_system and rule.system) or standing.has(*rule.roles) else NOT_YOURS


def _who(standing: Standing, rule: Rule, complaint: Complaint) -> Verdict:
    if standing.is_system:
        return ALLOWED if rule.system else NOT_YOURS
    if rule.unseen:
        return ALLOWED if standing.has(*rule.roles) else NOT_YOURS
    if not standing.persons.isdisjoint(complaint.excluded):
        return INVOLVED
    return _who_sees_it(standing, rule, complaint) if sees(standing, complaint) else HIDDEN


def _who_sees_it(standing: Standing, rule: Rule, complaint: Complaint) -> Verdict:
    if not standing.is_staff:
        return ALLOWED if rule.speakers else NOT_YOURS
    return _holds(standing, rule, complaint) if standing.has(*rule.roles) else NOT_YOURS


def _holds(standing: Standing, rule: Rule, complaint: Complaint) -> Verdict:
    if not rule.holding or standing.has_in(complaint.unit_id, *MANAGERS):
        return ALLOWED
    return ALLOWED if complaint.owner_id in _persons_of(standing) else NOT_HELD


def _persons_of(standing: Standing) -> frozenset[int]:
    """Oneself and those one deputises for: units do not answer, people do."""
    return standing.persons
