"""What rules may ask of a complaint: every field has words, and its fact is one that it may be."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import override

from shenava.complaints import actions, facts_view, taxonomy
from shenava.complaints.models import Category, Complaint
from shenava.people.parties import Introduction
from shenava.process import vocabulary
from shenava.process.tables import Listed
from tests.world import World


def test_every_fact_is_one_that_its_field_may_be(world: World) -> None:
    facts = facts_view.facts_of(world.complaint(product="AX-12", language="fa"))
    listed = [field for field in vocabulary.all_fields() if isinstance(field.domain(), Listed)]
    strange = [one.key for one in listed if facts[one.key] not in (*one.values, None, "")]
    empty = [one.key for one in vocabulary.all_fields() if facts[one.key] in (None, "") and not one.may_be_empty]
    assert (strange, empty) == ([], [])
    assert set(facts) == {field.key for field in vocabulary.all_fields()}


def test_every_field_has_words_in_the_languages_of_the_product(world: World) -> None:
    with override("fa"):
        words = [str(field.label) for field in vocabulary.all_fields()]
        assert len(set(words)) == len(words)
        assert not [word for word in words if word.isascii()]


def test_a_fact_is_read_when_it_is_asked_for(
    world: World, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    complaint = Complaint.objects.select_related("complainant").get(pk=world.complaint(channel="email").pk)
    with django_assert_num_queries(0):
        facts = facts_view.facts_of(complaint)
        assert (facts["channel"], facts["contact_group"], facts.get("weather")) == ("email", "customer", None)
    with django_assert_max_num_queries(1):
        assert (facts["is_repeated"], facts["is_repeated"]) == (False, False)


def test_whoever_has_the_same_address_or_number_complained_before(world: World) -> None:
    world.complaint(complainant=Introduction(name="Mahsa", phone="+989121234567"))
    other = world.complaint(complainant=Introduction(name="Mahsa Kianpour", phone="+989121234567"))
    stranger = world.complaint(complainant=Introduction(name="Mahsa Kianpour"))
    world.complaint(complainant=None)
    nobody = world.complaint(complainant=None)
    assert [facts_view.facts_of(one)["is_repeated"] for one in (other, stranger, nobody)] == [True, False, False]


def test_the_category_is_that_of_the_first_line_that_has_one(world: World) -> None:
    taxonomy.deliver()
    complaint, category = world.taken(), Category.objects.exclude(parent=None).latest("pk")
    assert facts_view.facts_of(complaint)["category"] == ""
    actions.classify(complaint, line=complaint.issue_lines.get(), category=category, by=world.sara)
    facts = facts_view.facts_of(complaint)
    assert (facts["category"], facts["category_group"]) == (category.code, category.parent.code)


@pytest.mark.parametrize(
    ("key", "condition", "is_taken"),
    [
        ("channel", {"is": "in", "value": ["email"]}, True),
        ("channel", {"is": "in", "value": ["pigeon"]}, False),
        ("channel", {"is": "empty"}, False),
        ("channel", {"is": "at_least", "value": 3}, False),
        ("severity", {"is": "between", "value": [2, 4]}, True),
        ("severity", {"is": "at_least", "value": 9}, False),
        ("severity", {"is": "empty"}, True),
        ("days_open", {"is": "at_least", "value": 30}, True),
        ("days_open", {"is": "at_least", "value": -1}, False),
        ("is_safety", {"is": "is", "value": True}, True),
        ("product", {"is": "is", "value": "AX-12"}, True),
        ("product", {"is": "is", "value": 12}, False),
        ("product", {"is": "any"}, True),
    ],
)
@pytest.mark.django_db
def test_a_field_is_asked_only_what_fits_its_kind(key: str, condition: dict[str, Any], is_taken: bool) -> None:
    assert vocabulary.field(key).takes(condition) is is_taken
