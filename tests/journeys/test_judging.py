"""Judging in a browser: danger reaches the manager at once, and whoever is not impartial is out for good."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.journeys.product import Product
from tests.world import PASSWORD

TAKEN = """
from shenava.complaints import actions
from shenava.complaints.actions import Intake
from shenava.people.models import Party, Unit
from shenava.people.parties import Introduction, system_party
service = Unit.objects.get(party__name="After-sales service")
who = Introduction(name="Mahsa Kianpour", email="mahsa@example.com")
intake = Intake(description="Water runs over the cable.", channel="portal", complainant=who, unit=service)
complaint = actions.register(intake=intake, by=system_party())
actions.take(complaint, by=Party.objects.get(name="Sara Rostami"))
print(complaint.reference)
"""


def test_danger_reaches_the_manager_and_a_conflict_takes_the_officer_out(
    product: Product, visitor: Callable[..., Any]
) -> None:
    place = f"/desk/complaints/{product.python(TAKEN)}/"
    sara = visitor(product, "en")
    sara.log_in("sara@arman.example", PASSWORD)
    sara.page.goto(place)
    sara.page.get_by_text("Assess", exact=True).first.click()
    form = sara.page.locator("form[action$='/assessments/']")
    form.get_by_label("Severity", exact=True).select_option("5")
    form.get_by_label("Importance", exact=True).select_option("4")
    form.get_by_label("Danger to people").check()
    form.get_by_label("What has to be done at once").fill("Unplug it.")
    sara.look()
    form.get_by_role("button").last.click()
    expect(sara.page.get_by_role("img", name="Priority: top").first).to_be_visible()

    manager = visitor(product, "fa", "dark")
    manager.log_in("arash@arman.example", PASSWORD)
    manager.page.goto(place)
    expect(manager.page.locator("section.tasks")).to_be_visible()
    manager.look()
    manager.page.locator("section.tasks button").click()
    expect(manager.page.locator("section.tasks")).to_have_count(0)

    sara.page.get_by_text("Declare a conflict of interest").first.click()
    conflict = sara.page.locator("form[action$='/conflicts/']")
    conflict.locator("textarea").fill("The complainant is my sister.")
    conflict.get_by_role("button").click()
    sara.page.wait_for_url("**/desk/cartable/received/")
    assert sara.page.goto(place).status == 404
    manager.page.goto(place)
    expect(manager.page.get_by_text("Sara Rostami").first).to_be_visible()
