"""Competence on the desk: an administrator writes down what somebody knows; staff are told what the rules ask for."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from shenava.complaints import taxonomy
from shenava.complaints.models import Category, Competence, Complaint
from shenava.people.models import Party
from tests.process.tables.writing import put_into_force, row
from tests.world import World

BrowserOf = Callable[[Party], Client]


def test_an_administrator_writes_down_what_somebody_knows(world: World, browser_of: BrowserOf) -> None:
    taxonomy.deliver()
    category, dara = Category.objects.get(code="Q11"), browser_of(world.administrator)
    page = f"/desk/people/{world.sara.pk}/"
    assert "Nothing is written down" in dara.get(page).content.decode()
    dara.post(page + "competence/", {"categories": ["Q11"], "languages": ["he", "fa"]})
    known = Competence.objects.get(party=world.sara)
    assert (list(known.categories.all()), known.languages) == ([category], ["fa", "he"])
    assert category.name("en") in dara.get(page).content.decode()
    dara.post(page + "competence/", {})
    assert (Competence.objects.get().categories.count(), Competence.objects.get().languages) == (0, [])


def test_what_there_is_not_cannot_be_known(world: World, browser_of: BrowserOf) -> None:
    answer = browser_of(world.administrator).post(
        f"/desk/people/{world.sara.pk}/competence/", {"categories": ["Z99"], "languages": ["tlh"]}
    )
    assert answer.status_code == 422
    assert not Competence.objects.exists()


def test_staff_are_told_at_the_field_what_the_rules_ask_for(world: World, browser_of: BrowserOf) -> None:
    put_into_force("required", row({"fields": ["serial"]}, channel=("in", ["phone"])), by=world.administrator)
    given = {
        "submission": "a-mark", "channel": "phone", "record_type": "complaint", "subject": "product",
        "title": "It shakes", "description": "It shakes.", "name": "Mahsa Kianpour",
    }  # fmt: skip
    negar = browser_of(world.agent)
    refused = negar.post("/desk/complaints/new/", given)
    assert refused.status_code == 422
    assert refused.context["form"].errors["serial"] == ["The rules of the organisation ask for this here."]
    assert not Complaint.objects.exists()
    assert negar.post("/desk/complaints/new/", given | {"serial": "SN-1"}).status_code == 302
    assert Complaint.objects.get().serial == "SN-1"
