"""By mail: from a customer's letter to an accepted answer, through real servers and a real browser."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitor
from tests.journeys.post_office import PATIENCE, PostOffice, persian_letter, post_office, reply_to
from tests.journeys.product import Product
from tests.world import PASSWORD

pytestmark = pytest.mark.journey
SitDown = Callable[..., Visitor]
LANGUAGES = ["en", "fa"]
CHARSETS = {"en": "utf-8", "fa": "windows-1256"}
LATIN = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")
NAMELESS = b"Subject: Broken machine\r\n\r\nIt shakes (%s). No. %d\r\n"


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def office(tmp_path: Path, language: str) -> Iterator[PostOffice]:
    """Mail servers for the organisation's address in this journey."""
    with post_office(tmp_path, f"care-{language}-{tmp_path.name[-4:].strip('_')}") as opened:
        yield opened


def connect(visitor: Visitor, office: PostOffice) -> None:
    """An administrator adds the mailbox in the desk and tries it out."""
    page = visitor.page
    visitor.log_in("dara@arman.example", PASSWORD)
    page.goto("/desk/mailboxes/new/")
    given = {
        "name": office.user, "address": office.address, "imap_host": "127.0.0.1", "imap_port": str(office.server.port),
        "imap_user": office.user, "imap_password": "right", "smtp_host": "127.0.0.1",
        "smtp_port": str(office.sink.port),
    }  # fmt: skip
    for name, value in given.items():
        page.fill(f"[name={name}]", value)
    page.select_option("[name=imap_security]", "none")
    page.select_option("[name=smtp_security]", "none")
    visitor.look()
    page.click("main form.form button[name=try]")
    page.wait_for_url(re.compile(r"/desk/mailboxes/\d+/$"))
    expect(page.locator(".notice[data-kind=done]")).to_have_count(3)
    visitor.look()


def number_in(text: str) -> str:
    found = re.search(r"\d{4}-\d{6}", text)
    assert found is not None, text
    return found.group()


def open_from_cartable(officer: Visitor, number: str) -> None:
    officer.page.goto("/desk/cartable/received/")
    officer.page.click(f".row:has-text('{number}')")
    officer.page.wait_for_selector(".case")


def reload_until(page: Page, selector: str, count: int) -> None:
    """Load the page again until it shows so many."""
    deadline = time.monotonic() + PATIENCE
    while page.locator(selector).count() != count and time.monotonic() < deadline:
        time.sleep(0.3)
        page.reload()
    assert page.locator(selector).count() == count


def last_words(page: Page) -> str:
    """What the latest message of the timeline says, its quotations folded away."""
    return page.locator(".msg[data-kind=in] .prose").filter(visible=True).last.inner_text()


def test_a_letter_walks_from_a_customers_mailbox_to_an_accepted_answer(
    product: Product, visitor: SitDown, office: PostOffice, language: str
) -> None:
    customer = f"mahsa-{language}@example.com"
    connect(visitor(product, language), office)

    office.carry(persian_letter(customer, office.address, CHARSETS[language]), product)
    acknowledgement = office.mail_to(customer, 0)
    words = acknowledgement.get_body(("plain",)).get_content()
    number = number_in(acknowledgement["Subject"])
    assert number in words
    assert re.search(r"14\d\d", words.replace(number, "").translate(LATIN)), "the promised date"
    assert "E-21" not in words
    assert acknowledgement["Auto-Submitted"] == "auto-replied"

    officer = visitor(product, language)
    officer.log_in("sara@arman.example", PASSWORD)
    open_from_cartable(officer, number)
    page = officer.page
    assert "دستگاه من" in page.inner_text(".thread")
    assert page.locator(".files a:has-text('رسید.txt')").count() == 1
    officer.look()
    page.click(".crumb button[data-kind=primary]")
    page.wait_for_selector("#write-responses")
    page.fill("#write-responses", "فردا تکنسین می‌آید.")
    page.click("[data-writes=response] button[data-kind=primary]")
    page.wait_for_selector(".msg[data-kind=out]")
    officer.look()

    response = office.mail_to(customer, 1)
    assert "فردا تکنسین می‌آید." in response.get_body(("plain",)).get_content()
    assert str(acknowledgement["Message-ID"]) in str(response["References"])

    office.carry(reply_to(response, "بعد از ساعت ده لطفاً."), product)
    reload_until(page, ".msg[data-kind=in]", 2)
    assert last_words(page) == "بعد از ساعت ده لطفاً."
    officer.look()

    stranger = visitor(product, language)
    link = re.search(r"http://\S+/track/\S+", response.get_body(("plain",)).get_content())
    assert link is not None
    stranger.page.goto(link.group())
    stranger.look()
    stranger.page.click("form[data-token] button")
    stranger.page.wait_for_url("**/complaints/*/")
    assert "بعد از ساعت ده" in stranger.page.inner_text("main")
    stranger.look()
    page.reload()
    assert page.locator(".status[data-stage=responded]").count() == 1
    stranger.page.click("form[action$='/acceptance/'] button")
    stranger.page.wait_for_selector(".status[data-stage=closed]")
    stranger.look()

    page.reload()
    assert page.locator(".status[data-stage=closed]").count() == 1
    assert page.locator(".thread .msg, .thread .event").count() >= 8
    officer.look()
    assert len(office.got_by(customer)) == 2
    assert product.run("verify").stdout.strip().endswith("0 broken")


def test_a_mail_that_cannot_be_read_waits_in_the_desk_for_a_person(
    product: Product, visitor: SitDown, office: PostOffice, language: str
) -> None:
    connect(visitor(product, language), office)
    office.server.deliver(office.user, *(NAMELESS % (language.encode(), number) for number in range(2)))
    office.carry(NAMELESS % (language.encode(), 2), product)
    waiting = f".row[data-unseen]:has-text('{office.address}')"

    agent = visitor(product, language)
    agent.log_in("negar@arman.example", PASSWORD)
    page = agent.page
    page.goto("/desk/unread/")
    reload_until(page, waiting, 3)
    assert page.locator(f"{waiting} time, {waiting} .due").count() >= 3
    agent.look()

    page.locator(waiting).first.click()
    page.wait_for_selector("form[action$='/complaint/']")
    page.click("details summary:visible >> nth=-1")
    agent.look()
    assert "It shakes" in page.input_value("[name=description]")
    page.fill("[name=title]", "")
    page.click("form[action$='/complaint/'] button")
    page.fill("[name=title]", "The machine shakes")
    page.dblclick("form[action$='/complaint/'] button")
    page.wait_for_selector(".case")
    assert page.locator(".files a[download]").count() == 1
    agent.look()

    page.goto("/desk/unread/")
    page.locator(waiting).first.click()
    page.click("form[action$='/readings/'] button")
    page.wait_for_url("**/desk/unread/")
    reload_until(page, waiting, 2)
    page.locator(waiting).first.click()
    page.fill("[name=reason]", "An advertisement.")
    page.click("form[action$='/aside/'] button")
    page.wait_for_url("**/desk/unread/")
    assert page.locator(waiting).count() == 1
    assert "An advertisement." not in page.inner_text("main")
    agent.look()
