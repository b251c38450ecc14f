"""What everybody arranges for himself: password, second factor, logins, a deputy."""

from __future__ import annotations

from datetime import datetime

from shenava.journal.recording import record
from shenava.people import facts, login, sessions
from shenava.people.actions.room import STREAM, action
from shenava.people.models import Delegation, Party, User


@action
def change_password(user: User, *, password: str, keep_session: str | None = None, by: Party) -> User:
    """Choose a new password; all other logins end."""
    user.set_password(password)
    user.save(update_fields=["password"])
    sessions.end_all(user, but=keep_session)
    record(STREAM, facts.PasswordChanged(), by=by)
    return user


@action
def set_second_factor(user: User, *, secret: str, by: Party) -> list[str]:
    """Set up a second factor; gives ten recovery codes, shown once."""
    user.totp_secret = secret
    user.save(update_fields=["totp_secret"])
    record(STREAM, facts.SecondFactorSet(), by=by)
    return login.new_recovery_codes(user)


@action
def end_own_sessions(user: User, *, keep_session: str | None = None, by: Party) -> int:
    """End one's logins in other browsers."""
    count = sessions.end_all(user, but=keep_session)
    record(STREAM, facts.SessionsEnded(user.party_id, count), by=by)
    return count


@action
def delegate(party: Party, *, deputy: Party, starts_at: datetime, ends_at: datetime, by: Party) -> Delegation:
    """Put one's cartable into a colleague's hands for a while."""
    delegation = Delegation.objects.create(delegator=party, deputy=deputy, starts_at=starts_at, ends_at=ends_at)
    record(STREAM, facts.Delegated(delegation.pk, deputy.pk), by=by)
    return delegation
