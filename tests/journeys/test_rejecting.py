"""An answer that does not satisfy: it stays open until another one does, and even then it can be opened again."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.conftest import Visitor
from tests.journeys.product import Product
from tests.journeys.steps import answer, arranged, come_in, open_complaint, proven, say_why
from tests.world import PASSWORD

pytestmark = pytest.mark.journey


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("fa", "dark")])
def test_a_rejected_answer_is_followed_by_another_and_an_accepted_one_is_not_the_last_word(
    product: Product, visitor: Callable[..., Visitor], language: str, theme: str
) -> None:
    number, code = arranged(product, "answered('The filter is clogged')")
    mahsa, sara = visitor(product, language, theme), visitor(product, language, theme)
    page = come_in(mahsa, code)
    mahsa.look()
    say_why(page, "rejection", "The filter was clean.")
    assert page.locator(".status[data-stage=closed]").count() == 0
    mahsa.look()

    sara.log_in("sara@arman.example", PASSWORD)
    sara.page.click(f".row:has-text('{number}')")
    sara.page.wait_for_selector(".case")
    assert "The filter was clean." in sara.page.inner_text("main")
    sara.look()
    answer(sara, "The pump is exchanged.")

    page.reload()
    page.click("form[action$='/acceptance/'] button")
    page.wait_for_selector(".status[data-stage=closed]")
    mahsa.look()
    say_why(page, "reopening", "It is clogged again.")
    assert page.locator(".status[data-stage=closed]").count() == 0
    mahsa.look()

    sara.page.goto("/desk/cartable/received/")
    assert number in sara.page.inner_text("main")
    open_complaint(sara, number)
    assert "It is clogged again." in sara.page.inner_text("main")
    sara.look()
    proven(product)
