"""By portal: from a stranger's words to an accepted answer, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.conftest import Visitor
from tests.journeys.product import Product
from tests.world import PASSWORD

pytestmark = pytest.mark.journey
SitDown = Callable[..., Visitor]


def complain(stranger: Visitor, text: str) -> tuple[str, str, str]:
    """Fill in the form; gives number, code and secret of the receipt."""
    page = stranger.page
    page.goto("/")
    stranger.look()
    page.click("a[href='/complaints/new/']")
    page.fill("[name=description]", text)
    page.locator("[name=requested_remedies][value=repair]").press("Space")
    page.fill("[name=name]", "Mahsa Kianpour")
    page.fill("[name=email]", "mahsa@example.com")
    stranger.look()
    page.click("main button[data-kind=primary]")
    page.wait_for_url("**/receipt/")
    stranger.look()
    number, code, secret = (page.locator("main .code").nth(place).inner_text() for place in range(3))
    return number, code, secret


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("fa", "dark")])
def test_a_complaint_walks_from_a_strangers_words_to_an_accepted_answer(
    product: Product, visitor: SitDown, language: str, theme: str
) -> None:
    stranger = visitor(product, language, theme)
    number, code, secret = complain(stranger, "The machine shakes badly.\nIt shows E-21.")

    officer = visitor(product, language, theme)
    officer.log_in("sara@arman.example", PASSWORD)
    officer.look()
    officer.page.click(f".row:has-text('{number}')")
    officer.look()
    officer.page.click(".crumb button[data-kind=primary]")
    officer.page.wait_for_selector("#write-responses")
    officer.page.click("[data-writes=note] summary")
    officer.page.fill("#write-notes", "Three others of this batch shake too.")
    officer.page.click("[data-writes=note] button[data-kind=primary]")
    officer.page.wait_for_selector(".msg[data-kind=note]")
    officer.page.fill("#write-responses", "A technician comes tomorrow between nine and twelve.")
    officer.page.click("[data-writes=response] button[data-kind=primary]")
    officer.page.wait_for_selector(".msg[data-kind=out]")
    officer.look()

    stranger.page.goto(f"/track/?code={code}#{secret}")
    assert stranger.page.input_value("[name=secret]") == secret
    stranger.look()
    stranger.page.click("form[data-token] button")
    stranger.page.wait_for_url(f"**/complaints/{code}/")
    assert "A technician comes tomorrow" in stranger.page.inner_text("main")
    assert "Three others" not in stranger.page.content()
    stranger.look()
    stranger.page.click("form[action$='/acceptance/'] button")
    stranger.page.wait_for_selector(".status[data-stage=closed]")
    stranger.look()

    officer.page.goto("/desk/cartable/archive/")
    assert number in officer.page.inner_text("main")
    assert product.run("verify").stdout.strip().endswith("0 broken")


def test_bad_input_is_answered_at_the_field_and_nothing_typed_is_lost(
    product: Product, visitor: SitDown, tmp_path: Path
) -> None:
    stranger = visitor(product, "en")
    page = stranger.page
    page.goto("/complaints/new/")
    page.click("main button[data-kind=primary]")
    page.wait_for_selector("[data-faulty]")
    assert page.locator("[data-faulty]").count() == 2
    stranger.look()
    page.fill("[name=description]", "x" * 100_000)
    page.click("main button[data-kind=primary]")
    page.wait_for_selector("text=20000")
    assert len(page.input_value("[name=description]")) == 100_000
    picture = tmp_path / "receipt.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    page.fill("[name=description]", "Short now.")
    page.set_input_files("[name=files]", [picture])
    page.click("main button[data-kind=primary]")
    page.wait_for_selector(".file:has-text('receipt.png')")
    page.fill("[name=name]", "Mahsa")
    page.dblclick("main button[data-kind=primary]")
    page.wait_for_url("**/receipt/")
    page.goto(page.url.replace("receipt/", ""))
    assert page.locator("text=receipt.png").count() == 1


def test_a_wrong_key_opens_nothing_and_is_soon_refused(product: Product, visitor: SitDown) -> None:
    stranger = visitor(product, "en")
    _number, code, _secret = complain(stranger, "Something else.")
    guesser = visitor(product, "en")
    told = ""
    for guess in range(24):  # twice as many as it takes, should a quarter of an hour begin meanwhile
        guesser.page.goto("/track/")
        guesser.page.fill("form[data-token] [name=code]", code)
        guesser.page.fill("[name=secret]", f"WRONG-{guess}")
        guesser.page.click("form[data-token] button")
        guesser.page.wait_for_selector("[role=alert]")
        told = guesser.page.inner_text("[role=alert]")
        if "quarter of an hour" in told:
            break
    assert "quarter of an hour" in told
    guesser.page.goto(f"/complaints/{code}/")
    assert "/track/" in guesser.page.url


def test_what_was_being_written_survives_the_end_of_the_session(product: Product, visitor: SitDown) -> None:
    stranger = visitor(product, "en")
    number, *_rest = complain(stranger, "The session ends while I write.")
    officer = visitor(product, "en")
    officer.log_in("sara@arman.example", PASSWORD)
    officer.page.click(f".row:has-text('{number}')")
    officer.page.click(".crumb button[data-kind=primary]")
    officer.page.wait_for_selector("#write-responses")
    officer.page.fill("#write-responses", "A long and careful answer.")
    officer.context.clear_cookies()
    officer.page.click("[data-writes=response] button[data-kind=primary]")
    officer.page.wait_for_selector("h1")
    assert "A long and careful answer." in officer.page.inner_text("main")
