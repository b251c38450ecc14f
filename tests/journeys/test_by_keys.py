"""By keys alone: a list is walked, a complaint opened, referred, answered, and the next one taken."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visitor
from tests.journeys.product import Product
from tests.world import PASSWORD

pytestmark = pytest.mark.journey
TWO = """
from tests.world import *
from shenava.people.models import Party
officer = Party.objects.get(user__email="reza@arman.example")
for number in (1, 2):
    told = actions.Intake(description="Wrong invoice", channel="portal", unit=officer.grants.get().unit)
    actions.take(actions.register(intake=told, by=system_party()), by=officer)
"""


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("fa", "dark")])
def test_a_list_and_a_complaint_are_worked_by_keys(
    product: Product, visitor: Callable[..., Visitor], language: str, theme: str
) -> None:
    product.python(TWO)
    officer = visitor(product, language, theme)
    officer.log_in("reza@arman.example", PASSWORD)
    page, keys = officer.page, officer.page.keyboard

    keys.press("?")
    page.wait_for_selector("dialog[open]")
    officer.look()
    keys.press("Escape")

    keys.press("j")
    keys.press("ArrowDown")
    keys.press("k")
    first = page.evaluate("document.activeElement.getAttribute('href')")
    assert first == page.locator("a.row").first.get_attribute("href")
    keys.press("x")
    assert page.locator(".tick input").first.is_checked()

    keys.press("j")
    keys.press("k")
    keys.press("Enter")
    page.wait_for_url(f"**{first}")
    keys.press("r")
    expect(page.locator("#referrals-to")).to_be_focused()
    page.locator("h1").click()
    keys.press("a")
    expect(page.locator("#write-responses")).to_be_focused()
    page.fill("#write-responses", "")  # what another has begun to write was kept
    keys.type("jn?rka")
    assert page.input_value("#write-responses") == "jn?rka"
    assert page.locator("dialog[open]").count() == 0

    page.locator("h1").click()
    keys.press("n")
    page.wait_for_url(lambda address: first not in address)
    assert "/desk/complaints/" in page.url
