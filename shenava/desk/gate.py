"""The gate of the desk: links that were mailed, and whom they let in."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator, default_token_generator
from django.core import signing

from shenava.common import clock, tokens
from shenava.common.budgets import spend
from shenava.messages import outbox, texts
from shenava.people.models import Invitation, Organisation, User

RESETS_PER_ADDRESS = 20


def send_reset(email: str, address: str) -> None:
    """Mail a link to a new password, if the address is a user's. Nobody can tell whether it is."""
    if not spend(f"reset-from:{address}", limit=RESETS_PER_ADDRESS, window=timedelta(hours=1)):
        return
    user = User.objects.filter(email__iexact=email, is_active=True).select_related("party").first()
    if user is None:
        return
    token = signing.dumps([user.pk, default_token_generator.make_token(user)], salt="people.reset")
    organisation = Organisation.current()
    language = user.language or (organisation.language if organisation else "en")
    ends_at = clock.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    wording = texts.password_reset(
        f"{settings.BASE_URL}/desk/password/#{token}",
        ends_at=ends_at,
        organisation=organisation,
        language=language,
    )
    outbox.queue_mail(wording, to=user.email, purpose="password_reset", language=language, party=user.party)


def user_of_reset(token: str, generator: PasswordResetTokenGenerator) -> User | None:
    """The user whom a mailed link belongs to, while it works: one hour, once."""
    try:
        pk, inner = signing.loads(token, salt="people.reset", max_age=settings.PASSWORD_RESET_TIMEOUT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    user = User.objects.filter(pk=pk, is_active=True).select_related("party").first()
    return user if user and generator.check_token(user, inner) else None


def invitation_of(token: str) -> Invitation | None:
    """The invitation that a link belongs to, while it works."""
    open_ones = Invitation.objects.filter(
        accepted_at=None,
        withdrawn_at=None,
        expires_at__gt=clock.now(),
        token_hash=tokens.digest(token.strip()),
    )
    return open_ones.select_related("unit").first()


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
