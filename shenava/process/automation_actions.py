"""What an administrator does with automations. Each is written, tried, and then switched on."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shenava.common import clock
from shenava.journal.actions import ALLOWED, Room, Verdict, action_for
from shenava.journal.recording import record
from shenava.people.models import Party, Role
from shenava.people.standing import standing_of
from shenava.process import facts
from shenava.process.automations import MOST, Plan, faults_of
from shenava.process.models import Automation

NOT_YOURS = Verdict(_("Only an administrator may do this."))
FAULTY = _("This automation is not complete yet: see what is marked.")
MEANWHILE = _("Somebody else changed this automation meanwhile. Yours was not saved; open the page anew.")
FIRST_OFF = _("Switch it off first. It is tried again before it goes on.")
IS_SO = _("It is so already.")
BUDGETS = _("Between 1 and 10,000 times an hour.")


def may(by: Party, verb: str, subject: object) -> Verdict:
    """Administrators write automations; the program itself stops one that does too much."""
    standing = standing_of(by)
    if verb == "pause_automation":
        return ALLOWED if standing.is_system else NOT_YOURS
    return ALLOWED if verb in MENU and standing.has(Role.ADMINISTRATOR) else NOT_YOURS


ROOM = Room("automations", may=may)
action = action_for(ROOM)
MENU = ROOM.menu


@action(creates=True)
def add_automation(*, plan: Plan, by: Party) -> Automation:
    """Write another automation. It does nothing before it is switched on."""
    _refuse_faulty(plan)
    automation = Automation.objects.create(**plan.as_fields())
    record(automation, facts.AutomationAdded(automation=automation.pk), by=by)
    return automation


@action
def change_automation(automation: Automation, *, plan: Plan, rev: int, by: Party) -> Automation:
    """Word it anew, while it is off. `rev` is the wording that was read before: if it is another by now, somebody else
    has written, and this is refused with a ValidationError."""
    if automation.is_on:
        raise ValidationError(FIRST_OFF)
    if automation.rev != rev:
        raise ValidationError(MEANWHILE)
    _refuse_faulty(plan)
    for name, value in plan.as_fields().items():
        setattr(automation, name, value)
    automation.rev += 1
    automation.save()
    record(automation, facts.AutomationChanged(automation=automation.pk), by=by)
    return automation


@action
def switch_on(automation: Automation, *, by: Party) -> Automation:
    """From now on it does what it says; what was before does not set it off."""
    if automation.is_on:
        raise ValidationError(IS_SO)
    _refuse_faulty(plan_of(automation))
    automation.is_on, automation.paused_at, automation.looked_until = True, None, clock.now()
    automation.save(update_fields=["is_on", "paused_at", "looked_until"])
    record(automation, facts.AutomationSwitchedOn(automation=automation.pk), by=by)
    return automation


@action
def switch_off(automation: Automation, *, by: Party) -> Automation:
    """It does nothing any more; what it has done stays."""
    if not automation.is_on and automation.paused_at is None:
        raise ValidationError(IS_SO)
    automation.is_on, automation.paused_at = False, None
    automation.save(update_fields=["is_on", "paused_at"])
    record(automation, facts.AutomationSwitchedOff(automation=automation.pk), by=by)
    return automation


@action
def pause_automation(automation: Automation, *, by: Party) -> Automation:
    """It did as much in an hour as it may, and is stopped until an administrator has looked at it."""
    automation.is_on, automation.paused_at = False, clock.now()
    automation.save(update_fields=["is_on", "paused_at"])
    record(automation, facts.AutomationPaused(automation=automation.pk, budget=automation.budget), by=by)
    return automation


def plan_of(automation: Automation) -> Plan:
    """An automation as it was written."""
    return Plan(**{name: getattr(automation, name) for name in Plan.__dataclass_fields__})


def _refuse_faulty(plan: Plan) -> None:
    if faults_of(plan):
        raise ValidationError(FAULTY)
    if not 1 <= plan.budget <= MOST:
        raise ValidationError(BUDGETS)
