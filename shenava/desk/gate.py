"""The gate of the desk: links that were mailed, and whom they let in."""

from __future__ import annotations

import hmac
from datetime import timedelta

from django.conf import settings
from django.utils.crypto import salted_hmac

from shenava.common import clock, tokens
from shenava.common.budgets import spend
from shenava.messages import outbox, texts
from shenava.people.models import Invitation, Organisation, User

RESETS_PER_ADDRESS = 20
RESET_LIVES = timedelta(hours=1)


def may_ask(address: str) -> bool:
    """Is there a request for a new password left for whoever asks from here?"""
    return spend(f"reset-from:{address}", limit=RESETS_PER_ADDRESS, window=timedelta(hours=1))


def user_at(email: str) -> int:
    """The number of the active user with this address; 0 for nobody."""
    return User.objects.filter(email__iexact=email, is_active=True).values_list("pk", flat=True).first() or 0


def send_reset(user_id: int) -> None:
    """Mail a link to a new password."""
    user = User.objects.filter(pk=user_id, is_active=True).select_related("party").first()
    if user is None:
        return
    token = tokens.purpose_token([user.pk, _state_of(user)], purpose="people.reset", max_age=RESET_LIVES)
    organisation = Organisation.current()
    language = user.language or (organisation.language if organisation else "en")
    wording = texts.password_reset(
        f"{settings.BASE_URL}/desk/password/#{token}",
        ends_at=clock.now() + RESET_LIVES,
        organisation=organisation,
        language=language,
    )
    outbox.queue_mail(wording, to=user.email, purpose="password_reset", language=language, party=user.party)


def user_of_reset(token: str) -> User | None:
    """The user whom a mailed link belongs to, while it works: one hour, once, and not after a login."""
    try:
        pk, state = tokens.read_purpose_token(token, purpose="people.reset")
    except tokens.StaleTokenError:
        return None
    user = User.objects.filter(pk=pk, is_active=True).select_related("party").first()
    return user if user and hmac.compare_digest(state, _state_of(user)) else None


def _state_of(user: User) -> str:
    """What changes with a new password and with a login, as a hash."""
    return salted_hmac("people.reset", f"{user.password}{user.last_login}", algorithm="sha256").hexdigest()


def invitation_of(token: str) -> Invitation | None:
    """The invitation that a link belongs to, while it works."""
    found = Invitation.objects.open().filter(token_hash=tokens.digest(token.strip()))
    return found.select_related("unit").first()


def send_invitation(invitation: Invitation) -> None:
    """Mail the link of an invitation that was just made."""
    organisation = Organisation.current()
    language = organisation.language if organisation else "en"
    wording = texts.invitation(
        invitation.link,  # type: ignore[attr-defined]
        ends_at=invitation.expires_at,
        organisation=organisation,
        language=language,
    )
    outbox.queue_mail(wording, to=invitation.email, purpose="invitation", language=language)
