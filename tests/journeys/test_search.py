"""Search: from any page by the keyboard, and what was written a moment ago is found."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visitor
from tests.journeys.product import Product
from tests.journeys.test_by_portal import complain
from tests.world import PASSWORD

pytestmark = pytest.mark.journey
SitDown = Callable[..., Visitor]


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("fa", "dark")])
def test_a_note_is_found_at_once_by_whoever_presses_control_k(
    product: Product, visitor: SitDown, language: str, theme: str
) -> None:
    word = f"zebrafish{language}"
    number, *_rest = complain(visitor(product, language), "The machine shakes when it spins.")
    officer = visitor(product, language, theme)
    page = officer.page
    officer.log_in("sara@arman.example", PASSWORD)
    page.goto(f"/desk/complaints/{number}/")
    page.click("[data-writes=note] summary")
    page.fill("#write-notes", f"It looks like a {word} to me.")
    page.click("[data-writes=note] button[data-kind=primary]")
    page.wait_for_selector(".msg[data-kind=note]")
    page.keyboard.press("Control+k")
    expect(page.locator("[name=q]:focus")).to_be_visible()
    page.keyboard.type(word[:6].upper())
    page.wait_for_timeout(2000)
    page.keyboard.press("Enter")
    page.wait_for_selector(f"mark:has-text('{word}')")
    officer.look()
    page.click(f".row:has-text('{number}')")
    page.wait_for_url("**/complaints/**")


def test_the_search_works_without_javascript(product: Product, visitor: SitDown) -> None:
    officer = visitor(product, "en")
    officer.log_in("sara@arman.example", PASSWORD)
    plain = officer.context.browser.new_context(
        java_script_enabled=False, storage_state=officer.context.storage_state(), base_url=product.url
    )
    page = plain.new_page()
    page.goto("/desk/account/")
    page.fill("#search-box", "zebu")
    page.press("#search-box", "Enter")
    assert "Nothing within your reach says “zebu”." in page.inner_text("main")
    plain.close()
