"""A question worded once is answered for whatever takes the place of its stand-ins."""

from datetime import UTC, datetime, timedelta

import pytest

from shenava.common import worded
from shenava.common.models import Budget

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.fixture
def rows(db: None) -> dict[str, int]:
    made = [Budget.objects.create(key=key, window_start=NOW, count=count) for count, key in enumerate(("a", "b", "ب"))]
    return {row.key: row.pk for row in made}


def test_numbers_texts_and_moments_are_filled_in(rows: dict[str, int]) -> None:
    asked = Budget.objects.filter(pk=worded.number(0), key=worded.text("key"), window_start__lt=worded.LATER)
    question = worded.question(asked.values_list("pk"))
    for key, pk in rows.items():
        values = {worded.number(0): pk, worded.text("key"): key}
        assert worded.answer(question, {**values, worded.LATER: NOW + timedelta(hours=1)}) == [(pk,)]
        assert worded.answer(question, {**values, worded.LATER: NOW}) == []


def test_several_numbers_stand_in_one_question(rows: dict[str, int]) -> None:
    question = worded.question(Budget.objects.filter(pk__in=[worded.number(0), worded.number(1)]).values_list("key"))
    values = {worded.number(0): rows["a"], worded.number(1): rows["ب"]}
    assert sorted(worded.answer(question, values)) == [("a",), ("ب",)]


def test_what_stands_in_is_no_row_and_no_word(rows: dict[str, int]) -> None:
    assert not Budget.objects.filter(pk__in=[worded.number(place) for place in range(10)]).exists()
    assert not Budget.objects.filter(key=worded.text("a")).exists()
