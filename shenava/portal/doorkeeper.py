"""The doorkeeper of the portal: secrets compared in constant time, guesses counted."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils.translation import gettext as _

from shenava.common import clock, tokens
from shenava.common.budgets import give_back, spend
from shenava.complaints.models import Complaint
from shenava.messages import outbox, texts
from shenava.people.models import Organisation
from shenava.ui.peers import address_of

GUESSES_PER_CODE = 10
GUESSES_PER_ADDRESS = 30
CODES_PER_DAY = 5
WINDOW = timedelta(minutes=15)
VALID_FOR = timedelta(minutes=10)
TRIES = 5
KEY = "one_time"


def by_secret(request: HttpRequest, *, code: str, secret: str) -> tuple[Complaint | None, str]:
    """The complaint that code and secret open, or a sentence. A right secret is never locked out for long.

    The secret is that of the receipt, or the key in the link of a mail to the complainant.
    """
    code = tokens.normalise_code(code)
    if not _may_guess(request, code):
        return None, _("Too many attempts. Please try again in a quarter of an hour.")
    complaint = _named(code)
    digest = tokens.digest(tokens.normalise_human_secret(secret))
    fits = hmac.compare_digest(complaint.secret_hash if complaint else "0" * 64, digest)
    if complaint is None or not (fits or _was_mailed(complaint, digest)):
        return None, _("Code and secret key do not belong together. Please compare them with your receipt.")
    for key in _guessed(request, code):
        give_back(key, window=WINDOW)
    return complaint, ""


def send_one_time_code(request: HttpRequest, *, code: str, email: str) -> None:
    """Send a code if the address is the one on record; remember the question, not the answer.

    What strangers ask for is counted by where they are, what leaves by the mailbox it goes to, so that
    nobody can use up the codes of somebody whose address he knows.
    """
    complaint = _named(tokens.normalise_code(code))
    speaker = (complaint.representative or complaint.complainant) if complaint else None
    plain = tokens.short_code()
    may_ask = spend(f"one-time-from:{address_of(request)}", limit=GUESSES_PER_ADDRESS, window=WINDOW)
    known = bool(may_ask and complaint and speaker and speaker.email and speaker.email.lower() == email.lower())
    will_send = known and spend(f"one-time:{email.lower()}", limit=CODES_PER_DAY, window=timedelta(days=1))
    request.session[KEY] = {
        "pk": complaint.pk if will_send and complaint else 0,
        "hash": tokens.hash_code(plain),
        "until": (clock.now() + VALID_FOR).isoformat(),
        "tries": 0,
    }
    if will_send and complaint:
        wording = texts.one_time_code(plain, organisation=Organisation.current(), language=complaint.language)
        outbox.queue_mail(wording, to=email, purpose="code", language=complaint.language)


def by_one_time_code(request: HttpRequest, plain: str) -> tuple[Complaint | None, str]:
    """The complaint that a one-time code opens, once, within five tries and ten minutes."""
    asked = request.session.get(KEY)
    if not asked or asked["tries"] >= TRIES or datetime.fromisoformat(asked["until"]) < clock.now():
        return None, _("This code is no longer valid. Please ask for a new one.")
    asked["tries"] += 1
    request.session[KEY] = asked
    if not tokens.check_code(tokens.normalise_digits(plain), asked["hash"]) or not asked["pk"]:
        return None, _("This is not the code that we sent.")
    del request.session[KEY]
    return Complaint.objects.get(pk=asked["pk"]), ""


def _was_mailed(complaint: Complaint, key_hash: str) -> bool:
    speaker = complaint.representative or complaint.complainant
    return outbox.has_key(complaint.pk, key_hash, address=speaker.email)


def _named(code: str) -> Complaint | None:
    return (
        Complaint.objects.for_page().filter(public_code=code).first()
        or Complaint.objects.for_page().filter(reference=code).first()
    )


def _may_guess(request: HttpRequest, code: str) -> bool:
    of_code, from_address = _guessed(request, code)
    per_code = spend(of_code, limit=GUESSES_PER_CODE, window=WINDOW)
    per_address = spend(from_address, limit=GUESSES_PER_ADDRESS, window=WINDOW)
    return per_code and per_address


def _guessed(request: HttpRequest, code: str) -> tuple[str, str]:
    """By what guesses are counted; right ones are given back, for many people come from one address."""
    return f"track:{code[:20]}", f"track-from:{address_of(request)}"
