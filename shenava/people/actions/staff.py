"""Staff: invited, let in, given roles, sent away with their work in good hands."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shenava.common import clock, tokens
from shenava.common.once import told_if_taken
from shenava.journal.recording import record
from shenava.people import facts, handover, passwords, sessions
from shenava.people.actions.room import STREAM, action
from shenava.people.models import (
    EVERYWHERE,
    Invitation,
    Organisation,
    Party,
    PartyKind,
    Role,
    RoleGrant,
    Unit,
    User,
)

ADDRESS_TAKEN = gettext_lazy("There is a user with this address already.")
INVITATION_LIVES = timedelta(days=7)


@action(creates=True)
def invite(*, email: str, name: str, role: str, unit: Unit | None, by: Party) -> Invitation:
    """Invite somebody. The link goes by mail, works once, for seven days; an earlier one stops working."""
    _refuse_known(email)
    _refuse_bound(role, unit)
    for earlier in Invitation.objects.open().filter(email__iexact=email):
        _end(earlier, by)
    plain, kept = tokens.new_token()
    invitation = Invitation.objects.create(
        email=email.lower(), name=name, role=role, unit=unit, token_hash=kept,
        invited_by=by, invited_at=clock.now(), expires_at=clock.now() + INVITATION_LIVES,
    )  # fmt: skip
    invitation.link = f"{settings.BASE_URL}/desk/invitation/#{plain}"  # type: ignore[attr-defined]
    record(STREAM, facts.Invited(invitation.pk, role, unit.pk if unit else None), by=by)
    return invitation


@action
def withdraw_invitation(invitation: Invitation, *, by: Party) -> Invitation:
    """The link of an invitation stops working."""
    _refuse_ended(invitation)
    _end(invitation, by)
    return invitation


@action
def accept_invitation(invitation: Invitation, *, name: str, password: str, language: str, by: Party) -> User:
    """Whoever was invited becomes a user, in the role that was meant."""
    _refuse_ended(invitation)
    _refuse_known(invitation.email)
    user = new_user(name=name, email=invitation.email, password=password, language=language)
    RoleGrant.objects.create(party=user.party, role=invitation.role, unit=invitation.unit, granted_at=clock.now())
    invitation.accepted_at = clock.now()
    invitation.save(update_fields=["accepted_at"])
    record(STREAM, facts.Joined(user.party_id, invitation.pk), by=by)
    return user


@action
def grant_role(party: Party, *, role: str, unit: Unit | None, by: Party) -> RoleGrant:
    """Give somebody a role, in one unit and those below, or everywhere."""
    _refuse_bound(role, unit)
    grant, is_new = RoleGrant.objects.get_or_create(
        party=party, role=role, unit=unit, defaults={"granted_at": clock.now()}
    )
    if not is_new:
        raise ValidationError(_("This role is held already."))
    record(STREAM, facts.RoleGranted(party.pk, role, unit.pk if unit else None), by=by)
    return grant


@action
def revoke_role(party: Party, *, grant: RoleGrant, by: Party) -> Party:
    """Take a role back."""
    if grant.role == Role.ADMINISTRATOR:
        _refuse_last_administrator(party)
    removed, _rows = RoleGrant.objects.filter(pk=grant.pk, party=party).delete()
    if not removed:
        raise ValidationError(_("This role is not held any more."))
    record(STREAM, facts.RoleRevoked(party.pk, grant.role, grant.unit_id), by=by)
    return party


@action
def deactivate(party: Party, *, to: Party | None, by: Party) -> Party:
    """Send somebody away: no more login, and all open work goes to a colleague or a unit."""
    if not party.user.is_active:
        raise ValidationError(_("This account is deactivated already."))
    if to in (None, party) and handover.open_work(party, by=by):
        raise ValidationError(_("Open work lies here: choose who takes it over."))
    _refuse_last_administrator(party)
    heir = to if to is not None and handover.hand_over(party, to=to, by=by) else None
    User.objects.filter(party=party).update(is_active=False)
    sessions.end_all(party.user)
    record(STREAM, facts.Deactivated(party.pk, heir.pk if heir else None), by=by)
    return party


@action
def hand_over_work(party: Party, *, to: Party, by: Party) -> int:
    """Somebody goes to other work and stays: what lies with him goes to a colleague or a unit; how many complaints."""
    if to == party:
        raise ValidationError(_("Choose somebody else: it lies here already."))
    count = handover.hand_over(party, to=to, by=by)
    if not count:
        raise ValidationError(_("No open work lies here."))
    record(STREAM, facts.WorkHandedOver(party.pk, to.pk, count), by=by)
    return count


@action
def reactivate(party: Party, *, by: Party) -> Party:
    """Let somebody in again, with the roles held before."""
    if party.user.is_active:
        raise ValidationError(_("This account is active already."))
    User.objects.filter(party=party).update(is_active=True)
    record(STREAM, facts.Reactivated(party.pk), by=by)
    return party


@action
def reset_second_factor(party: Party, *, by: Party) -> Party:
    """Somebody lost the second factor: it is removed, and all logins end."""
    User.objects.filter(party=party).update(totp_secret="", totp_last_step=0)
    party.user.recovery_codes.all().delete()
    sessions.end_all(party.user)
    record(STREAM, facts.SecondFactorReset(party.pk), by=by)
    return party


@action
def end_sessions(party: Party, *, by: Party) -> int:
    """End all logins of somebody."""
    count = sessions.end_all(party.user)
    record(STREAM, facts.SessionsEnded(party.pk, count), by=by)
    return count


def new_user(*, name: str, email: str, password: str, language: str = "") -> User:
    """A person with a login; part of the verbs that let somebody in. Raises ValidationError for a weak password."""
    home = Organisation.current()
    own = "" if home and home.language == language else language
    user = User(email=email.lower(), language=own, joined_at=clock.now())
    passwords.refuse_weak(password, user)
    user.party = Party.objects.create(kind=PartyKind.PERSON, name=name, email=email.lower(), created_at=clock.now())
    user.set_password(password)
    with told_if_taken(ADDRESS_TAKEN):
        user.save()
    return user


def _end(invitation: Invitation, by: Party) -> None:
    invitation.withdrawn_at = clock.now()
    invitation.save(update_fields=["withdrawn_at"])
    record(STREAM, facts.InvitationWithdrawn(invitation.pk), by=by)


def _refuse_ended(invitation: Invitation) -> None:
    if not invitation.is_open:
        raise ValidationError(_("This invitation does not work any more. Please ask for a new one."))


def _refuse_known(email: str) -> None:
    if User.objects.filter(email__iexact=email).exists():
        raise ValidationError(ADDRESS_TAKEN)


def _refuse_bound(role: str, unit: Unit | None) -> None:
    if unit is not None and role in EVERYWHERE:
        raise ValidationError(_("This role holds in the whole organisation: choose no unit for it."))


def _refuse_last_administrator(party: Party) -> None:
    """Two administrators who send each other away wait here for one another; one of them stays."""
    Organisation.objects.select_for_update().first()
    others = RoleGrant.objects.filter(role=Role.ADMINISTRATOR, party__user__is_active=True)
    if not others.exclude(party=party).exists():
        raise ValidationError(_("This is the last administrator."))
