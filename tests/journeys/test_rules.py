"""A rule is written: gaps are told while the table is changed, it is tried, put into force, and decides."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.arranged import EVERYTHING
from tests.journeys.conftest import Visitor
from tests.journeys.product import Product
from tests.journeys.steps import arranged, proven
from tests.world import PASSWORD

pytestmark = pytest.mark.journey
TOLD = {"en": ("Nothing is decided for these", "every case is decided"), "fa": ("چیزی تعیین نشده", "تکلیف همهٔ حالت‌ها")}
JUDGED = """
complaint = Complaint.objects.get(reference="{}")
actions.assess(complaint, look=actions.Look(1, 1), by=complaint.owner)
print(complaint.priority)
"""


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("fa", "dark")])
def test_a_table_is_looked_through_while_it_is_written_and_decides_when_it_is_in_force(
    product: Product, visitor: Callable[..., Visitor], language: str, theme: str
) -> None:
    number, _code = arranged(product, "taken('It howls')")
    dara = visitor(product, language, theme)
    dara.log_in("dara@arman.example", PASSWORD)
    page = dara.page
    page.goto("/desk/rules/")
    dara.look()
    page.click("a[href$='/rules/priority/']")
    page.click("form[action$='/versions/0/'] button")
    page.wait_for_selector(".notice[data-kind=done]")
    dara.look()
    page.locator("[name='r0.then.priority']").select_option("3")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator("[name='r1.importance.is']").select_option("is")
    page.wait_for_selector(f"text={TOLD[language][0]}")
    assert page.locator("[name='r1.importance.is']").input_value() == "is"
    dara.look()
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator("[name='r1.importance.is']").select_option("any")
    page.wait_for_selector(f"text={TOLD[language][1]}")
    page.click("button[value=save]")
    page.wait_for_selector(".notice[data-kind=done]")
    dara.look()
    page.click("a[href$='/trial/']")
    page.wait_for_selector("[role=status]")
    dara.look()
    page.click("main button[data-kind=primary]")
    page.wait_for_selector(".notice[data-kind=done]")
    assert product.python(EVERYTHING + JUDGED.format(number)) == "3"
    proven(product)
