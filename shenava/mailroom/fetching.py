"""Fetching: new mail of a mailbox over IMAP. A mail is marked and moved on the server only once it is kept here."""

from __future__ import annotations

import imaplib
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property

from django.db import DataError
from django.db.models import Q

from shenava.common import clock
from shenava.mailroom.intake import take
from shenava.messages.imap import abilities, folder_name, imap_connection, naming_imap, select
from shenava.messages.models import Mailbox
from shenava.messages.smtp import Step, StepFailedError

AT_ONCE = 200
MOST_BYTES = 64 * 1024 * 1024
TAKEN = "$ShenavaTaken"
DONE = ("Shenava", "Done")
DATE = re.compile(rb'INTERNALDATE "([^"]+)"')
DELIMITER = re.compile(rb'\([^)]*\) "?([^" ]+)"? ')

log = logging.getLogger(__name__)


@dataclass
class _Folder:
    """An open folder, and whether its mails can bear our mark."""

    server: imaplib.IMAP4
    takes_marks: bool

    @cached_property
    def done(self) -> str:
        """Where finished mail goes, made if need be; empty where the server moves none or allows no folder."""
        return _done_folder(self.server) if "MOVE" in abilities(self.server) else ""


def fetch(mailbox: Mailbox) -> int:
    """Take in what is new, at most 200 mails; how many were taken. Never raises for what a server does:
    the mailbox's row says how it went. A mail that cannot be taken stays as it is and stops nobody else.

    Raises DatabaseError where nothing can be kept now: then everything stays on the server.
    """
    now = clock.now()
    taken, faults = 0, []
    try:
        with _open(mailbox) as folder:
            for uid in _new(folder, mailbox, now)[:AT_ONCE]:
                fault = _take_one(folder, uid, mailbox)
                taken += not fault
                faults += [fault] * bool(fault)
    except StepFailedError as error:
        _tell(mailbox, last_polled_at=now, last_step=str(error.step), last_error=error.reason)
        return taken
    Mailbox.objects.filter(pk=mailbox.pk).update(last_polled_at=now, last_ok_at=now)
    _tell_unless_sending_fails(mailbox, "\n".join(faults[:5]))
    return taken


def _tell(mailbox: Mailbox, **fields: object) -> None:
    Mailbox.objects.filter(pk=mailbox.pk).update(**fields)
    mailbox.refresh_from_db()


def _tell_unless_sending_fails(mailbox: Mailbox, faults: str) -> None:
    """Fetching went well: what it had to complain of is over. A failure of sending stays until that is mended."""
    mine = ~Q(last_step__startswith="smtp:") if not faults else Q()
    Mailbox.objects.filter(mine, pk=mailbox.pk).update(last_step="", last_error=faults)
    mailbox.refresh_from_db()


@contextmanager
def _open(mailbox: Mailbox) -> Iterator[_Folder]:
    """The mailbox's folder, open for marking. Raises StepFailedError, from within the block too."""
    with imap_connection(mailbox) as server:
        select(server, mailbox.imap_folder)
        with naming_imap(Step.FOLDER):
            flags = b" ".join(flag or b"" for flag in server.response("PERMANENTFLAGS")[1] or [])
            yield _Folder(server, takes_marks=b"\\*" in flags or TAKEN.encode() in flags)


def _done_folder(server: imaplib.IMAP4) -> str:
    """Where finished mail goes, made if need be; empty where the server allows none."""
    _status, listed = server.list('""', "INBOX")
    found = DELIMITER.match(listed[0]) if listed and isinstance(listed[0], bytes) else None
    delimiter = found.group(1).decode("ascii", "replace") if found else "/"
    for parts in (DONE, ("INBOX", *DONE)):
        name = delimiter.join(parts)
        server.create(folder_name(name))
        if server.status(folder_name(name), "(MESSAGES)")[0] == "OK":
            return name
    return ""


def _new(folder: _Folder, mailbox: Mailbox, now: datetime) -> list[str]:
    """The numbers of new mails: unseen ones, and what somebody has opened elsewhere before we came.

    What was opened before the first fetch is old: it is marked and left alone.
    """
    unseen = _search(folder, "UNSEEN")
    if not folder.takes_marks:
        return unseen
    since = ((mailbox.last_ok_at or now) - timedelta(days=2)).strftime("%d-%b-%Y")
    opened = _search(folder, "SEEN", "UNKEYWORD", TAKEN, "SINCE", since)
    if mailbox.last_ok_at is None and opened:
        _do(folder, "STORE", ",".join(opened), "+FLAGS.SILENT", f"({TAKEN})")
        return unseen
    return sorted({*unseen, *opened}, key=int)


def _search(folder: _Folder, *criteria: str) -> list[str]:
    reply = _do(folder, "SEARCH", *criteria)
    return [uid for line in reply if isinstance(line, bytes) for uid in line.decode("ascii", "replace").split()]


def _do(folder: _Folder, command: str, *arguments: str) -> list[bytes | tuple[bytes, bytes] | None]:
    status, reply = folder.server.uid(command, *arguments)
    if status != "OK":
        raise StepFailedError(Step.FOLDER, f"{command}: {reply!r}"[:300])
    return reply


def _take_one(folder: _Folder, uid: str, mailbox: Mailbox) -> str:
    """Keep one mail here, then mark and move it there. What went wrong, or nothing."""
    try:
        found = _content(folder, uid)
        if found is None:
            return ""
        take(found[0], mailbox=mailbox, received_at=found[1])
        _do(folder, "STORE", uid, "+FLAGS.SILENT", f"(\\Seen {TAKEN})" if folder.takes_marks else "(\\Seen)")
        if folder.done:
            folder.server.uid("MOVE", uid, folder_name(folder.done))
    except (DataError, StepFailedError, ValueError) as fault:
        log.warning("mailbox %s: mail %s stays on the server: %s", mailbox.pk, uid, fault)
        return f"{uid}: {fault}"[:300]
    return ""


def _content(folder: _Folder, uid: str) -> tuple[bytes, datetime | None] | None:
    """A mail's bytes, unmarked by the fetching, and when it arrived; None where it has gone meanwhile.

    Of a mail beyond 64 MB only the beginning comes: it is more than is read, and a person sees it waiting.
    """
    for answer in _do(folder, "FETCH", uid, f"(INTERNALDATE BODY.PEEK[]<0.{MOST_BYTES}>)"):
        if isinstance(answer, tuple):
            return bytes(answer[1]), _arrived(answer[0])
    return None


def _arrived(told: bytes) -> datetime | None:
    found = DATE.search(told)
    if found is None:
        return None
    try:
        moment = datetime.strptime(found.group(1).decode("ascii").strip(), "%d-%b-%Y %H:%M:%S %z")
    except ValueError:
        return None
    return moment.astimezone(UTC)
