"""Sessions in the database, as Django keeps them, with a new key that costs no second row."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.utils.crypto import get_random_string


class SessionStore(db.SessionStore):
    """A session of one browser."""

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self._key_before: str | None = None

    def renew(self) -> None:
        """Go on under a new key from the end of this request: whoever knew the one before has nothing."""
        self.keys()  # read before the key to it is gone
        self._key_before, self._session_key = self._key_before or self.session_key, None
        self.modified = True

    def save(self, must_create: bool = False) -> Any:
        before, self._key_before = self._key_before, None
        if before is None or not self._goes_on_from(before):
            super().save(must_create)

    def _goes_on_from(self, before: str) -> bool:
        """Keep it under a new key in the row that there is; False where that row is gone."""
        said = self._get_session()  # type: ignore[attr-defined]
        self._session_key = self._get_new_session_key()
        row = self.create_model_instance(said)
        kept = {"session_key": row.session_key, "session_data": row.session_data, "expire_date": row.expire_date}
        if self.model.objects.filter(session_key=before).update(**kept):
            return True
        self._session_key = None
        return False

    def _get_new_session_key(self) -> str:
        """As Django's, without asking whether it is taken: the database refuses one that is, and another is made."""
        return get_random_string(32, VALID_KEY_CHARS)
