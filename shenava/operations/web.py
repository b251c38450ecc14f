"""The web server: the program is loaded once, and the processes that answer are forked from it."""

from __future__ import annotations

import gc

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from config import environment

PROCESSES = 2
"""Two answer while one of them computes; what was loaded before they parted they share."""
THREADS = 4
WAITING = 128
"""Requests that each takes in before it lets others wait at the door."""


def serve(env: environment.Environment) -> int:
    """Answer until told to stop. No connection to the database is open when the processes part."""
    _load_all()
    server = Granian(
        "config.wsgi:application", address=env.host, port=env.port, interface=Interfaces.WSGI, workers=PROCESSES,
        blocking_threads=THREADS, backpressure=WAITING, websockets=False, log_access=False, log_level=LogLevels.error,
    )  # fmt: skip
    server.serve()
    return 0


def _load_all() -> None:
    """What every request needs, before there are several who would each load it: pages, addresses, words."""
    from django.conf import settings  # noqa: PLC0415
    from django.template.loader import get_template  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415
    from django.utils import translation  # noqa: PLC0415

    import config.wsgi  # noqa: F401, PLC0415 -- loading is the purpose

    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            reverse("desk:list")
            translation.gettext("")
    for page in ("desk/complaint.html", "desk/list.html", "desk/folder.html", "portal/complaint.html"):
        get_template(page)
    look_for_garbage_seldom()


def look_for_garbage_seldom() -> None:
    """What was loaded stays, so it is not looked through again; a page leaves little that is not freed at once."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
