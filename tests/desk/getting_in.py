"""How one gets in, as tests do it."""

from __future__ import annotations

import re

from django.http import HttpResponse
from django.test import Client

from tests.world import PASSWORD

NEW = "rain falls on the roof"
LOGIN, CODE, LOST, RESET, COME = (
    f"/desk/{place}/" for place in ("login", "login/code", "password/lost", "password", "invitation")
)


def log_in(client: Client, email: str = "sara@arman.example", password: str = PASSWORD, **more: str) -> HttpResponse:
    """Send the form of the login."""
    return client.post(LOGIN, {"email": email, "password": password, **more})


def without_token(answer: HttpResponse) -> bytes:
    """A page without what differs at every request."""
    return re.sub(rb'(csrfmiddlewaretoken" value|nonce)="[^"]+"', b"", answer.content)
