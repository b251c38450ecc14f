"""Categories on the desk: an administrator adds, names, retires; an officer classifies."""

from __future__ import annotations

from django.test import Client

from shenava.complaints import taxonomy
from shenava.complaints.models import Category
from shenava.people.models import Party
from tests.world import World, log_in

NAMES = {"name_en": "Remote control", "name_fa": "کنترل از راه دور", "name_he": "שלט רחוק"}


def login(party: Party) -> Client:
    """A browser of somebody's own."""
    return log_in(Client(), party)


def test_an_administrator_adds_a_category_and_an_officer_uses_it(world: World) -> None:
    taxonomy.deliver()
    upper = Category.objects.get(code="Q")
    dara = login(world.administrator)
    assert upper.name("en") in dara.get("/desk/categories/").content.decode()
    dara.post("/desk/categories/new/", NAMES | {"code": "Q14", "parent": upper.pk})
    added = Category.objects.get(code="Q14")
    assert (added.parent, added.name("fa")) == (upper, "کنترل از راه دور")
    complaint = world.taken()
    line = complaint.issue_lines.get()
    page = f"/desk/complaints/{complaint.reference}/"
    sara = login(world.sara)
    sara.post(page + "classifications/", {"line": line.pk, "category": added.pk})
    line.refresh_from_db()
    assert line.category == added
    assert "Remote control" in sara.get(page).content.decode()


def test_a_code_is_given_once_and_written_in_capitals(world: World) -> None:
    taxonomy.deliver()
    dara = login(world.administrator)
    for code, told in (("Q11", "This code is taken."), ("q 1", "Write up to 20 capital letters"), ("", "required")):
        answer = dara.post("/desk/categories/new/", NAMES | {"code": code})
        assert answer.status_code == 422
        assert told in answer.content.decode()
    assert Category.objects.count() == 87


def test_a_category_is_retired_and_restored(world: World) -> None:
    taxonomy.deliver()
    noise, dara = Category.objects.get(code="Q11"), login(world.administrator)
    dara.post(f"/desk/categories/{noise.pk}/retirement/")
    assert not Category.objects.get(code="Q11").is_active
    dara.post(f"/desk/categories/{noise.pk}/restoration/")
    assert Category.objects.get(code="Q11").is_active


def test_others_do_not_reach_the_categories(world: World) -> None:
    taxonomy.deliver()
    noise = Category.objects.get(code="Q11")
    sara = login(world.sara)
    assert sara.get("/desk/categories/").status_code == 403
    assert sara.post(f"/desk/categories/{noise.pk}/retirement/").status_code == 403
    assert Category.objects.get(code="Q11").is_active
