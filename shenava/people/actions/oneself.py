"""What everybody arranges for himself: password, second factor, logins, a deputy."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shenava.common import clock
from shenava.journal.recording import record
from shenava.people import facts, login, passwords, sessions
from shenava.people.actions.room import STREAM, action
from shenava.people.models import Delegation, LoginSession, Party, User


@action
def change_password(user: User, *, password: str, keep_session: str | None = None, by: Party) -> User:
    """Choose a new password; all other logins end. Raises ValidationError for one that is easily guessed."""
    _choose_password(user, password, keep_session)
    record(STREAM, facts.PasswordChanged(), by=by)
    return user


@action
def reset_password(user: User, *, password: str, by: Party) -> User:
    """Choose a new password by a link that was mailed, because the old one is lost; all logins end."""
    _choose_password(user, password)
    record(STREAM, facts.PasswordReset(user.party_id), by=by)
    return user


@action
def set_second_factor(user: User, *, secret: str, step: int, by: Party) -> list[str]:
    """Set up a second factor, proven by the code of a time step; gives ten recovery codes, shown once."""
    user.totp_secret, user.totp_last_step = secret, step
    user.save(update_fields=["totp_secret", "totp_last_step"])
    record(STREAM, facts.SecondFactorSet(), by=by)
    return login.new_recovery_codes(user)


@action
def end_session(session: LoginSession, *, by: Party) -> LoginSession:
    """End one's login in one other browser."""
    sessions.end(session)
    record(STREAM, facts.SessionsEnded(by.pk, 1), by=by)
    return session


@action
def end_own_sessions(user: User, *, keep_session: str | None = None, by: Party) -> int:
    """End one's logins in other browsers."""
    count = sessions.end_all(user, but=keep_session)
    record(STREAM, facts.SessionsEnded(user.party_id, count), by=by)
    return count


@action
def delegate(party: Party, *, deputy: Party, starts_at: datetime, ends_at: datetime, by: Party) -> Delegation:
    """Put one's cartable into a colleague's hands for a while. Raises ValidationError."""
    if deputy == party or not Party.objects.staff().filter(pk=deputy.pk).exists():
        raise ValidationError(_("Only a colleague who can log in can stand in for you."))
    if ends_at <= starts_at or ends_at <= clock.now():
        raise ValidationError(_("The last day must come after the first, and must not be over."))
    delegation = Delegation.objects.create(delegator=party, deputy=deputy, starts_at=starts_at, ends_at=ends_at)
    record(STREAM, facts.Delegated(delegation.pk, deputy.pk), by=by)
    return delegation


@action
def end_delegation(delegation: Delegation, *, by: Party) -> Delegation:
    """Take one's cartable back before the time."""
    record(STREAM, facts.DelegationEnded(delegation.pk, delegation.deputy_id), by=by)
    delegation.delete()
    return delegation


def _choose_password(user: User, password: str, keep_session: str | None = None) -> None:
    passwords.refuse_weak(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    sessions.end_all(user, but=keep_session)
