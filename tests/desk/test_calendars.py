"""Calendars and promises as an administrator arranges them in the desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from shenava.deadlines.models import Calendar, PromiseRule
from shenava.people.models import Party, User
from tests.world import World

BrowserOf = Callable[[Party], Client]
WEEK = {f"day{number}": "" for number in range(7)}


@pytest.fixture
def dara(world: World, browser_of: BrowserOf) -> Client:
    return browser_of(world.administrator)


@pytest.fixture
def page(world: World) -> str:
    return f"/desk/calendars/{world.organisation.calendar_id}/"


def test_a_week_is_typed_as_people_type_it(world: World, dara: Client, page: str) -> None:
    dara.post(f"{page}hours/", WEEK | {"day5": "۸ تا ۱۲ و ۱۳ تا ۱۷", "day6": "8:00-16:00"})
    assert Calendar.objects.get().working_calendar().hours == {5: ((480, 720), (780, 1020)), 6: ((480, 960),)}
    User.objects.filter(party=world.administrator).update(language="fa")
    shown = dara.get(page).content.decode()
    assert 'value="۰۸:۰۰-۱۲:۰۰, ۱۳:۰۰-۱۷:۰۰"' in shown
    assert shown.index("شنبه") < shown.index("جمعه")


@pytest.mark.parametrize("text", ["8 to noon", "17:00-08:00", "8-12, 11-13"])
def test_hours_that_are_none_are_refused_at_their_day_and_kept_as_typed(dara: Client, page: str, text: str) -> None:
    hours = Calendar.objects.get().working_calendar().hours
    answer = dara.post(f"{page}hours/", WEEK | {"day0": text, "day1": "9-17"})
    shown = answer.content.decode()
    assert (answer.status_code, shown.count("data-faulty"), f'value="{text}"' in shown) == (422, 1, True)
    assert Calendar.objects.get().working_calendar().hours == hours


def test_an_empty_week_is_refused_with_the_reason(dara: Client, page: str) -> None:
    answer = dara.post(f"{page}hours/", WEEK)
    assert (answer.status_code, "one day of the week" in answer.content.decode()) == (422, True)
    assert Calendar.objects.get().intervals.exists()


def test_a_day_is_set_and_removed_in_the_readers_calendar(world: World, dara: Client, page: str) -> None:
    User.objects.filter(party=world.administrator).update(language="fa")
    dara.post(f"{page}days/", {"date": "۱۴۰۶/۰۱/۱۵", "name": "انبارگردانی", "hours": "۸ تا ۱۲"})
    day = Calendar.objects.get().days.get(name="انبارگردانی")
    assert (day.date.isoformat(), day.intervals) == ("2027-04-04", [[480, 720]])
    assert "۱۵ فروردین ۱۴۰۶" in dara.get(page).content.decode()
    dara.post(f"{page}days/2027-04-04/removal/")
    assert not Calendar.objects.get().days.filter(name="انبارگردانی").exists()


@pytest.mark.parametrize("fault", [{"date": "1405/13/01"}, {"date": ""}, {"hours": "all day"}, {"name": ""}])
def test_a_day_that_is_none_is_refused_at_the_field(dara: Client, page: str, fault: dict[str, str]) -> None:
    before = Calendar.objects.get().days.count()
    answer = dara.post(f"{page}days/", {"date": "1406/01/15", "name": "Inventory", "hours": ""} | fault)
    assert (answer.status_code, answer.content.decode().count("data-faulty")) == (422, 1)
    assert Calendar.objects.get().days.count() == before


def test_what_is_no_day_is_not_found(dara: Client, page: str) -> None:
    assert dara.post(f"{page}days/yesterday/removal/").status_code == 404


def test_holidays_of_a_year_of_the_readers_calendar_are_copied(world: World, dara: Client, page: str) -> None:
    Calendar.objects.get().days.all().delete()
    dara.post(f"{page}holidays/", {"country": "IR", "year": "۱۴۰۷"})
    days = Calendar.objects.get().days.order_by("date")
    assert days.count() > 15
    assert (days[0].date.isoformat(), days.last().date.isoformat() <= "2029-03-19") == ("2028-03-20", True)  # type: ignore[union-attr]
    for year in ("", "abc", "1", "99999", "1200"):
        assert dara.post(f"{page}holidays/", {"country": "IR", "year": year}).status_code == 422


def test_a_calendar_is_added_for_a_unit(dara: Client) -> None:
    told = {"name": "Haifa", "country": "IL", "time_zone": "Asia/Jerusalem"}
    answer = dara.post("/desk/calendars/new/", told)
    added = Calendar.objects.get(name="Haifa")
    assert answer.url == f"/desk/calendars/{added.pk}/"
    assert "Haifa" in dara.get("/desk/units/new/").content.decode()
    again = dara.post("/desk/calendars/new/", told)
    assert (again.status_code, "of this name already" in again.content.decode()) == (422, True)


def test_a_promise_is_added_changed_and_withdrawn(dara: Client) -> None:
    told = {"kind": "answer", "record_type": "suggestion", "severity": "2", "amount": "3", "measure": "working_days"}
    assert dara.post("/desk/promises/new/", told).status_code == 302
    rule = PromiseRule.objects.get(record_type="suggestion", is_active=True)
    assert (rule.severity, rule.amount) == (2, 3)
    assert "suggestion · severity noticeable" in dara.get("/desk/calendars/").content.decode()
    assert dara.post("/desk/promises/new/", told).status_code == 422
    dara.post(f"/desk/promises/{rule.pk}/", {"amount": "4", "measure": "working_hours"})
    changed = PromiseRule.objects.get(record_type="suggestion", is_active=True)
    assert (changed.amount, changed.measure) == (4, "working_hours")
    assert dara.get(f"/desk/promises/{rule.pk}/").status_code == 404
    dara.post(f"/desk/promises/{changed.pk}/withdrawal/")
    assert not PromiseRule.objects.filter(record_type="suggestion", is_active=True).exists()


@pytest.mark.parametrize("amount", ["0", "-1", "366", "", "many"])
def test_a_promise_without_a_sound_length_is_refused(dara: Client, amount: str) -> None:
    rule = PromiseRule.objects.get(kind="acknowledge", is_active=True)
    answer = dara.post(f"/desk/promises/{rule.pk}/", {"amount": amount, "measure": "working_days"})
    assert answer.status_code == 422
    assert PromiseRule.objects.get(pk=rule.pk).is_active


def test_what_is_promised_for_all_is_told_to_stay(dara: Client) -> None:
    rule = PromiseRule.objects.get(kind="acknowledge", is_active=True)
    assert "withdrawal/" not in dara.get(f"/desk/promises/{rule.pk}/").content.decode()
    answer = dara.post(f"/desk/promises/{rule.pk}/withdrawal/", follow=True)
    assert "changed, not withdrawn" in answer.content.decode()
    assert PromiseRule.objects.get(pk=rule.pk).is_active
