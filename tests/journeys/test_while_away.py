"""While somebody is away: the deputy works her cartable, and when she is back it is hers alone again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tests.journeys.conftest import Visitor
from tests.journeys.product import Product
from tests.journeys.steps import answer, arranged, open_complaint, proven
from tests.world import PASSWORD

pytestmark = pytest.mark.journey


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("fa", "dark")])
def test_the_deputy_works_the_cartable_of_whoever_is_away(
    product: Product, visitor: Callable[..., Visitor], language: str, theme: str
) -> None:
    number, _code, other, _other = arranged(product, "taken('Before the leave'), taken('After the leave')")
    sara, reza = visitor(product, language, theme), visitor(product, language, theme)
    reza.log_in("reza@arman.example", PASSWORD)
    assert reza.page.goto(f"/desk/complaints/{number}/").status == 404

    sara.log_in("sara@arman.example", PASSWORD)
    sara.page.goto("/desk/account/")
    form = sara.page.locator("form[action$='/account/deputies/']")
    form.locator("[name=deputy]").select_option(label="Reza Ahmadi")
    form.locator("[name=first_day]").fill(date.today().isoformat())  # noqa: DTZ011 - the browser's day
    form.locator("[name=last_day]").fill((date.today() + timedelta(days=7)).isoformat())  # noqa: DTZ011
    form.locator("button").last.click()
    sara.page.wait_for_selector("form[action*='/deputies/'][action$='/end/']")
    sara.look()

    page = reza.page
    page.goto("/desk/cartable/received/")
    page.click(".listhead a[href='?scope=deputised']")
    page.wait_for_selector(f".row:has-text('{other}')")
    reza.look()
    page.click(f".row:has-text('{number}')")
    page.wait_for_selector("#write-responses")
    answer(reza, "A technician comes, says Reza.")
    reza.look()

    sara.page.click("form[action*='/deputies/'][action$='/end/'] button")
    sara.page.wait_for_selector("form[action*='/deputies/'][action$='/end/']", state="detached")
    assert page.goto(f"/desk/complaints/{other}/").status == 404
    open_complaint(sara, number)
    assert "A technician comes, says Reza." in sara.page.inner_text("main")
    assert "Reza Ahmadi" in sara.page.inner_text("main")
    sara.look()
    proven(product)
