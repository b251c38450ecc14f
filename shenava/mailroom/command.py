"""`shenava mail`: raw messages from files or standard input, taken in or shown as they are read."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from django.db import Error
from django.utils.translation import gettext as _

from shenava.mailroom.intake import take
from shenava.mailroom.reading import read_limited, to_json_line
from shenava.messages.models import Mailbox

TRY_LATER = 75
"""EX_TEMPFAIL of sysexits.h: a mail server that pipes mail to us keeps it and tries again."""


def take_files(paths: Sequence[str], mailbox_address: str | None = None) -> int:
    """Take raw messages in, each file one message, `-` standard input. 0 once all are kept; 1 where a file
    or the mailbox is not there; 75 where the database failed."""
    mailbox = Mailbox.objects.filter(address__iexact=mailbox_address).first() if mailbox_address else None
    if mailbox_address and mailbox is None:
        print(_("There is no mailbox %(address)s.") % {"address": mailbox_address}, file=sys.stderr)
        return 1
    return max((_take_file(path, mailbox) for path in paths), default=0)


def read_files(paths: Sequence[str]) -> int:
    """Print how each file is read, a line of JSON for each; nothing is kept. 1 where a file is not there."""
    return max((_read_file(path) for path in paths), default=0)


def _take_file(path: str, mailbox: Mailbox | None) -> int:
    raw = _bytes(path)
    if raw is None:
        return 1
    try:
        kept = take(raw, mailbox=mailbox)
    except Error as fault:
        print(f"{path}: {fault}", file=sys.stderr)
        return TRY_LATER
    print(f"{path}: {kept.sha256} {kept.get_state_display()}")
    return 0


def _read_file(path: str) -> int:
    raw = _bytes(path)
    if raw is None:
        return 1
    sys.stdout.buffer.write((to_json_line(read_limited(raw), path) + "\n").encode("utf-8", "replace"))
    sys.stdout.buffer.flush()
    return 0


def _bytes(path: str) -> bytes | None:
    try:
        return sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as fault:
        print(f"{path}: {fault.strerror}", file=sys.stderr)
        return None
