"""An answer looked at anew: by a manager on request of the complainant, or taken back by whoever gave it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visitor
from tests.journeys.product import Product
from tests.journeys.steps import answer, arranged, come_in, form_of, open_complaint, proven, say_why, send
from tests.world import PASSWORD

pytestmark = pytest.mark.journey
LANGUAGES = pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("fa", "dark")])
SitDown = Callable[..., Visitor]


@LANGUAGES
def test_a_review_by_somebody_who_had_no_part_changes_the_answer(
    product: Product, visitor: SitDown, language: str, theme: str
) -> None:
    number, code = arranged(product, f"answered('Clogged {language}')")
    mahsa, sara, manager = (visitor(product, language, theme) for _ in range(3))
    page = come_in(mahsa, code)
    say_why(page, "rejection", "The filter was clean.")
    sara.log_in("sara@arman.example", PASSWORD)
    open_complaint(sara, number)
    answer(sara, "It stays with the filter.")
    page.reload()
    say_why(page, "review", "Nobody looked at the pump.")
    mahsa.look()

    open_complaint(sara, number)
    expect(sara.page.locator("form[action$='/outcome/']")).to_have_count(0)
    sara.look()
    manager.log_in("arash@arman.example", PASSWORD)
    open_complaint(manager, number)
    expect(manager.page.locator("main")).to_contain_text("Nobody looked at the pump.")
    manager.page.click("details:has(> #form-outcome) > summary")
    form = manager.page.locator("form[action$='/outcome/']")
    form.locator("[name=result][value=changed]").check()
    form.locator("textarea").fill("You are right: the pump is exchanged.")
    manager.look()
    send(form)

    page.reload()
    expect(page.locator("main")).to_contain_text("You are right: the pump is exchanged.")
    expect(page.locator("form[action$='/review/']")).to_have_count(0)
    mahsa.look()
    page.click("form[action$='/acceptance/'] button")
    page.wait_for_selector(".status[data-stage=closed]")
    proven(product)


@LANGUAGES
def test_an_answer_is_taken_back_with_the_reason_and_another_one_counts(
    product: Product, visitor: SitDown, language: str, theme: str
) -> None:
    number, code = arranged(product, f"answered('Leaks {language}')")
    mahsa, sara = visitor(product, language, theme), visitor(product, language, theme)
    sara.log_in("sara@arman.example", PASSWORD)
    page = open_complaint(sara, number)
    form = form_of(page, "recalls")
    form.locator("textarea").fill("It was meant for somebody else.")
    sara.look()
    send(form)

    shown = come_in(mahsa, code)
    expect(shown.locator(".msg[data-kind=out] .status")).to_have_count(1)
    expect(shown.locator("main")).to_contain_text("It was meant for somebody else.")
    expect(shown.locator("form[action$='/acceptance/']")).to_have_count(0)
    mahsa.look()

    answer(sara, "The seal is renewed.")
    sara.look()
    shown.reload()
    expect(shown.locator("main")).to_contain_text("The seal is renewed.")
    shown.click("form[action$='/acceptance/'] button")
    shown.wait_for_selector(".status[data-stage=closed]")
    mahsa.look()
    proven(product)
