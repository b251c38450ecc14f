"""Live: open pages ask every three seconds whether their complaint has changed, and who is writing an answer.

Answered beside Django's own path, with one question to the database: two hundred open pages cost a few per
cent of a core. The answer says only that something changed; what changed is fetched as any page is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from django.core import signing
from django.db import Error, connection

from shenava.common import clock

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from shenava.complaints.models import Complaint
    from shenava.people.standing import Standing

PATH = "/live"
SALT = "desk.live"
GOOD_FOR = 15 * 60
"""Seconds after which a page must be fetched anew before it may ask again."""
MOST = 20
"""Readers of a complaint that a ticket names: one of them is enough, and an address has its length."""

ASK = """
    SELECT coalesce(s.seq, 0), array(
        SELECT p.name FROM complaints_writing w JOIN people_party p ON p.id = w.party_id
        WHERE w.complaint_id = c.id AND w.until > %(now)s AND w.party_id <> %(party)s ORDER BY p.name LIMIT 3)
    FROM complaints_complaint c LEFT JOIN journal_stream s ON s.name = %(stream)s
    WHERE c.id = %(complaint)s AND NOT c.excluded && %(persons)s::int[]
      AND (%(all)s OR c.readers && %(by)s::int[]) AND EXISTS (
        SELECT 1 FROM people_loginsession l JOIN people_user u ON u.id = l.user_id
        WHERE l.id = %(login)s AND u.party_id = %(party)s AND u.is_active)
      AND %(grants)s::bigint[] = array(
        SELECT g.id FROM people_rolegrant g WHERE g.party_id = %(party)s ORDER BY g.id)"""


def ticket(standing: Standing, complaint: Complaint, *, login: int) -> str:
    """What a page shows to ask about its complaint: signed, for this login, for a quarter of an hour.

    It says as whom one reads it, so that the answer is that of `visible_to` without loading the standing again, and
    by which grants: once a role is taken back or given, the page is fetched anew.
    """
    readers = sorted(standing.ids.intersection(complaint.readers))[:MOST]
    by = None if standing.reads_everything else readers
    shown = [complaint.pk, login, standing.party_id, sorted(standing.deputised), by, standing.grants]
    return signing.dumps(shown, salt=SALT)


def beside(application: WSGIApplication) -> WSGIApplication:
    """The web server's entry with the live answers beside it."""

    def entry(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if environ.get("PATH_INFO") != PATH:
            return application(environ, start)
        status, body = answer(environ.get("QUERY_STRING", ""))
        headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        start(status, [*headers, ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff")])
        return [body]

    return entry


def answer(query: str) -> tuple[str, bytes]:
    """Status and body: the number of the last entry and who is writing; 403 where the page may not ask (any more)."""
    shown = parse_qs(query[:2000]).get("t", [""])[0]
    try:
        found = _ask(*signing.loads(shown, salt=SALT, max_age=GOOD_FOR))
    except (signing.BadSignature, ValueError, TypeError):
        return "403 Forbidden", b"{}"
    except Error:
        return "503 Service Unavailable", b"{}"
    if found is None:
        return "403 Forbidden", b"{}"
    return "200 OK", json.dumps({"seq": found[0], "writing": found[1]}).encode()


def _ask(
    complaint: int, login: int, party: int, deputised: list[int], by: list[int] | None, grants: list[int]
) -> tuple[int, list[str]] | None:
    who = {"persons": [party, *deputised], "by": by or [], "all": by is None, "grants": grants}
    what: dict[str, Any] = {"party": party, "login": login, **who}
    what |= {"complaint": complaint, "stream": f"complaint:{complaint}", "now": clock.now()}
    try:
        with connection.cursor() as cursor:
            cursor.execute(ASK, what)
            found: tuple[int, list[str]] | None = cursor.fetchone()
            return found
    finally:
        connection.close()
