"""History: earlier complaints are found among those that one may see, however many there are elsewhere."""

from __future__ import annotations

import pytest

from shenava.complaints import history
from shenava.complaints.history import Traces, earlier
from shenava.people.parties import Introduction
from shenava.people.standing import standing_of
from tests.world import World


@pytest.mark.parametrize(
    "traces",
    [Traces(serial="sn-1"), Traces(phone="+989121112233"), Traces(name="Mahsa Kianpour"), Traces(email="m@x.org")],
)
def test_what_lies_in_ones_own_unit_is_found_behind_newer_ones_elsewhere(world: World, traces: Traces) -> None:
    who = Introduction(name="Mahsa Kianpour", phone="+989121112233", email="m@x.org")
    own = world.complaint(complainant=who, serial="SN-1", unit=world.service)
    for _ in range(3):
        world.complaint(complainant=who, serial="SN-1", unit=world.sales)
    assert earlier(standing_of(world.sara), traces) == [own]
    assert len(earlier(standing_of(world.manager), traces)) == 4


def test_of_one_serial_the_latest_within_reach_are_looked_at(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "LOOKED_AT", 2)
    own = world.complaint(serial="SN-1", unit=world.service)
    for _ in range(3):
        world.complaint(serial="SN-1", unit=world.sales)
    assert earlier(standing_of(world.sara), Traces(serial="SN-1")) == [own]
