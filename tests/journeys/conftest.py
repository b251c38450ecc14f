"""A browser, and the product with the named cast in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.product import Product, new_product

FLAGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-gpu"]
AXE = Path(__file__).resolve().parent.parent.parent / "var" / "vendor" / "axe.js"
AXE_RUN = """
    axe.run(document, {resultTypes: ['violations']}).then(found => found.violations.map(
        one => one.id + ': ' + one.nodes.map(node => node.html.slice(0, 160)).join(' | ')))"""
VIEWS = {
    "en": {"width": 1440, "height": 900},
    "fa": {"width": 390, "height": 844},
    "he": {"width": 1100, "height": 800},
}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium of this machine."""
    place = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    assert place, "the journeys need Chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=place, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory, tables: str) -> Iterator[Product]:
    """The product with the named cast of tests/world.py."""
    running = new_product(tmp_path_factory.mktemp("product"), "shenava_journeys", like=tables)
    running.python("from tests.world import build; build()")
    with running.started():
        yield running


@pytest.fixture(scope="session")
def empty_product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The product before its set-up."""
    running = new_product(tmp_path_factory.mktemp("empty"), "shenava_journeys_empty")
    with running.started():
        yield running


class Visitor:
    """Somebody in front of a browser, who notices every error of a page."""

    of_axe: ClassVar[set[str]] = set()

    def __init__(self, browser: Browser, base: str, language: str, *, theme: str = "light") -> None:
        self.base = base
        self.context = browser.new_context(viewport=VIEWS[language], color_scheme=theme, base_url=base)  # type: ignore[arg-type]
        self.context.add_cookies([{"name": "shenava_language", "value": language, "url": base}])
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)

    def look(self) -> None:
        """The page stands in its width, breaks no rule of accessibility and ran without an error."""
        self.page.wait_for_load_state()
        wider = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0, f"{self.page.url} is {wider} px wider than the window"
        expected = "the server responded with a status of 4"
        assert [fault for fault in self.faults if expected not in fault and fault not in self.of_axe] == []
        self.page.evaluate(AXE.read_text())
        found = self.page.evaluate(AXE_RUN)
        assert found == [], f"{self.page.url}: {found}"
        self._hear_everything()
        self.of_axe.update(self.faults)  # what axe itself tried to style; of a page left at once it comes late
        self.faults.clear()

    def _hear_everything(self) -> None:
        """Wait until what the page has said so far has reached us, however busy the machine is."""
        with self.page.expect_console_message(lambda said: said.text == "looked"):
            self.page.evaluate("setTimeout(() => console.info('looked'), 200)")

    def log_in(self, email: str, password: str) -> None:
        """Come in at the desk."""
        self.page.goto("/desk/")
        self.page.fill("[name=email]", email)
        self.page.fill("[name=password]", password)
        self.look()
        self.page.click("main button[data-kind=primary]")
        self.page.wait_for_url("**/desk/**")


@pytest.fixture
def visitor(browser: Browser) -> Iterator[object]:
    """`visitor(product, "fa")` sits down in front of a browser."""
    seated: list[Visitor] = []

    def sit_down(product: Product, language: str, theme: str = "light") -> Visitor:
        seated.append(Visitor(browser, product.url, language, theme=theme))
        return seated[-1]

    yield sit_down
    for somebody in seated:
        somebody.context.close()
