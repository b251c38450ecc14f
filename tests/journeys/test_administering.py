"""An administrator alone: a category, a promise and a mailbox are added, and the next complaint has the use of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.arranged import EVERYTHING
from tests.journeys.conftest import Visitor
from tests.journeys.post_office import post_office
from tests.journeys.product import Product
from tests.journeys.steps import arranged, form_of, open_complaint, proven, send
from tests.journeys.test_by_mail import connect
from tests.world import PASSWORD

pytestmark = pytest.mark.journey
# Of complaints of which severity an answer is promised within how many working hours; before, it was ten days.
SEVERITY = {"en": "3", "fa": "2"}
HOURS = {"en": "3", "fa": "2"}
SOON = """
complaint = Complaint.objects.get(reference="{}")
print(complaint.due_at < clock.now() + timedelta(days=7))
"""


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("fa", "dark")])
def test_a_category_a_promise_and_a_mailbox_are_added_and_used(
    product: Product, visitor: Callable[..., Visitor], language: str, theme: str, tmp_path: Path
) -> None:
    administrator = visitor(product, language, theme)
    page = administrator.page
    with post_office(tmp_path, f"parts-{language}") as office:
        connect(administrator, office)
    page.goto("/desk/mailboxes/")
    assert office.address in page.inner_text("main")
    administrator.look()

    page.goto("/desk/categories/")
    administrator.look()
    page.click("header a[href$='/categories/new/']")
    page.fill("[name=code]", f"NOISE-{language.upper()}")
    for code, name in {"fa": "سر و صدا", "he": "רעש", "en": "Noise"}.items():
        page.fill(f"[name=name_{code}]", f"{name} {language}")
    administrator.look()
    page.click("main button[data-kind=primary]")
    page.wait_for_selector(f".tree >> text=NOISE-{language.upper()}")

    page.goto("/desk/calendars/")
    administrator.look()
    page.click("a[href$='/promises/new/']")
    page.select_option("[name=kind]", "answer")
    page.select_option("[name=record_type]", "complaint")
    page.select_option("[name=severity]", SEVERITY[language])
    page.fill("[name=amount]", HOURS[language])
    page.select_option("[name=measure]", "working_hours")
    administrator.look()
    page.click("main button[data-kind=primary]")
    page.wait_for_selector(".notice[data-kind=done]")
    administrator.look()

    number, _code = arranged(product, "taken('It howls')")
    sara = visitor(product, language, theme)
    sara.log_in("sara@arman.example", PASSWORD)
    open_complaint(sara, number)
    form = form_of(sara.page, "classifications")
    form.locator("[name=category]").select_option(label={"en": "Noise en", "fa": "سر و صدا fa"}[language])
    send(form)
    assert {"en": "Noise en", "fa": "سر و صدا fa"}[language] in sara.page.inner_text("ol.lines")
    sara.page.click("details:has(> #form-assessments) > summary")
    look = sara.page.locator("form[action$='/assessments/']")
    look.locator("[name=severity]").select_option(SEVERITY[language])
    look.locator("[name=importance]").select_option("3")
    send(look)
    sara.look()
    assert product.python(EVERYTHING + SOON.format(number)) == "True"
    proven(product)
