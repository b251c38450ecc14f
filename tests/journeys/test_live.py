"""Two at one complaint: each sees what the other does, and what is being written stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visitor
from tests.journeys.product import Product
from tests.world import PASSWORD

pytestmark = pytest.mark.journey

ALARM = """
from shenava.complaints import actions
from shenava.complaints.models import Complaint
from shenava.people.models import Party
complaint, agent = Complaint.objects.get(reference="{}"), Party.objects.get(name="Negar Mousavi")
actions.assess(complaint, look=actions.Look(5, 4, is_safety=True), by=agent)
"""


def test_what_a_colleague_does_appears_without_reloading_and_nothing_typed_is_lost(
    product: Product, visitor: Callable[..., Visitor]
) -> None:
    number = product.python(
        "from shenava.complaints import actions as a; from shenava.people.parties import system_party as s; "
        "print(a.register(intake=a.Intake(description='Two look at it.', channel='portal'), by=s()).reference)"
    )
    sara, manager = visitor(product, "en"), visitor(product, "fa")
    sara.log_in("sara@arman.example", PASSWORD)
    manager.log_in("arash@arman.example", PASSWORD)
    sara.page.goto(f"/desk/complaints/{number}/")
    sara.page.click(".crumb button[data-kind=primary]")
    sara.page.wait_for_selector("#write-responses")
    manager.page.goto(f"/desk/complaints/{number}/")
    sara.page.locator("#write-responses").press_sequentially("A technician comes")
    manager.page.wait_for_selector("live-complaint p:has-text('Sara Rostami')", timeout=8000)
    manager.page.click("[data-writes=note] summary")
    manager.page.fill("#write-notes", "Wait for the batch report.")
    manager.page.click("[data-writes=note] button[data-kind=primary]")
    sara.page.wait_for_selector("#live-timeline .msg[data-kind=note]:has-text('batch report')", timeout=8000)
    assert sara.page.input_value("#write-responses") == "A technician comes"
    product.python(ALARM.format(number))
    sara.page.wait_for_selector("#live-head .status[data-hue=bad]", timeout=8000)
    manager.page.wait_for_selector("#live-tasks .tasks", timeout=8000)
    sara.page.click("details:has(> #form-links) > summary")
    sara.page.wait_for_selector("form#form-links input[name=reference]")
    sara.look()
    manager.look()
    expect(sara.page.locator("[data-writes=response] [data-slot=kept]")).not_to_be_empty()
    sara.page.close()
    sara.page = sara.context.new_page()
    sara.page.goto(f"/desk/complaints/{number}/")
    assert sara.page.input_value("#write-responses") == "A technician comes"
