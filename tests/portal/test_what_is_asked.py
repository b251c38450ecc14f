"""What the portal tells and asks a complainant, and that every answer reaches the desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from shenava.complaints.models import Complaint, Remedy, Subject
from shenava.people import actions as people
from shenava.portal.forms.complaint import OFFERED
from tests.world import World

SAID = {"submission": "mark", "description": "The machine shakes.", "record_type": "complaint", "subject": "product"}


def complain(client: Client, **more: object) -> Complaint:
    """Send the form as a stranger does; what came of it."""
    answer = client.post("/complaints/new/", SAID | {"name": "Mahsa Kianpour"} | more)
    assert answer.status_code == 302, answer.context["form"].errors
    return Complaint.objects.get()


def test_the_first_page_says_that_it_costs_nothing_and_how_it_goes_on(world: World, client: Client) -> None:
    page = client.get("/").content.decode()
    assert "It costs you nothing." in page
    assert "within 10 calendar days" in page
    assert "If the answer does not satisfy you, tell us" in page


def test_the_commitment_of_the_organisation_stands_on_the_first_page(world: World, client: Client) -> None:
    people.change_organisation(
        world.organisation, details={"commitment": "We answer everybody."}, by=world.administrator
    )
    assert "We answer everybody." in client.get("/").content.decode()


def test_the_form_says_that_it_is_confidential(world: World, client: Client) -> None:
    assert "treated confidentially" in client.get("/complaints/new/").content.decode()


@pytest.mark.parametrize("subject", Subject.values)
def test_one_can_complain_about_a_product_a_service_staff_a_process_and_the_complaining_itself(
    world: World, client: Client, subject: str
) -> None:
    assert complain(client, subject=subject).subject == subject


@pytest.mark.parametrize("kind", OFFERED)
def test_whatever_it_is_it_gets_a_number_a_holder_and_a_promised_date(world: World, client: Client, kind: str) -> None:
    record = complain(client, record_type=kind)
    assert (record.record_type, record.owner) == (kind, world.service.party)
    assert record.reference == "1405-000001"
    assert record.due_at is not None


def test_what_is_wanted_and_expected_stands_before_whoever_handles_it(
    world: World, client: Client, login: Callable[..., Client]
) -> None:
    expectation = "The seller promised a technician within two days."
    complaint = complain(
        client, requested_remedies=["apology", "refund"], expectation=expectation, product="Washing machine",
        serial="SN-88", phone="+989123456789",
    )  # fmt: skip
    page = login(world.sara).get(f"/desk/complaints/{complaint.reference}/").content.decode()
    wanted = [
        expectation,
        str(Remedy.APOLOGY.label),
        str(Remedy.REFUND.label),
        "Washing machine",
        "SN-88",
        "+989123456789",
    ]
    assert [words for words in wanted if words not in page] == []


def test_whoever_stays_anonymous_leaves_no_name_and_can_follow_it_all_the_same(world: World, client: Client) -> None:
    complaint = complain(client, name="Mahsa Kianpour", email="mahsa@example.com", is_anonymous="on")
    assert complaint.is_anonymous
    assert (complaint.complainant.name, complaint.complainant.email) == ("", "")
    assert client.get(f"/complaints/{complaint.public_code}/").status_code == 200
