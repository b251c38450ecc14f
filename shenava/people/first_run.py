"""The first run: a token printed on the console opens the set-up, once."""

from __future__ import annotations

import hmac
import os
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from shenava.common import tokens
from shenava.people.models import Organisation


def _place() -> Path:
    return Path(settings.DATA_DIR) / "keys" / "set-up.sha256"


def issue_token() -> str:
    """A fresh token for the set-up; its hash is kept in the data folder, an older one stops working."""
    plain, kept = tokens.new_token()
    place = _place()
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(place, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as file:
        file.write(kept)
    return plain


def fits(token: str) -> bool:
    """Is this the token that was printed? Never after the set-up."""
    if Organisation.current() is not None or not _place().exists():
        return False
    return hmac.compare_digest(_place().read_text().strip(), tokens.digest(token.strip()))


def begin_alone() -> None:
    """Until this transaction ends nobody else begins. Raises ValidationError where somebody has done it already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('people.set_up', 0))")
    if Organisation.objects.exists():
        raise ValidationError(_("The organisation is set up already."))


def forget_token() -> None:
    """The set-up is done; the token opens nothing any more."""
    _place().unlink(missing_ok=True)
