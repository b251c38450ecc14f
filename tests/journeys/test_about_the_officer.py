"""A complaint about the very officer who holds it: from the moment she is named, nothing reaches her any more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.complaints.spreadsheets import csv_lines
from tests.journeys.arranged import EVERYTHING
from tests.journeys.conftest import Visitor
from tests.journeys.product import Product
from tests.journeys.steps import arranged, form_of, open_complaint, proven, send
from tests.world import PASSWORD

pytestmark = pytest.mark.journey
ALARM = """
look = actions.Look(5, 4, is_safety=True)
actions.assess(Complaint.objects.get(reference="{}"), look=look, by=party("Negar Mousavi"))
"""
ALARMED = """
from shenava.messages.models import Outgoing
alarms = Outgoing.objects.filter(purpose="staff_notice", subject__contains="{}")
print(*sorted(alarms.values_list("to_email", flat=True)))
"""
FOLDERS = ("received", "sent", "drafts", "follow-up", "copies", "overdue", "archive")


def exported(page: Page, place: Path) -> list[list[str]]:
    """The whole list as the worker writes it."""
    page.goto("/desk/complaints/")
    page.locator(".tools > details").last.locator("summary").click()
    page.click("button[name=form][value=csv]")
    ready = page.locator(".exports li").first.locator("a[download]")
    ready.wait_for(timeout=30_000)
    with page.expect_download() as coming:
        ready.click()
    coming.value.save_as(place)
    return csv_lines(place.read_bytes())


def received(page: Page) -> int:
    """How much has she received, by the number beside the folder?"""
    page.goto("/desk/cartable/received/")
    shown = page.locator("nav.side a[href$='/received/'] .num").text_content() or ""
    return int(shown)


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("fa", "dark")])
def test_whoever_is_named_is_told_nothing_by_any_way(
    product: Product, visitor: Callable[..., Visitor], language: str, theme: str, tmp_path: Path
) -> None:
    kept, _code, number, _other = arranged(product, f"taken('Kept {language}'), taken('Zornig {language}')")
    sara, manager = visitor(product, language, theme), visitor(product, language, theme)
    sara.log_in("sara@arman.example", PASSWORD)
    assert {kept, number} <= {line[0] for line in exported(sara.page, tmp_path / "before.csv")}
    before = received(sara.page)
    open_complaint(sara, number)
    sara.look()

    manager.log_in("arash@arman.example", PASSWORD)
    open_complaint(manager, number)
    form = form_of(manager.page, "named-staff")
    form.locator("[name=staff]").select_option(label="Sara Rostami")
    manager.look()
    with sara.page.expect_response(lambda answer: "/live" in answer.url and answer.status == 403, timeout=15_000):
        send(form)
    product.python(EVERYTHING + ALARM.format(number))

    assert sara.page.goto(f"/desk/complaints/{number}/").status == 404
    sara.look()
    assert received(sara.page) == before - 1
    for folder in FOLDERS:
        sara.page.goto(f"/desk/cartable/{folder}/")
        assert number not in sara.page.content()
    sara.page.goto(f"/desk/search/?q=Zornig {language}")
    assert number not in sara.page.content()
    sara.look()
    exports = {line[0] for line in exported(sara.page, tmp_path / "after.csv")}
    assert (kept in exports, number in exports) == (True, False)
    sara.page.goto("/desk/exports/")
    old = sara.page.locator(".exports a[download]").last.get_attribute("href")
    assert sara.page.request.get(old).status == 403
    assert product.python(ALARMED.format(number)).split() == ["arash@arman.example"]

    manager.page.goto(f"/desk/search/?q=Zornig {language}")
    assert number in manager.page.content()
    manager.look()
    proven(product)
