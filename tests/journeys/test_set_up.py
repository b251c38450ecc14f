"""An administrator sets up an empty organisation and works the first complaint."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.conftest import Visitor
from tests.journeys.product import Product

pytestmark = pytest.mark.journey


def test_an_administrator_sets_up_an_empty_organisation_and_works_the_first_complaint(
    empty_product: Product, visitor: Callable[..., Visitor]
) -> None:
    somebody = visitor(empty_product, "fa")
    somebody.page.goto("/")
    somebody.look()

    administrator = visitor(empty_product, "fa")
    page = administrator.page
    page.goto(empty_product.set_up_address())
    administrator.look()
    page.fill("[name=name]", "شرکت نمونه")
    page.fill("[name=administrator]", "دارا کریمی")
    page.fill("[name=email]", "dara@nemune.example")
    page.fill("[name=password]", "یک گذرواژهٔ بلند و خوب")
    page.click("main button[data-kind=primary]")
    page.wait_for_url("**/desk/mailboxes/new/")
    administrator.look()
    page.fill("[name=name]", "شکایت‌ها")
    page.fill("[name=address]", "care@nemune.example")
    page.fill("[name=imap_host]", "127.0.0.1")
    page.fill("[name=imap_port]", "1")
    page.click("button[name=try]")
    page.wait_for_selector(".notice[data-kind=refused]")
    administrator.look()
    for place in ("organisation", "units", "people", "calendars", "mailboxes"):
        page.goto(f"/desk/{place}/")
        administrator.look()
    page.goto("/desk/people/invitations/new/")
    page.fill("[name=name]", "سارا رستمی")
    page.fill("[name=email]", "sara@nemune.example")
    page.select_option("[name=role]", "complaint_officer")
    administrator.look()
    page.click("main button[data-kind=primary]")
    link = page.inner_text(".secret .code")

    officer = visitor(empty_product, "fa")
    officer.page.goto(link)
    officer.page.fill("[name=name]", "سارا رستمی")
    officer.page.fill("[name=password]", "گذرواژهٔ دیگری که بلند است")
    officer.page.click("main button[data-kind=primary]")
    officer.page.wait_for_url("**/cartable/received/")
    officer.look()
    officer.page.goto("/desk/complaints/new/")
    officer.page.fill("[name=title]", "یخچال سرد نمی‌کند")
    officer.page.fill("[name=description]", "از دیروز سرد نمی‌کند.")
    officer.page.fill("[name=name]", "مهسا کیان‌پور")
    officer.look()
    officer.page.click("main button[data-kind=primary]")
    officer.page.wait_for_selector(".case")
    assert "-000001" in officer.page.inner_text(".crumb")
    officer.look()

    latecomer = visitor(empty_product, "en")
    assert latecomer.page.goto("/desk/set-up/").status == 404
