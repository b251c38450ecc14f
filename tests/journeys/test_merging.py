"""Two complain of the same: both are answered, and when one says that it is another matter, he is answered again."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.conftest import Visitor
from tests.journeys.product import Product
from tests.journeys.steps import answer, arranged, come_in, form_of, open_complaint, proven, say_why, send
from tests.world import PASSWORD

pytestmark = pytest.mark.journey


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("fa", "dark")])
def test_merged_complaints_are_answered_together_and_apart_again(
    product: Product, visitor: Callable[..., Visitor], language: str, theme: str
) -> None:
    number, code, other, other_code = arranged(product, "taken('It shakes'), taken('It rattles', who='Omid Rad')")
    sara = visitor(product, language, theme)
    sara.log_in("sara@arman.example", PASSWORD)
    page = open_complaint(sara, other)
    form = form_of(page, "duplication")
    form.locator("[name=reference]").fill(number)
    sara.look()
    send(form)
    assert page.locator(".crumb .status[data-stage=duplicate]").count() == 1
    sara.look()

    page.click(f"aside a[href*='{number}']")
    page.wait_for_url(f"**/{number}/")
    assert page.locator(f"aside a[href*='{other}']").count() == 1
    answer(sara, "We exchange the feet of both.")
    sara.look()
    mahsa, omid = visitor(product, language, theme), visitor(product, language, theme)
    assert "We exchange the feet" in come_in(mahsa, code).inner_text("main")
    assert "We exchange the feet" in come_in(omid, other_code).inner_text("main")
    omid.look()

    say_why(omid.page, "reopening", "Mine has no feet.")
    omid.look()
    page.reload()
    assert page.locator(f"aside a[href*='{other}']").count() == 0
    sara.look()
    open_complaint(sara, other)
    answer(sara, "A technician looks at it on Monday.")
    omid.page.reload()
    assert "A technician looks at it" in omid.page.inner_text("main")
    mahsa.page.reload()
    assert "A technician looks at it" not in mahsa.page.inner_text("main")
    mahsa.look()
    proven(product)
