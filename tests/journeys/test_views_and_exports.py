"""A list is narrowed, kept as a view, and taken home as a file that a worker makes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.complaints.spreadsheets import xlsx_lines
from tests.journeys.conftest import Visitor
from tests.journeys.product import Product
from tests.world import PASSWORD

pytestmark = pytest.mark.journey
THREE = """
from tests.world import *
officer = Party.objects.get(user__email="sara@arman.example")
for words in ("Wrong invoice", "The drum shakes", "=SUM(A1)"):
    told = actions.Intake(title=words, description=words, channel="phone", unit=officer.grants.get().unit)
    actions.take(actions.register(intake=told, by=system_party()), by=officer)
"""

SIDEWAYS = """[...document.querySelectorAll(".scroll")].filter(one => one.scrollWidth > one.clientWidth)
    .map(one => one.scrollWidth - one.clientWidth)"""


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("fa", "dark")])
def test_a_list_is_narrowed_kept_as_a_view_and_exported(
    product: Product, visitor: Callable[..., Visitor], language: str, theme: str, tmp_path: Path
) -> None:
    product.python(THREE)
    sara = visitor(product, language, theme)
    sara.log_in("sara@arman.example", PASSWORD)
    page = sara.page
    page.goto("/desk/complaints/")
    sara.look()
    assert page.evaluate(SIDEWAYS) == []

    page.locator('a[href^="/desk/complaints/narrow/"]').click()
    sara.look()
    page.locator("[name=channel][value=phone]").check()
    page.locator("main button[data-kind=primary]").click()
    page.wait_for_selector("[data-filter]")
    count = page.locator("tbody tr").count()
    assert count >= 3

    tools = page.locator(".tools > details")
    tools.nth(1).locator("summary").click()
    page.fill("[name=name]", f"By phone {language}")
    page.check("[name=is_shared]")
    sara.look()
    tools.nth(1).locator("button[data-kind=primary]").click()
    page.wait_for_selector(".chip[aria-current] >> text=By phone")
    sara.look()

    page.locator(".tools > details").nth(2).locator("summary").click()
    sara.look()
    page.locator("button[name=form][value=xlsx]").click()
    ready = page.locator(".exports li", has_text=f"By phone {language}").locator("a[download]")
    ready.wait_for(timeout=20_000)
    sara.look()
    with page.expect_download() as coming:
        ready.click()
    coming.value.save_as(tmp_path / "list.xlsx")
    assert coming.value.suggested_filename.startswith(f"By phone {language}")
    assert len(xlsx_lines((tmp_path / "list.xlsx").read_bytes())) == count + 1
