"""History: earlier complaints are found among those that one may see, however many there are elsewhere."""

from __future__ import annotations

import pytest

from shenava.complaints import actions, history
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
    monkeypatch.setattr(history, "OF_ONE_SERIAL", 2)
    own = world.complaint(serial="SN-1", unit=world.service)
    for _ in range(3):
        world.complaint(serial="SN-1", unit=world.sales)
    assert earlier(standing_of(world.sara), Traces(serial="SN-1")) == [own]


def test_open_ones_come_first_then_those_closed_last(world: World) -> None:
    who = Introduction(name="Mahsa Kianpour", phone="+989121112233")
    first, second, third, fourth = (world.complaint(complainant=who, serial="SN-1") for _ in range(4))
    for one in (third, second):
        actions.withdraw(one, by=world.manager)
    found = earlier(standing_of(world.manager), Traces(phone="+989121112233", serial="SN-1"))
    assert found == [fourth, first, second, third]
