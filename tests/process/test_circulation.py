"""Circulation: every instant of a complaint's life is somebody's, exactly once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shenava.process.circulation import Lying, Rank, shares, stretches

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOME = 1


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


@st.composite
def lyings(draw: st.DrawFn) -> Lying:
    since = draw(st.integers(-5, 60))
    length = draw(st.one_of(st.none(), st.integers(0, 30)))
    until = None if length is None else at(since + length)
    return Lying(draw(st.sampled_from(list(Rank))), draw(st.integers(1, 4)), at(since), until)


@given(st.lists(lyings(), max_size=12), st.integers(1, 50))
def test_the_pieces_follow_each_other_and_add_up_to_the_whole(given_: list[Lying], hours: int) -> None:
    pieces = stretches(given_, START, at(hours), else_with=HOME)
    assert pieces[0].since == START
    assert pieces[-1].until == at(hours)
    assert [piece.until for piece in pieces[:-1]] == [piece.since for piece in pieces[1:]]
    assert sum(shares(pieces).values(), timedelta()) == timedelta(hours=hours)


@given(st.lists(lyings(), max_size=12), st.integers(1, 50), st.integers(0, 49))
def test_an_instant_belongs_to_the_lowest_rank_that_has_it(given_: list[Lying], hours: int, hour: int) -> None:
    moment = START + timedelta(hours=hour % hours, minutes=30)
    (piece,) = [one for one in stretches(given_, START, at(hours), else_with=HOME) if one.since <= moment < one.until]
    having = [one.rank for one in given_ if one.since <= moment and (one.until is None or one.until > moment)]
    assert piece.rank == min(having, default=Rank.UNIT)


def test_the_latest_referral_has_the_time_of_two() -> None:
    first, second = Lying(Rank.REFERRAL, 2, at(1), at(9)), Lying(Rank.REFERRAL, 3, at(4), at(6))
    pieces = stretches([Lying(Rank.OWNER, 5, at(0), None), first, second], START, at(10), else_with=HOME)
    assert [(piece.holder, piece.length / timedelta(hours=1)) for piece in pieces] == [
        (5, 1), (2, 3), (3, 2), (2, 3), (5, 1),
    ]  # fmt: skip


def test_where_nobody_has_it_the_unit_does() -> None:
    (piece,) = stretches([], START, at(3), else_with=HOME)
    assert (piece.rank, piece.holder) == (Rank.UNIT, HOME)


def test_a_life_that_has_not_begun_has_no_pieces() -> None:
    assert stretches([], START, START, else_with=HOME) == []
