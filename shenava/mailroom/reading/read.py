"""One message, read: the only place that knows in which order the other modules take their turn."""

from __future__ import annotations

import json
from typing import Any

from .addresses import mailboxes, sender
from .auth import authentication
from .automatic import is_automatic, is_list
from .bodies import Contents, contents
from .bounces import find_bounce, is_feedback
from .cleaning import cleaned
from .dates import iso_date
from .headers import Headers, split_head
from .mime import Part, parse
from .replies import new_text, new_text_of_html
from .shapes import LIMITS, Defects, Limits, Reading
from .tnef import is_tnef


def read(raw: bytes, limits: Limits = LIMITS) -> Reading:
    """Everything understood of one raw message (RFC 5322, or nearly so, or not at all). Never raises."""
    defects = Defects()
    root: Part | None = None
    with defects.surviving("mime"):
        root = parse(_as_message(raw), defects, limits)
    if root is None:
        return glance(raw, defects.all())
    known = _from_head(root.headers, defects, limits)
    found = Contents()
    with defects.surviving("body"):
        found = contents(root, defects, limits)
    known |= _from_body(found, defects)
    known |= _judged(root, found, known, defects)
    return Reading(**known, files=tuple(found.files), defects=defects.all())


def _as_message(raw: bytes) -> bytes:
    """A bare winmail.dat is read as the message that would have carried it."""
    return b"Content-Type: application/ms-tnef\r\n\r\n" + raw if is_tnef(raw) else raw


def glance(raw: bytes, defects: tuple[str, ...] = ()) -> Reading:
    """The head alone, cheaply: what a person must see of a message that broke its limits."""
    said = Defects()
    limits = Limits(headers=200, header_bytes=8 * 1024, recipients=10)
    known: dict[str, Any] = {}
    with said.surviving("head"):
        start = raw[: 64 * 1024]
        known = _from_head(split_head(start, 0, len(start), said, limits)[0], said, limits)
    return Reading(**known, defects=defects + said.all())


def _from_head(headers: Headers, defects: Defects, limits: Limits) -> dict[str, Any]:
    known: dict[str, Any] = {}
    with defects.surviving("addresses"):
        senders = mailboxes(headers, "from", defects, limits)
        best, is_clear = sender(headers, senders, defects)
        known |= {"from_email": best.email, "from_name": best.name, "sender_is_clear": is_clear}
        for key in ("to", "cc", "reply_to"):
            known[key] = mailboxes(headers, key.replace("_", "-"), defects, limits)
    with defects.surviving("headers"):
        known |= {"subject": headers.text("subject"), "date": iso_date(headers.letters("date"))}
        known |= {"message_id": next(iter(headers.ids("message-id")), None)}
        known |= {"in_reply_to": next(iter(headers.ids("in-reply-to")), None)}
        known |= {"references": tuple(dict.fromkeys(headers.ids("references")[-100:]))}
        known |= {"auth": authentication(headers)}
    if headers.has("date") and not known.get("date"):
        defects.say("date: not understood")
    return known


def _from_body(found: Contents, defects: Defects) -> dict[str, Any]:
    known: dict[str, Any] = {"text": found.text, "reply_text": found.text}
    with defects.surviving("html"):
        known["html"] = cleaned(found.html) if found.html is not None and found.html.strip() else None
    with defects.surviving("reply"):
        if found.text_was_sent or found.html is None:
            known["reply_text"] = new_text(found.text)
        else:
            known["reply_text"] = new_text_of_html(found.html)
    return known


def _judged(root: Part, found: Contents, known: dict[str, Any], defects: Defects) -> dict[str, Any]:
    judged: dict[str, Any] = {}
    subject = known.get("subject", "")
    with defects.surviving("bounce"):
        judged["bounce"] = find_bounce(root, found.text, subject)
    with defects.surviving("automatic"):
        automatic = is_automatic(root.headers, subject, root.content_type) or is_feedback(root)
        judged["automatic"] = automatic or judged.get("bounce") is not None
        judged["list"] = is_list(root.headers)
    return judged


def to_json_line(reading: Reading, file: str) -> str:
    """One line of JSON for one file: the keys of KEYS after `file`. No line break inside, no escapes."""
    line = json.dumps({"file": file} | reading.as_json(), ensure_ascii=False)
    return line.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
