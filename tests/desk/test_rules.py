"""Rules on the desk: a table is written with selects and boxes, looked through while it is written, tried, and put
into force; all of it without a script."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from shenava.complaints import actions
from shenava.complaints.actions import Look
from shenava.people.models import Party
from shenava.process import deciding
from shenava.process.models import TableVersion
from tests.process.tables.writing import put_into_force, row
from tests.world import World

PAGE = "/desk/rules/priority/"
BrowserOf = Callable[[Party], Client]


def sheet(*rows: dict[str, Any], columns: tuple[str, ...] = ("channel",), **more: str) -> dict[str, Any]:
    """What a browser sends of a sheet with these rows."""
    told: dict[str, Any] = {"column": list(columns), "input": list(columns), "rows": len(rows), "instead_of": ""}
    for place, one in enumerate(rows):
        told |= {f"r{place}.{name}": value for name, value in one.items()}
    return told | more


def cell(operator: str, value: Any, priority: int | str = 2, field: str = "channel") -> dict[str, Any]:
    return {f"{field}.is": operator, f"{field}.value": value, "then.priority": priority}


def words(answer: Any) -> str:
    """The words of a page, without marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_an_administrator_writes_a_table_and_puts_it_into_force(world: World, browser_of: BrowserOf) -> None:
    dara = browser_of(world.administrator)
    assert "as delivered" in words(dara.get("/desk/rules/"))
    rows = [cell("in", ["fax", "letter"], 4), {"then.priority": 1}]
    dara.post(PAGE, sheet(*rows, do="save"))
    written = TableVersion.objects.get().content
    fax = {"if": [{"field": "channel", "is": "in", "value": ["letter", "fax"]}], "then": {"priority": 4}}
    assert written == {
        "inputs": ["channel"],
        "outputs": ["priority"],
        "rows": [fax, {"if": [], "then": {"priority": 1}}],
    }
    assert "draft" in words(dara.get("/desk/rules/"))
    assert "in force" in words(dara.post(PAGE + "publication/", follow=True))
    assert deciding.answer("priority", {"channel": "fax"}) == {"priority": 4}


def test_what_a_table_leaves_out_and_where_rows_meet_is_told_while_it_is_written(
    world: World, browser_of: BrowserOf
) -> None:
    rows = [cell("at_least", 4, 4, "severity"), cell("between", 3, 2, "severity") | {"severity.to": "۴"}]
    answer = browser_of(world.administrator).post(
        PAGE, sheet(*rows, columns=("severity",)), headers={"HX-Request": "true"}
    )
    told = words(answer)
    assert "<html" not in answer.content.decode()
    assert "Rows 1 and 2 meet and say different things; row 1 decides: Severity: grave" in told
    assert "Severity: slight, noticeable" in told
    assert not TableVersion.objects.exists()


def test_findings_are_told_in_the_language_of_the_reader(world: World, browser_of: BrowserOf) -> None:
    dara = browser_of(world.administrator)
    dara.cookies["language"] = "fa"
    world.administrator.user.prefer(language="fa")
    told = words(dara.post(PAGE, sheet(cell("at_least", 3, 4, "severity"), columns=("severity",))))
    assert "شدت" in told
    assert "What it leaves out" not in told


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (cell("in", []), "Received by: say what it is compared with."),
        (cell("in", ["pigeon"]), "Received by: say what it is compared with."),
        (cell("in", ["fax"], ""), "Priority: say what the answer is."),
        (cell("in", ["fax"], 9), "Priority: say what the answer is."),
    ],
)
def test_a_row_that_is_not_complete_says_so_and_can_be_kept(
    world: World, browser_of: BrowserOf, given: dict[str, Any], told: str
) -> None:
    dara = browser_of(world.administrator)
    assert told in words(dara.post(PAGE, sheet(given)))
    dara.post(PAGE, sheet(given, do="save"))
    assert told in words(dara.get(PAGE))
    assert "cannot be put into force yet" in words(dara.post(PAGE + "publication/", follow=True))
    assert "Mend what is marked" in words(dara.get(PAGE + "trial/"))
    assert TableVersion.objects.get().state == "draft"


def test_rows_are_added_moved_and_taken_away_before_anything_is_saved(world: World, browser_of: BrowserOf) -> None:
    dara, rows = browser_of(world.administrator), [cell("in", ["fax"], 1), cell("in", ["sms"], 2), cell("any", [], 3)]
    shown = {}
    for do in ("add", "up-2", "down-0", "remove-1", "insert-1", "up-0", "remove-7", "dance-1"):
        found = dara.post(PAGE, sheet(*rows, do=do)).context["lines"]
        shown[do] = [next((one.value for one in line.answers[0].options if one.is_chosen), "") for line in found]
    assert shown == {
        "add": ["1", "2", "3", ""], "up-2": ["1", "3", "2"], "down-0": ["2", "1", "3"], "remove-1": ["1", "3"],
        "insert-1": ["1", "", "2", "3"], "up-0": ["1", "2", "3"], "remove-7": ["1", "2", "3"],
        "dance-1": ["1", "2", "3"],
    }  # fmt: skip
    assert not TableVersion.objects.exists()


def test_columns_are_chosen_and_what_stood_in_a_column_goes_with_it(world: World, browser_of: BrowserOf) -> None:
    dara = browser_of(world.administrator)
    given = sheet(cell("in", ["fax"]), columns=("channel",))
    assert [one.key for one in dara.post(PAGE, given | {"column": ["is_safety", "channel"]}).context["inputs"]] == [
        "channel", "is_safety",
    ]  # fmt: skip
    dara.post(PAGE, given | {"column": ["is_safety", "weather"], "r0.is_safety.is": "yes", "do": "save"})
    assert TableVersion.objects.get().content["rows"][0]["if"] == [{"field": "is_safety", "is": "is", "value": True}]


def test_a_draft_is_tried_on_the_latest_complaints_and_links_only_to_what_the_reader_sees(
    world: World, browser_of: BrowserOf
) -> None:
    faxed, mailed = world.complaint(channel="fax"), world.complaint(channel="email")
    for complaint in (faxed, mailed):
        actions.assess(complaint, look=Look(1, 1), by=world.sara)
    dara = browser_of(world.administrator)
    dara.post(PAGE, sheet(cell("in", ["fax"], 4), {"then.priority": 1}, do="save"))
    told = words(dara.get(PAGE + "trial/"))
    assert "Of the latest 2 complaints, 1 would have got another answer." in told
    assert "low top 1" in told
    assert "within your reach" in told
    world.administrator.grants.create(role="complaints_manager", granted_at=faxed.entered_at)
    shown = browser_of(Party.objects.get(pk=world.administrator.pk)).get(PAGE + "trial/").content.decode()
    assert f"/desk/complaints/{faxed.reference}/" in shown
    assert f"/desk/complaints/{mailed.reference}/" not in shown


def test_an_earlier_version_and_the_delivered_one_are_put_back_as_drafts(world: World, browser_of: BrowserOf) -> None:
    dara = browser_of(world.administrator)
    put_into_force("priority", row({"priority": 1}), by=world.administrator)
    put_into_force("priority", row({"priority": 2}), by=world.administrator)
    dara.post(PAGE + "versions/1/")
    assert TableVersion.objects.get(state="draft").content["rows"] == [row({"priority": 1})]
    dara.post(PAGE + "versions/0/")
    assert len(TableVersion.objects.get(state="draft").content["rows"]) == 13
    assert "given up" in words(dara.post(PAGE + "abandonment/", follow=True))
    assert deciding.answer("priority", {}) == {"priority": 2}


def test_who_wrote_second_is_told_and_nothing_is_written_over(world: World, browser_of: BrowserOf) -> None:
    dara = browser_of(world.administrator)
    dara.post(PAGE, sheet({"then.priority": 1}, do="save"))
    answer = dara.post(PAGE, sheet({"then.priority": 2}, do="save"), follow=True)
    assert "Somebody else changed this table meanwhile." in words(answer)
    assert TableVersion.objects.get().content["rows"] == [row({"priority": 1})]


def test_what_is_no_question_has_no_table(world: World, browser_of: BrowserOf) -> None:
    dara = browser_of(world.administrator)
    pages = [dara.get("/desk/rules/weather/"), dara.post("/desk/rules/weather/versions/0/")]
    assert {answer.status_code for answer in [*pages, dara.post(PAGE + "versions/9/")]} == {404}
    assert dara.post(PAGE + "publication/").status_code == 404
