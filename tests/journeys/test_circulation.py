"""Circulation: asked, given back, recalled, answered late; and the time of it all adds up to the last microsecond."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from playwright.sync_api import Locator, Page

from tests.journeys.conftest import Visitor
from tests.journeys.product import Product
from tests.journeys.steps import arranged, open_complaint, proven, send, step_of
from tests.world import PASSWORD

pytestmark = pytest.mark.journey
SitDown = Callable[..., Visitor]
LANGUAGES = pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("fa", "dark")])


def lengths(place: Locator) -> list[Decimal]:
    """The times that a part of the page tells, in seconds."""
    return [Decimal(value) for value in place.locator("data").evaluate_all("all => all.map(one => one.value)")]


def bars(page: Page) -> list[tuple[int, int]]:
    """Beginning and width of every bar of the picture, in thousandths."""
    shown = page.locator("svg.way rect")
    return shown.evaluate_all("all => all.map(one => [+one.getAttribute('x'), +one.getAttribute('width')])")


@LANGUAGES
def test_one_is_given_back_one_recalled_one_answered_late_and_the_time_adds_up(
    product: Product, visitor: SitDown, language: str, theme: str
) -> None:
    number, _code = arranged(product, "asked_around('The drum shakes')")
    expert = visitor(product, language, theme)
    expert.log_in("ali@arman.example", PASSWORD)
    expert.page.click(f".row:has-text('{number}')")
    given_back = step_of(expert.page, "See what shakes.", "return")
    given_back.locator("textarea").fill("I am not trained for this model.")
    expert.look()
    send(given_back)

    sara = visitor(product, language, theme)
    sara.log_in("sara@arman.example", PASSWORD)
    page = open_complaint(sara, number)
    page.click("header a[href$='#referrals-to']")
    form = page.locator("form#form-referrals")
    form.locator("[name=to]").select_option(label="Negar Mousavi")
    form.locator("[name=directive]").fill("Ask for the bill.")
    sara.look()
    send(form)
    recalled = step_of(page, "Ask for the bill.", "recall")
    recalled.locator("textarea").fill("The bill is here.")
    send(recalled)

    reza = visitor(product, language, theme)
    reza.log_in("reza@arman.example", PASSWORD)
    reza.page.goto("/desk/cartable/overdue/")
    reza.look()
    reza.page.click(f".row:has-text('{number}')")
    reza.page.click(".asked form[action$='/acceptance/'] button")
    reza.page.wait_for_selector(".notice[data-kind=done]")
    late = step_of(reza.page, "Find the order.", "opinions")
    late.locator("textarea").fill("It was ordered in spring.")
    reza.look()
    send(late)

    sara.page.goto(f"/desk/complaints/{number}/circulation/")
    sara.look()
    shares, [whole] = lengths(page.locator("dl.way-of")), lengths(page.locator("section.card > p"))
    assert sum(shares) == whole > 10 * 86_400
    drawn = bars(page)
    assert [start for start, _width in drawn] == [0, *(start + width for start, width in drawn[:-1])]
    assert sum(width for _start, width in drawn) == 1000
    turns = [lengths(row) for row in page.locator("tbody tr").all()]
    assert [unseen + undecided + working for unseen, undecided, working, _whole, _worked in turns] == [
        in_all for *_parts, in_all, _worked in turns
    ]
    assert len(turns) == 5
    proven(product)
