"""The picture of a complaint's way: side by side over the whole width, and the shortest piece is seen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shenava.common import clock
from shenava.complaints import actions
from shenava.pages.circulation import circulation
from tests.world import MONDAY, World


@pytest.mark.parametrize("turns", [0, 1, 40])
def test_the_bars_fill_the_width_without_a_gap(world: World, turns: int) -> None:
    with clock.set_to(MONDAY):
        complaint = world.taken()
    for place in range(turns):
        with clock.set_to(MONDAY + timedelta(days=9, seconds=place)):
            actions.assign(complaint, to=(world.reza, world.sara)[place % 2], by=world.manager)
    way = circulation(complaint, MONDAY + timedelta(days=9, seconds=turns))
    edges = [0, *(bar.start + bar.width for bar in way.bars)]
    assert [bar.start for bar in way.bars] == edges[:-1]
    assert edges[-1] == 1000
    assert min(bar.width for bar in way.bars) >= 2
    assert sum((share.length for share in way.shares), timedelta()) == way.whole
