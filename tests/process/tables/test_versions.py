"""Tables in versions: a draft decides nothing, what is published stays as it is, and who did what is on record."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from shenava.journal.actions import Refused
from shenava.journal.models import Entry
from shenava.journal.verify import verify
from shenava.process import deciding
from shenava.process import table_actions as actions
from shenava.process.models import DecisionTable, TableVersion
from shenava.process.models.tables import FinalTableError
from tests.process.tables.writing import asked, content, put_into_force, row
from tests.world import World

SEVERE = {"severity": 5, "importance": 5}
ALL_HIGH = row({"priority": 3})
ALL_LOW = row({"priority": 1})


def states() -> list[tuple[int, str]]:
    return list(TableVersion.objects.order_by("number").values_list("number", "state"))


def test_without_a_table_of_ones_own_the_delivered_one_answers(world: World) -> None:
    assert deciding.answer("priority", SEVERE) == {"priority": 4}
    assert deciding.published("weather") is None
    assert deciding.answer("weather", SEVERE) == {}


def test_a_draft_decides_nothing_until_it_is_published(world: World) -> None:
    draft = actions.save_table(of=asked("priority"), content=content("priority", ALL_LOW), by=world.administrator)
    assert deciding.answer("priority", SEVERE) == {"priority": 4}
    actions.publish_table(draft.table, by=world.administrator)
    assert deciding.answer("priority", SEVERE) == {"priority": 1}


def test_there_is_one_draft_and_one_table_in_force_and_the_others_stay_on_record(world: World) -> None:
    put_into_force("priority", ALL_LOW, by=world.administrator)
    put_into_force("priority", ALL_HIGH, by=world.administrator)
    actions.save_table(of=asked("priority"), content=content("priority"), by=world.administrator)
    actions.save_table(of=asked("priority"), content=content("priority", ALL_LOW), by=world.administrator)
    assert states() == [(1, "retired"), (2, "published"), (3, "draft")]
    assert deciding.answer("priority", SEVERE) == {"priority": 3}


def test_every_saving_and_publishing_is_on_record(world: World) -> None:
    version = put_into_force("priority", ALL_LOW, by=world.administrator)
    actions.save_table(of=asked("priority"), content=content("priority"), by=world.administrator)
    actions.drop_draft(version.table, by=world.administrator)
    entries = Entry.objects.filter(stream__name=version.table.journal_stream).order_by("seq")
    kinds = ["process.table_saved", "process.table_published", "process.table_saved", "process.table_dropped"]
    assert [entry.kind for entry in entries] == kinds
    assert {entry.by for entry in entries} == {world.administrator}
    assert not verify().broken


@pytest.mark.parametrize("who", ["sara", "manager", "auditor", "system"])
def test_only_administrators_write_rules(world: World, who: str) -> None:
    with pytest.raises(Refused):
        actions.save_table(of=asked("priority"), content=content("priority"), by=getattr(world, who))
    assert not DecisionTable.objects.exists()


def test_a_published_version_never_changes(world: World) -> None:
    version = put_into_force("priority", ALL_LOW, by=world.administrator)
    version.content = content("priority", ALL_HIGH)
    with pytest.raises(FinalTableError):
        version.save()
    with pytest.raises(FinalTableError):
        version.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        TableVersion.objects.filter(pk=version.pk).update(content={})
    assert deciding.answer("priority", SEVERE) == {"priority": 1}


@pytest.mark.parametrize(
    ("faulty", "what"),
    [
        (row({"priority": 9}), "no_answer"),
        (row({}), "no_answer"),
        (row({"priority": 1}, severity=("at_least", 9)), "no_value"),
        (row({"priority": 1}, severity=("at_least", None)), "no_value"),
        (row({"priority": 1}, channel=("in", ["pigeon"])), "no_value"),
        (row({"priority": 1}, priority=("is", 1)), "no_field"),
    ],
)
def test_a_table_with_a_fault_is_kept_and_not_published(world: World, faulty: dict[str, Any], what: str) -> None:
    written = content("priority", ALL_LOW, faulty)
    draft = actions.save_table(of=asked("priority"), content=written, by=world.administrator)
    assert [(fault.what, fault.row) for fault in deciding.check(asked("priority"), written)] == [(what, 1)]
    with pytest.raises(ValidationError):
        actions.publish_table(draft.table, by=world.administrator)
    assert states() == [(1, "draft")]


def test_what_has_to_be_answered_is_answered_for_everything(world: World) -> None:
    grave = row({"priority": 4}, severity=("at_least", 4))
    with pytest.raises(ValidationError):
        put_into_force("priority", grave, by=world.administrator)
    put_into_force("priority", grave, ALL_LOW, by=world.administrator)
    assert deciding.answer("priority", {"severity": 3}) == {"priority": 1}


def test_what_somebody_else_wrote_meanwhile_is_not_written_over(world: World) -> None:
    first = actions.save_table(of=asked("priority"), content=content("priority", ALL_LOW), by=world.administrator)
    with pytest.raises(ValidationError):
        actions.save_table(of=asked("priority"), content=content("priority"), instead_of="", by=world.administrator)
    late = content("priority", ALL_HIGH)
    actions.save_table(of=asked("priority"), content=late, instead_of=first.sha256, by=world.administrator)
    assert TableVersion.objects.get().content == late


def test_a_table_has_an_end(world: World) -> None:
    long = content("priority", *[ALL_LOW] * (actions.MOST_ROWS + 1))
    with pytest.raises(ValidationError):
        actions.save_table(of=asked("priority"), content=long, by=world.administrator)
    assert states() == []


def test_without_a_draft_there_is_nothing_to_publish_or_to_give_up(world: World) -> None:
    version = put_into_force("priority", ALL_LOW, by=world.administrator)
    for verb in (actions.publish_table, actions.drop_draft):
        with pytest.raises(ValidationError):
            verb(version.table, by=world.administrator)
    assert states() == [(1, "published")]


def test_a_request_asks_for_all_tables_once(world: World, django_assert_num_queries: Any) -> None:
    put_into_force("priority", ALL_LOW, by=world.administrator)
    with django_assert_num_queries(1):
        assert deciding.answer("priority", SEVERE) == {"priority": 1}
