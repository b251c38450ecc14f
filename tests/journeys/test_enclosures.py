"""A response with a document and a picture: the officer encloses them, the complainant opens them in the portal."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.attachments.samples import png
from tests.journeys.conftest import Visitor
from tests.journeys.product import Product
from tests.journeys.steps import answer, arranged, come_in, open_complaint, proven
from tests.world import PASSWORD

pytestmark = pytest.mark.journey
REPORT = {"name": "گزارش فنی.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\nThe drum is worn."}
PICTURE = {"name": "drum.png", "mimeType": "image/png", "buffer": png()}
PROGRAM = {"name": "run.exe", "mimeType": "application/octet-stream", "buffer": b"MZ\x90\x00" + bytes(200)}


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("fa", "dark")])
def test_the_files_of_an_answer_reach_the_complainant(
    product: Product, visitor: Callable[..., Visitor], language: str, theme: str
) -> None:
    number, code = arranged(product, f"taken('Shakes {language}')")
    sara, mahsa = visitor(product, language, theme), visitor(product, language, theme)
    sara.log_in("sara@arman.example", PASSWORD)
    page = open_complaint(sara, number)
    composer = page.locator("[data-writes=response]")
    composer.locator("details.enclosures > summary").click()
    composer.locator("input[type=file]").set_input_files([REPORT, PROGRAM])
    sara.look()
    page.fill("#write-responses", "See the report.")
    composer.locator("button[data-kind=primary]").click()
    expect(composer.locator("[data-faulty] .error")).to_contain_text("run.exe")
    expect(composer.locator("textarea")).to_have_value("See the report.")
    expect(composer.locator(".files li[class]")).to_contain_text("گزارش فنی.pdf")
    sara.look()
    composer.locator("input[type=file]").set_input_files([PICTURE])
    answer(sara, "See the report and the picture.")
    expect(page.locator(".msg[data-kind=out] .file")).to_have_count(2)
    sara.look()

    shown = come_in(mahsa, code).locator(".msg[data-kind=out] .file")
    expect(shown).to_have_count(2)
    with mahsa.page.expect_download() as coming:
        shown.first.click()
    assert coming.value.suggested_filename == "گزارش فنی.pdf"
    assert coming.value.path().read_bytes() == REPORT["buffer"]
    assert mahsa.page.request.get(shown.last.get_attribute("href")).body() == png()
    mahsa.look()
    proven(product)
