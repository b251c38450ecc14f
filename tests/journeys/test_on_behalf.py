"""Somebody speaks for another: registered with the proof, accepted by an officer, and withdrawn again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitor
from tests.journeys.product import Product
from tests.journeys.steps import form_of, open_complaint, proven, send
from tests.world import PASSWORD

pytestmark = pytest.mark.journey
PROOF = {"name": "وکالت‌نامه.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\nI hereby appoint ..."}
SAID = {
    "title": "The invoice is wrong", "description": "She was billed twice.", "name": "Mahsa Kianpour",
    "speaker_name": "Kaveh Vakili", "speaker_email": "kaveh@example.com", "authority": "lawyer",
}  # fmt: skip


def registered(page: Page) -> str:
    """Write down what the lawyer says and hands in; gives the number."""
    page.goto("/desk/complaints/new/")
    page.check("[name=on_behalf]")
    for name, words in SAID.items():
        page.fill(f"[name={name}]", words)
    page.set_input_files("[name=mandate]", [PROOF])
    page.click("form#intake button[data-kind=primary]")
    page.wait_for_selector(".case")
    return page.locator(".crumb .code").first.inner_text()


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("fa", "dark")])
def test_a_mandate_is_handed_in_accepted_and_withdrawn(
    product: Product, visitor: Callable[..., Visitor], language: str, theme: str
) -> None:
    agent, sara = visitor(product, language, theme), visitor(product, language, theme)
    agent.log_in("negar@arman.example", PASSWORD)
    number = registered(agent.page)
    agent.look()

    sara.log_in("sara@arman.example", PASSWORD)
    page = open_complaint(sara, number)
    mandate = page.locator("#live-properties section", has_text="Kaveh Vakili")
    expect(mandate.locator(".status[data-hue=wait]")).to_be_visible()
    with page.expect_download() as coming:
        mandate.locator("a[download]").click()
    assert coming.value.path().read_bytes() == PROOF["buffer"]
    mandate.locator("a[href$='#form-mandates']").click()
    page.wait_for_selector("form#form-mandates")
    sara.look()
    send(page.locator("form#form-mandates"))
    expect(mandate.locator(".status[data-hue=ok]")).to_be_visible()
    sara.look()

    form = form_of(page, "mandate-withdrawals")
    form.locator("textarea").fill("She speaks for herself now.")
    send(form)
    expect(mandate.locator(".status[data-hue=bad]")).to_be_visible()
    expect(page.locator("#live-timeline")).to_contain_text("She speaks for herself now.")
    sara.look()
    proven(product)
