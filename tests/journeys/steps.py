"""Steps that several journeys take."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from tests.journeys.arranged import EVERYTHING, KEY
from tests.journeys.conftest import Visitor
from tests.journeys.product import Product


def arranged(product: Product, code: str) -> list[str]:
    """Run verbs of `arranged`; gives number and code of each complaint that was made."""
    return product.python(f"{EVERYTHING} show({code})").split()


def proven(product: Product) -> None:
    """The journal holds together whatever was done."""
    assert product.run("verify").stdout.strip().endswith("0 broken")


def open_complaint(visitor: Visitor, number: str) -> Page:
    """Its page on the desk."""
    visitor.page.goto(f"/desk/complaints/{number}/")
    visitor.page.wait_for_selector(".case")
    return visitor.page


def form_of(page: Page, noun: str) -> Locator:
    """Open the form of a deed at the side of the page."""
    page.click(f"details:has(> #form-{noun}) > summary")
    page.wait_for_selector(f"form#form-{noun}")
    return page.locator(f"form#form-{noun}")


def send(form: Locator) -> None:
    """Send a form; the page says that it was done."""
    form.locator("button").last.click()
    form.page.wait_for_selector(".notice[data-kind=done]")


def step_of(page: Page, referral: str, noun: str) -> Locator:
    """Open the form of a step on the referral in which this is said."""
    form = page.locator(".asked", has_text=referral).locator(f"form[action$='/{noun}/']")
    page.locator(".asked", has_text=referral).locator(f"details:has(form[action$='/{noun}/']) > summary").click()
    return form


def answer(officer: Visitor, text: str) -> None:
    """Write to the complainant."""
    page = officer.page
    page.fill("#write-responses", text)
    page.click("[data-writes=response] button[data-kind=primary]")
    page.wait_for_selector(f".msg[data-kind=out]:has-text('{text}')")


def come_in(stranger: Visitor, code: str) -> Page:
    """A complainant opens his complaint by the link he was sent."""
    page = stranger.page
    page.goto(f"/track/?code={code}#{KEY}")
    page.click("form[data-token] button")
    page.wait_for_url(f"**/complaints/{code}/")
    return page


def say_why(page: Page, noun: str, reason: str) -> None:
    """Give a reason on the portal, and send it."""
    form = page.locator(f"form[action$='/{noun}/']")
    page.click(f"details:has(form[action$='/{noun}/']) > summary")
    form.locator("textarea").fill(reason)
    form.locator("button").last.click()
    page.wait_for_selector(f"form[action$='/{noun}/']", state="detached")
