"""By telephone: what is known appears while typing, and what can be settled is settled at first contact."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.conftest import Visitor
from tests.journeys.product import Product
from tests.journeys.steps import proven
from tests.world import PASSWORD

pytestmark = pytest.mark.journey


PHONES = {"en": "0912 345 6701", "fa": "۰۹۱۲ ۳۴۵ ۶۷۰۲"}


def write(agent: Visitor, phone: str) -> None:
    """What a caller says, typed into the form."""
    page = agent.page
    page.goto("/desk/complaints/new/")
    page.fill("[name=title]", "It walks through the kitchen")
    page.fill("[name=description]", "When it spins it walks.")
    page.fill("[name=name]", "Yael Cohen")
    page.fill("[name=phone]", phone)
    page.locator("[name=phone]").blur()


def send(agent: Visitor) -> str:
    """Register it; gives its number."""
    agent.page.click("form#intake button[data-kind=primary]")
    agent.page.wait_for_selector(".case")
    return agent.page.locator(".crumb .code").first.inner_text()


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_caller_is_known_and_content_at_once(
    product: Product, visitor: Callable[..., Visitor], language: str
) -> None:
    agent = visitor(product, language)
    agent.log_in("negar@arman.example", PASSWORD)
    write(agent, PHONES[language])
    first = send(agent)
    write(agent, PHONES[language])
    agent.page.wait_for_selector(f"#history .row:has-text('{first}')")
    agent.page.check("[name=is_solved]")
    agent.page.select_option("[name=severity]", "2")
    agent.page.select_option("[name=importance]", "1")
    agent.page.fill("[name=solution]", "The feet were levelled by telephone.")
    agent.look()
    send(agent)
    assert agent.page.locator(".status[data-stage=closed]").count() == 1
    agent.look()
    proven(product)
