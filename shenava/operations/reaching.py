"""Reaching the database: asked directly, it says at once what is wrong; a pool only says that time is over."""

from __future__ import annotations

import psycopg

SECONDS = 10


def reach(url: str) -> None:
    """Connect once. Raises psycopg.Error with what the server or the network says."""
    psycopg.connect(url, connect_timeout=SECONDS).close()
