"""Sessions: a new key takes what the old one had, and the old one opens nothing from then on."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shenava.people.session_store import SessionStore

pytestmark = pytest.mark.django_db


def begun() -> str:
    """A session with something in it; its key."""
    session = SessionStore()
    session["follows"] = "this"
    session.save()
    return str(session.session_key)


def test_under_a_new_key_everything_is_there_and_under_the_old_one_nothing() -> None:
    before = begun()
    session = SessionStore(before)
    session.renew()
    session["more"] = "that"
    session.renew()
    with CaptureQueriesContext(connection) as asked:
        session.save()
    assert len([one for one in asked if one["sql"].startswith(("INSERT", "UPDATE"))]) == 1
    assert session.session_key not in (before, None)
    after = SessionStore(str(session.session_key))
    assert (after.get("follows"), after.get("more"), SessionStore(before).get("follows")) == ("this", "that", None)
    assert list(Session.objects.values_list("pk", flat=True)) == [session.session_key]


def test_a_browser_without_a_session_gets_one() -> None:
    session = SessionStore()
    session.renew()
    session["follows"] = "this"
    session.save()
    assert SessionStore(str(session.session_key)).get("follows") == "this"


def test_a_key_that_is_taken_is_not_taken_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = begun()
    keys = iter([taken, "another" * 4])
    monkeypatch.setattr(SessionStore, "_get_new_session_key", lambda self: next(keys))
    session = SessionStore()
    session.save()
    assert (session.session_key, SessionStore(taken).get("follows")) == ("another" * 4, "this")
