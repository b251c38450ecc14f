"""A process of one's own is written as a list of steps, put into force, and carries a complaint to its end."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.journeys.arranged import EVERYTHING
from tests.journeys.conftest import Visitor
from tests.journeys.product import Product
from tests.journeys.steps import proven
from tests.world import PASSWORD

pytestmark = pytest.mark.journey
SOUND = {"en": "Every way through it leads to an end", "fa": "همهٔ مسیرها به پایان می‌رسند"}
CARRIED = """
from shenava.complaints.actions import LineFinding, Look
from shenava.process.models import WorkItem
from tests.world import person
from shenava.people.models import Role
unit = Unit.objects.get(party__name="After-sales service")
approver = Party.objects.filter(name="Ehsan Azad").first() or person("Ehsan Azad", Role.APPROVER, unit)
complaint = taken("It burns")
sara, ali = complaint.owner, party("Ali Sadeghi")
actions.assess(complaint, look=Look(severity=5, importance=4), by=sara)
findings = {line.pk: LineFinding(finding="upheld", reasons="So it is.") for line in complaint.issue_lines.all()}
actions.decide(complaint, findings=findings, reasons="As seen.", by=sara)
inspection = WorkItem.objects.get(complaint=complaint, node="beside", closed_at=None)
actions.finish_step(complaint, item=inspection, outcome="done", text="A cable.", by=ali)
approval = WorkItem.objects.get(complaint=complaint, node="approval", closed_at=None)
actions.finish_step(complaint, item=approval, outcome="agreed", by=approver)
actions.respond(complaint, text="A new cable comes.", by=sara)
actions.record_acceptance(complaint, by=complaint.complainant)
print(complaint.instance.version.process.key, complaint.stage)
"""

DELIVERED = "from shenava.process import publishing; publishing.deliver()"
AS_BEFORE = "from shenava.process import publishing; publishing.choose(publishing.Process.objects.get(key='complaint'))"


@pytest.fixture
def delivered(product: Product) -> Iterator[None]:
    """The delivered processes; in the end new complaints follow the general one again, for the other journeys."""
    product.python(DELIVERED)
    yield
    product.python(AS_BEFORE)


@pytest.mark.usefixtures("delivered")
@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("fa", "dark")])
def test_a_process_with_an_inspection_beside_and_an_approval_is_written_and_followed(
    product: Product, visitor: Callable[..., Visitor], language: str, theme: str
) -> None:
    dara = visitor(product, language, theme)
    dara.log_in("dara@arman.example", PASSWORD)
    page = dara.page
    page.goto("/desk/processes/")
    page.click("a[href$='/processes/new/']")
    dara.look()
    page.fill(f"[name=name_{language}]", "Warranty")
    page.click("main form button[data-kind=primary]")
    page.wait_for_selector("#sheet")
    page.click("#p-registered > summary")
    dara.look()
    page.click("button[value=approval-registered]")
    page.wait_for_selector("#p-approval[open]")
    for key, name in (("approval", "Approval"), ("step", "Answer")):
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            page.fill(f"[name='p.{key}.name.{language}']", name)
            page.press(f"[name='p.{key}.name.{language}']", "Tab")
    page.wait_for_selector(f"text={SOUND[language]}")
    page.click("#p-registered > summary")
    page.click("button[value=beside-registered]")
    page.wait_for_selector("#p-beside[open]")
    dara.look()
    page.fill(f"[name='p.beside.name.{language}']", "Inspection")
    page.click("button[value=save]")
    page.wait_for_selector(".notice[data-kind=done]")
    page.wait_for_selector(f"text={SOUND[language]}")
    page.click("form[action$='/publication/'] button")
    page.wait_for_selector(".notice[data-kind=done]")
    dara.look()
    page.goto("/desk/processes/")
    page.locator("section.card:has-text('Warranty') form[action$='/choice/'] button").last.click()
    page.wait_for_selector(".notice[data-kind=done]")
    dara.look()
    key, stage = product.python(EVERYTHING + CARRIED).split()
    assert (key, stage) == ({"en": "warranty", "fa": "process"}[language], "closed")
    proven(product)
