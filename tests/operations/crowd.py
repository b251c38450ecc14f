"""A crowd of customers who do not give up: each tries again until it has been acknowledged."""

from __future__ import annotations

import re
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from http.cookiejar import CookieJar
from pathlib import Path
from threading import Event
from typing import Any, NoReturn
from urllib.error import HTTPError
from urllib.parse import urlencode

from tests.journeys.product import Product
from tests.mailroom.letters import letter

PATIENCE = 240
HIDDEN = re.compile(rb'name="(csrfmiddlewaretoken|submission)" value="([^"]+)"')


@dataclass
class Crowd:
    """What was acknowledged so far: for the portal the words and the code of the receipt, for mail the words."""

    product: Product
    receipts: dict[str, str] = field(default_factory=dict)
    kept_mails: list[str] = field(default_factory=list)
    goes_on: Event = field(default_factory=Event)
    """Unset: nobody begins, while whoever has begun tries on."""

    def __post_init__(self) -> None:
        self.goes_on.set()

    @property
    def acknowledged(self) -> int:
        return len(self.receipts) + len(self.kept_mails)

    def complain(self, number: int) -> None:
        """Fill in the form, and send the same form again until the receipt is shown."""
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()), _Redirects())
        words = f"Portal complaint number {number}."
        self.goes_on.wait()
        form: dict[str, str] = {}
        place = ""
        deadline = time.monotonic() + PATIENCE
        while not place and time.monotonic() < deadline:
            form = form or self._form(browser, number, words)
            place = self._send(browser, form) if form else ""
            time.sleep(0 if place else 0.3)
        self.receipts[words] = place.split("/")[-3]

    def write(self, folder: Path, numbers: Sequence[int]) -> None:
        """Hand letters over as a mail server does, and again until all are taken."""
        letters = {f"Mail complaint number {number}.": folder / f"{number}.eml" for number in numbers}
        for number, (words, place) in zip(numbers, letters.items(), strict=True):
            sender, message_id = f"Customer {number} <mail-{number}@example.com>", f"<{number}@example.com>"
            place.write_bytes(letter(words, sender=sender, subject=f"Complaint {number}", message_id=message_id))
        files = [str(place) for place in letters.values()]
        self.goes_on.wait()
        deadline = time.monotonic() + PATIENCE
        while self.product.run("mail", "take", "--mailbox", "care@arman.example", *files).returncode:
            assert time.monotonic() < deadline, "the mail was never taken"
        self.kept_mails.extend(letters)

    def _form(self, browser: urllib.request.OpenerDirector, number: int, words: str) -> dict[str, str]:
        page = _answer(browser, f"{self.product.url}/complaints/new/")
        hidden = {name.decode(): value.decode() for name, value in HIDDEN.findall(page)}
        said = {
            "description": words, "record_type": "complaint", "subject": "product",
            "name": f"Customer {number}", "email": f"portal-{number}@example.com",
        }  # fmt: skip
        return hidden | said if hidden else {}

    def _send(self, browser: urllib.request.OpenerDirector, form: dict[str, str]) -> str:
        """Where the receipt is; empty where there was none."""
        url = f"{self.product.url}/complaints/new/"
        return _answer(browser, url, urlencode(form).encode()).decode()


class _Redirects(urllib.request.HTTPRedirectHandler):
    """A redirection is an answer; nobody follows it."""

    def redirect_request(self, *_args: Any) -> None:
        return None

    def http_error_302(self, req: Any, fp: Any, code: int, msg: str, headers: Any) -> NoReturn:
        fp.close()
        raise _Redirected(headers["Location"])


class _Redirected(Exception):
    pass


def _answer(browser: urllib.request.OpenerDirector, url: str, content: bytes | None = None) -> bytes:
    """A page, or for what was sent the place of its receipt; empty where anything went wrong."""
    try:
        with browser.open(url, content, timeout=30) as answer:
            return b"" if content else answer.read()
    except _Redirected as to:
        return str(to).encode()
    except HTTPError as refused:
        refused.close()
        return b""
    except (OSError, HTTPException):
        return b""
