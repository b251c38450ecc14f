"""Nightly tidying: what is over goes, what counts stays."""

from __future__ import annotations

from datetime import timedelta

from shenava.attachments import store
from shenava.attachments.models import File
from shenava.common import clock
from shenava.common.budgets import spend, spent
from shenava.desk.jobs import tidy
from tests.world import World

DAY = timedelta(days=1)


def test_counts_of_past_days_and_unclaimed_bytes_go(world: World) -> None:
    spend("an-address", limit=5, window=DAY)
    kept, lost = (store.take_in(content, name="a.txt", by=world.sara) for content in (b"kept", b"lost"))
    lost_path = lost.path
    File.objects.filter(pk=lost.pk).delete()
    tidy()
    assert spent("an-address", window=DAY) == 1
    assert lost_path.exists(), "a transaction may still be under way"
    with clock.shifted(timedelta(days=4)):
        tidy()
    assert spent("an-address", window=DAY) == 0
    assert not lost_path.exists()
    assert kept.path.exists()
