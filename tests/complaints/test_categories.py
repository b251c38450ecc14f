"""The taxonomy: delivered whole in three languages, kept by administrators, never taken from a complaint."""

from __future__ import annotations

import pytest

from shenava.complaints import actions, taxonomy
from shenava.complaints.actions import categories
from shenava.complaints.models import Category
from shenava.journal.actions import Refused
from shenava.journal.models import Entry
from tests.world import World

NAMES = {"en": "Remote control", "fa": "کنترل از راه دور", "he": "שלט רחוק"}


@pytest.fixture
def delivered(world: World) -> None:
    """The categories of a new organisation."""
    taxonomy.deliver()


@pytest.mark.usefixtures("delivered")
def test_every_delivered_category_has_a_name_in_three_languages(world: World) -> None:
    for category in Category.objects.all():
        assert all(category.names.get(language) for language in ("en", "fa", "he")), category.code
    assert set(Category.objects.filter(parent=None).values_list("code", flat=True)) == set("QDSAPCITHUXO")


@pytest.mark.usefixtures("delivered")
def test_delivering_again_adds_nothing_and_changes_nothing(world: World) -> None:
    noise = Category.objects.get(code="Q11")
    categories.change_category(noise, names=noise.names | {"en": "Too loud"}, guide={}, by=world.administrator)
    assert taxonomy.deliver() == 0
    assert Category.objects.get(code="Q11").name("en") == "Too loud"


@pytest.mark.usefixtures("delivered")
def test_an_issue_line_keeps_its_category_when_that_is_retired(world: World) -> None:
    complaint, noise = world.taken(), Category.objects.get(code="Q11")
    line = complaint.issue_lines.get()
    actions.classify(complaint, line=line, category=noise, by=world.sara)
    categories.retire_category(noise, by=world.administrator)
    line.refresh_from_db()
    assert line.category == noise
    assert not Category.objects.in_use().filter(code="Q11").exists()


@pytest.mark.usefixtures("delivered")
def test_what_lies_below_a_retired_category_cannot_be_chosen_either(world: World) -> None:
    categories.retire_category(Category.objects.get(code="Q"), by=world.administrator)
    assert not Category.objects.in_use().filter(code__startswith="Q").exists()
    categories.restore_category(Category.objects.get(code="Q"), by=world.administrator)
    assert Category.objects.in_use().filter(code="Q11").exists()


def test_each_change_is_in_the_record_and_only_administrators_make_one(world: World) -> None:
    made = categories.add_category(code="Q14", names=NAMES, guide={}, parent=None, by=world.administrator)
    before = Entry.objects.filter(stream__name="settings").count()
    for outsider in (world.sara, world.manager, world.auditor):
        with pytest.raises(Refused):
            categories.retire_category(made, by=outsider)
    assert Category.objects.get(code="Q14").is_active
    assert Entry.objects.filter(stream__name="settings").count() == before
    assert Entry.objects.filter(stream__name="settings").latest("seq").kind == "settings.category_added"
