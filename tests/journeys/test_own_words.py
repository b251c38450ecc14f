"""Words of the organisation: an administrator writes and previews them, an officer puts them into an answer."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visitor
from tests.journeys.product import Product
from tests.journeys.test_by_portal import complain
from tests.world import PASSWORD

pytestmark = pytest.mark.journey
SitDown = Callable[..., Visitor]


@pytest.mark.parametrize("language", ["en", "fa"])
def test_own_words_are_previewed_before_they_are_kept_and_end_in_an_answer(
    product: Product, visitor: SitDown, language: str
) -> None:
    administrator = visitor(product, language)
    page = administrator.page
    administrator.log_in("dara@arman.example", PASSWORD)
    page.goto(f"/desk/templates/acknowledgement/{language}/")
    administrator.look()
    page.fill("[name=body]", "{number} {promised} {link} {name}")
    page.click("button[formtarget]")
    page.frame_locator("iframe").locator("p:has-text('{name}')").wait_for()
    page.fill("[name=body]", "OURS {number} {promised} {link}")
    page.click("button[formtarget]")
    page.frame_locator("iframe").locator("div:has-text('OURS')").wait_for()
    page.click("main button[data-kind=primary]")
    page.wait_for_url("**/desk/templates/")
    administrator.look()
    page.goto(f"/desk/templates/response/{language}/")
    page.fill("[name=name]", "Apology")
    page.fill("[name=body]", "SORRY {name} {number}")
    page.check("[name=is_active]")
    page.click("main button[data-kind=primary]")
    page.wait_for_url("**/desk/templates/")
    number, *_rest = complain(visitor(product, language), "The machine shakes when it spins.")
    officer = visitor(product, language)
    page = officer.page
    officer.log_in("sara@arman.example", PASSWORD)
    page.goto(f"/desk/complaints/{number}/")
    page.click("form[action$='holding/'] button")
    page.wait_for_selector("button[formaction*='pieces/']")
    page.fill("#write-responses", "What I wrote.")
    page.click("button[formaction*='pieces/']")
    expect(page.locator("#write-responses")).to_have_value(re.compile("SORRY"))
    assert page.input_value("#write-responses").startswith("What I wrote.\n\nSORRY")
    assert number in page.input_value("#write-responses")
    officer.look()
