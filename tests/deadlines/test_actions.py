"""Calendars and promises are arranged by administrators; promises already made never move."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from shenava.deadlines import actions, clocks, defaults
from shenava.deadlines.clocks import About
from shenava.deadlines.holidays import public_holidays
from shenava.deadlines.models import Calendar, CalendarDay, Clock, PromiseRule, Rung
from shenava.journal.actions import Refused
from tests.deadlines.samples import NINE_TO_FIVE, OFFICE, SPLIT, TEHRAN
from tests.people.facts import count_facts, last_fact
from tests.world import World

DAYS, WORKING = PromiseRule.Measure.CALENDAR_DAYS, PromiseRule.Measure.WORKING_DAYS
HOURS = PromiseRule.Measure.WORKING_HOURS
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def calendar(world: World) -> Calendar:
    return world.organisation.calendar


def rule(kind: str = "answer", **about: object) -> PromiseRule:
    return PromiseRule.objects.get(kind=kind, is_active=True, **({"record_type": "", "severity": None} | about))


def test_a_week_is_set_with_several_intervals_a_day_and_any_weekend(world: World, calendar: Calendar) -> None:
    actions.set_hours(calendar, week={6: SPLIT, 0: NINE_TO_FIVE, 1: ()}, by=world.administrator)
    assert calendar.working_calendar().hours == {6: SPLIT, 0: NINE_TO_FIVE}
    assert last_fact("settings") == ("deadlines.hours_set", {"calendar": calendar.pk}, world.administrator.pk)


@pytest.mark.parametrize("week", [{}, {0: (), 1: ()}, {0: ((480, 720), (700, 900))}, {0: ((480, 480),)}])
def test_a_week_without_work_or_with_overlapping_hours_is_refused(
    world: World, calendar: Calendar, week: dict[int, tuple[tuple[int, int], ...]]
) -> None:
    hours, before = calendar.working_calendar().hours, count_facts()
    with pytest.raises(ValidationError):
        actions.set_hours(calendar, week=week, by=world.administrator)
    assert calendar.working_calendar().hours == hours
    assert count_facts() == before


def test_a_day_becomes_a_holiday_or_gets_hours_and_becomes_like_others_again(world: World, calendar: Calendar) -> None:
    day = date(2026, 11, 24)
    actions.set_day(calendar, day=day, name="Stocktaking", intervals=(), by=world.administrator)
    assert calendar.working_calendar().intervals(day) == ()
    actions.set_day(calendar, day=day, name="Stocktaking", intervals=SPLIT, by=world.administrator)
    assert calendar.working_calendar().intervals(day) == SPLIT
    assert last_fact("settings")[:2] == ("deadlines.day_set", {"calendar": calendar.pk, "date": "2026-11-24"})
    actions.remove_day(calendar, day=day, by=world.administrator)
    assert calendar.working_calendar().intervals(day) == ((480, 960),)
    assert last_fact("settings")[0] == "deadlines.day_removed"


def test_holidays_are_copied_into_rows_and_own_days_stay(world: World, calendar: Calendar) -> None:
    nowruz, first, last = date(2029, 3, 20), date(2029, 3, 20), date(2030, 3, 20)
    actions.set_day(calendar, day=nowruz, name="Half a day", intervals=((480, 720),), by=world.administrator)
    count = actions.copy_holidays(calendar, country="IR", first=first, last=last, by=world.administrator)
    kind, data, _by = last_fact("settings")
    assert (kind, data["count"], data["first"], data["last"]) == (
        "deadlines.holidays_copied", count, "2029-03-20", "2030-03-20",
    )  # fmt: skip
    assert calendar.days.get(date=nowruz).intervals == [[480, 720]]
    assert calendar.days.get(date=date(2029, 4, 1)).source == CalendarDay.Source.PUBLIC
    assert not calendar.days.filter(date__gt=last).exists()
    again = actions.copy_holidays(calendar, country="IR", first=first, last=last, by=world.administrator)
    assert (count > 15, again) == (True, 0)


@pytest.mark.parametrize(("country", "day", "name"), [("IR", "2026-03-21", "نوروز"), ("IL", "2026-09-21", "כיפור")])
def test_holidays_bear_the_names_of_their_country(country: str, day: str, name: str) -> None:
    year = date.fromisoformat(day).year
    assert name in public_holidays(country, date(year, 1, 1), date(year, 12, 31))[date.fromisoformat(day)]


@pytest.mark.parametrize("country", ["IR", "IL"])
def test_holidays_are_those_of_the_collection(material: Path, country: str) -> None:
    told = (material / "dates" / "holidays_ir_il.jsonl").read_text().splitlines()
    rows = [json.loads(line) for line in told]
    known = {
        date.fromisoformat(row["date"])
        for row in rows
        if row["country"] == country and row.get("name") and "2015" <= row["date"] < "2026"
    }
    assert known == set(public_holidays(country, date(2015, 1, 1), date(2025, 12, 31)))


@pytest.mark.parametrize(("country", "free", "half"), [("IR", {4}, 3), ("IL", {5}, 4), ("", {5, 6}, None)])
def test_a_country_begins_with_its_working_week(world: World, country: str, free: set[int], half: int | None) -> None:
    calendar = actions.add_calendar(name="Branch", time_zone="", country=country, by=world.administrator)
    hours = calendar.working_calendar().hours
    assert set(range(7)) - set(hours) == free
    assert [day for day, spans in hours.items() if spans == ((480, 780),)] == [half] * (half is not None)
    assert calendar.days.exists() is (country != "")
    assert last_fact("settings")[:2] == ("deadlines.calendar_added", {"calendar": calendar.pk})
    with pytest.raises(ValidationError, match="of this name"):
        actions.add_calendar(name="Branch", time_zone="UTC", country="", by=world.administrator)


@pytest.mark.parametrize(
    ("record_type", "severity", "amount", "measure"),
    [
        ("complaint", None, 10, DAYS),
        ("complaint", 3, 10, DAYS),
        ("complaint", 4, 5, WORKING),
        ("complaint", 5, 2, WORKING),
        ("suggestion", None, 15, DAYS),
        ("suggestion", 5, 15, DAYS),
    ],
)
def test_the_most_special_promise_holds(
    world: World, record_type: str, severity: int | None, amount: int, measure: str
) -> None:
    found = clocks.rule_for("answer", About(record_type, severity))
    assert found is not None
    assert (found.amount, found.measure) == (amount, measure)


def test_severity_weighs_more_than_the_kind_of_record(world: World) -> None:
    everywhere = actions.add_promise(
        kind="answer", about=About(severity=4), terms=(3, WORKING, ""), by=world.administrator
    )
    assert clocks.rule_for("answer", About("suggestion", 4)) == everywhere
    assert clocks.rule_for("answer", About("complaint", 4)) == rule(record_type="complaint", severity=4)
    assert clocks.rule_for("answer", About("complaint", 3)) == rule(record_type="complaint")


@pytest.mark.parametrize(
    ("amount", "measure", "calendar", "due"),
    [
        (10, DAYS, TEHRAN, "2026-12-03T20:29"),
        (1, WORKING, TEHRAN, "2026-11-24T12:30"),
        (4, HOURS, TEHRAN, "2026-11-24T05:00"),
        (1, DAYS, OFFICE, "2026-11-24T23:59"),
    ],
)
def test_a_promise_falls_due_by_its_measure(amount: int, measure: str, calendar: object, due: str) -> None:
    promise = PromiseRule(amount=amount, measure=measure)
    found = clocks.due(promise, calendar, MONDAY)  # type: ignore[arg-type]
    assert found == datetime.fromisoformat(due).replace(tzinfo=UTC)


def test_a_changed_rule_moves_nobodys_date(world: World) -> None:
    complaint = world.complaint()
    before, clock = complaint.due_at, Clock.objects.get(complaint=complaint, kind="answer")
    old = rule(record_type="complaint")
    after = actions.change_promise(old, terms=(3, DAYS, "Our charter"), by=world.administrator)
    assert last_fact("settings")[:2] == ("deadlines.promise_changed", {"rule": after.pk, "before": old.pk})
    clock.refresh_from_db()
    complaint.refresh_from_db()
    assert (complaint.due_at, clock.due_at, clock.rule) == (before, before, old)
    assert (old.amount, old.legal_reference.partition(",")[0]) == (10, "Consumer Protection Law")
    later = world.complaint()
    assert later.due_at - complaint.due_at < timedelta(days=-6)
    assert Clock.objects.get(complaint=later, kind="answer").rule == after


def test_changed_hours_and_holidays_move_nobodys_date(world: World, calendar: Calendar) -> None:
    complaint = world.complaint()
    before = set(Clock.objects.values_list("kind", "due_at"))
    actions.set_hours(calendar, week={6: ((0, 10),)}, by=world.administrator)
    for ahead in range(20):
        day = complaint.registered_on + timedelta(days=ahead)
        actions.set_day(calendar, day=day, name="x", intervals=(), by=world.administrator)
    assert set(Clock.objects.values_list("kind", "due_at")) == before


def test_the_country_weighs_more_than_the_channel_and_that_more_than_the_kind_of_record(world: World) -> None:
    known = About("complaint", channel="phone", jurisdiction="IR")
    for about in (About(channel="phone"), About(jurisdiction="IR")):
        made = actions.add_promise(kind="answer", about=about, terms=(3, WORKING, ""), by=world.administrator)
        assert clocks.rule_for("answer", known) == made
    assert clocks.rule_for("answer", About("complaint", channel="email")) == rule(record_type="complaint")


def test_what_need_not_be_promised_can_be_withdrawn_for_all_records(world: World) -> None:
    made = actions.add_promise(kind="close", terms=(30, DAYS, ""), by=world.administrator)
    actions.withdraw_promise(made, by=world.administrator)
    assert clocks.rule_for("close", About("complaint")) is None


def test_a_promise_is_made_once_for_a_kind_and_severity_and_withdrawn(world: World) -> None:
    about = About("complaint")
    made = actions.add_promise(kind="acknowledge", about=about, terms=(4, HOURS, ""), by=world.administrator)
    assert last_fact("settings")[:2] == ("deadlines.promise_added", {"rule": made.pk})
    with pytest.raises(ValidationError, match="already"):
        actions.add_promise(kind="acknowledge", about=about, terms=(5, HOURS, ""), by=world.administrator)
    actions.withdraw_promise(made, by=world.administrator)
    assert last_fact("settings")[:2] == ("deadlines.promise_withdrawn", {"rule": made.pk})
    assert clocks.rule_for("acknowledge", About("complaint", None)) == rule("acknowledge")
    for verb in (actions.withdraw_promise, lambda stale, by: actions.change_promise(stale, terms=(1, DAYS, ""), by=by)):
        with pytest.raises(ValidationError, match="meanwhile"):
            verb(made, by=world.administrator)


def test_what_is_promised_for_all_records_is_not_withdrawn(world: World) -> None:
    before = count_facts()
    with pytest.raises(ValidationError, match="not withdrawn"):
        actions.withdraw_promise(rule(), by=world.administrator)
    assert rule().is_active
    assert count_facts() == before


def test_the_database_keeps_one_promise_of_a_kind_and_none_without_length(world: World) -> None:
    for fields in ({"amount": 3}, {"amount": 0, "severity": 2}):
        about = {"kind": "answer", "record_type": "", "severity": None, "measure": DAYS} | fields
        with pytest.raises(IntegrityError), transaction.atomic():
            PromiseRule.objects.create(**about)


def test_only_administrators_arrange_calendars_and_promises(world: World, calendar: Calendar) -> None:
    promise, before = rule(record_type="complaint"), count_facts()
    year = {"first": date(2030, 1, 1), "last": date(2030, 12, 31)}
    verbs = {
        "add_calendar": lambda by: actions.add_calendar(name="x", time_zone="UTC", country="", by=by),
        "set_hours": lambda by: actions.set_hours(calendar, week={0: NINE_TO_FIVE}, by=by),
        "set_day": lambda by: actions.set_day(calendar, day=year["first"], name="x", intervals=(), by=by),
        "remove_day": lambda by: actions.remove_day(calendar, day=date(2026, 3, 21), by=by),
        "copy_holidays": lambda by: actions.copy_holidays(calendar, country="IL", **year, by=by),
        "add_promise": lambda by: actions.add_promise(
            kind="answer", about=About(severity=1), terms=(1, DAYS, ""), by=by
        ),
        "import_days": lambda by: actions.import_days(calendar, days={date(2030, 1, 1): "x"}, by=by),
        "add_rung": lambda by: actions.add_rung(kind="close", percent=10, deed="tell", to="owner", by=by),
        "withdraw_rung": lambda by: actions.withdraw_rung(Rung.objects.earliest("pk"), by=by),
        "change_promise": lambda by: actions.change_promise(promise, terms=(1, DAYS, ""), by=by),
        "withdraw_promise": lambda by: actions.withdraw_promise(promise, by=by),
    }
    assert set(verbs) == set(actions.MENU)
    rows = (CalendarDay.objects.count(), PromiseRule.objects.filter(is_active=True).count(), Calendar.objects.count())
    for verb in verbs.values():
        for party in (world.sara, world.manager, world.auditor, world.system):
            with pytest.raises(Refused):
                verb(party)
    after = (CalendarDay.objects.count(), PromiseRule.objects.filter(is_active=True).count(), Calendar.objects.count())
    assert (rows, calendar.working_calendar().hours.get(5)) == (after, ((480, 960),))
    assert count_facts() == before


def test_the_law_is_named_in_the_language_of_the_set_up(db: None) -> None:
    with translation.override("fa"):
        defaults.deliver_defaults("IR")
    assert "قانون" in rule(record_type="complaint").legal_reference
    assert rule().legal_reference == ""
