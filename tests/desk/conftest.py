"""Browsers for the pages of the desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from shenava.people.models import Party
from tests.world import log_in


@pytest.fixture
def browser_of() -> Callable[[Party], Client]:
    """`browser_of(world.sara)`: a browser of her own, logged in."""

    def sit_down(party: Party) -> Client:
        return log_in(Client(), party)

    return sit_down
