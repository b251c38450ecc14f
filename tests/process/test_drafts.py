"""Drafts of processes: nothing follows them, nothing that was written is lost, and only what is sound is published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from shenava.complaints import actions as deeds
from shenava.journal.actions import Refused
from shenava.journal.models import Entry
from shenava.journal.verify import verify
from shenava.process import actions, publishing
from shenava.process.kernel import FaultyGraphError
from shenava.process.models import Process, ProcessVersion
from tests.world import World

WARRANTY = {"en": "Warranty", "fa": "گارانتی", "he": "אחריות"}


def delivered(key: str = "complaint") -> ProcessVersion:
    publishing.deliver()
    return ProcessVersion.objects.get(current_for__key=key)


def renamed(draft: ProcessVersion, name: str) -> dict[str, Any]:
    """What the draft says, with another name of the step of handling."""
    node = {**draft.graph["nodes"]["in_handling"], "names": dict.fromkeys(WARRANTY, name)}
    return {**draft.graph, "nodes": {**draft.graph["nodes"], "in_handling": node}}


def warranty(world: World, names: Mapping[str, str] = WARRANTY) -> ProcessVersion:
    return actions.draft_process(like=delivered("light"), names=names, by=world.administrator)


def test_a_new_process_begins_as_a_draft_of_what_another_says(world: World) -> None:
    draft = warranty(world)
    light = Process.objects.get(key="light")
    assert (draft.process.key, draft.process.current_version, draft.state) == ("warranty", None, "draft")
    assert draft.graph == {**light.current_version.graph, "key": "warranty", "names": WARRANTY}
    assert world.complaint().instance.version.process.key == "complaint"


def test_a_process_without_an_english_name_gets_a_key_too_and_no_two_have_the_same(world: World) -> None:
    names = [{"fa": "گارانتی"}, {"he": "אחריות"}, {"en": "Warranty 2"}, {"en": "Warranty 2"}, {"en": "3 Days"}]
    keys = [warranty(world, one).process.key for one in names]
    assert keys == ["process", "process_2", "warranty", "warranty_2", "days"]


def test_a_process_has_a_name(world: World) -> None:
    with pytest.raises(ValidationError, match="name"):
        warranty(world, {"en": " "})
    assert not ProcessVersion.objects.filter(state="draft").exists()


def test_a_draft_is_published_as_the_next_version_and_complaints_under_way_keep_theirs(world: World) -> None:
    like = delivered()
    before = world.taken()
    draft = actions.draft_process(like=like, by=world.administrator)
    actions.save_draft(draft.process, content=renamed(draft, "At work"), by=world.administrator)
    published = actions.publish_process(draft.process, by=world.administrator)
    assert (published.pk, published.number, published.state) == (draft.pk, 2, "published")
    assert (published.published_by, ProcessVersion.objects.get(pk=like.pk).state) == (world.administrator, "retired")
    after = world.taken()
    before.refresh_from_db()
    assert (before.instance.version, after.instance.version) == (like, published)
    assert deeds.note(before, text="Still here.", by=world.sara)


def test_an_unsound_draft_is_kept_and_not_published(world: World) -> None:
    draft = warranty(world)
    faulty = {**draft.graph, "flows": draft.graph["flows"][:2]}
    actions.save_draft(draft.process, content=faulty, by=world.administrator)
    with pytest.raises(FaultyGraphError) as refusal:
        actions.publish_process(draft.process, by=world.administrator)
    assert "closed" in {fault.node for fault in refusal.value.faults}
    draft.refresh_from_db()
    assert (draft.state, draft.graph) == ("draft", faulty)
    assert Process.objects.get(key="warranty").current_version is None


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(world: World) -> None:
    draft = actions.draft_process(like=delivered(), by=world.administrator)
    read = draft.sha256
    theirs = actions.save_draft(
        draft.process, content=renamed(draft, "Theirs"), instead_of=read, by=world.administrator
    )
    with pytest.raises(ValidationError, match="meanwhile"):
        actions.save_draft(draft.process, content=renamed(draft, "Mine"), instead_of=read, by=world.administrator)
    draft.refresh_from_db()
    assert draft.graph == theirs.graph


def test_a_process_has_one_draft_and_a_second_one_loses_nothing(world: World) -> None:
    draft = actions.draft_process(like=delivered(), by=world.administrator)
    kept = actions.save_draft(draft.process, content=renamed(draft, "Mine"), by=world.administrator)
    with pytest.raises(ValidationError, match="already"):
        actions.draft_process(like=delivered(), by=world.administrator)
    draft.refresh_from_db()
    assert draft.graph == kept.graph


def test_a_draft_that_changes_nothing_is_not_published(world: World) -> None:
    draft = actions.draft_process(like=delivered(), by=world.administrator)
    with pytest.raises(ValidationError, match="same"):
        actions.publish_process(draft.process, by=world.administrator)
    assert Process.objects.get(key="complaint").current_version.number == 1


def test_what_is_delivered_meanwhile_takes_no_number_from_a_draft(world: World) -> None:
    draft = actions.draft_process(like=delivered(), by=world.administrator)
    newer = publishing.publish(renamed(draft, "Newer"), by=world.system)
    actions.save_draft(draft.process, content=renamed(draft, "Ours"), by=world.administrator)
    ours = actions.publish_process(draft.process, by=world.administrator)
    assert (newer.number, ours.number, ours.process.current_version) == (2, 3, ours)


def test_a_draft_that_is_given_up_is_gone_and_what_is_in_force_stays(world: World) -> None:
    like = delivered()
    draft = actions.draft_process(like=like, by=world.administrator)
    actions.drop_draft(draft.process, by=world.administrator)
    assert draft.process.draft is None
    assert Process.objects.get(key="complaint").current_version == like
    with pytest.raises(ValidationError, match="no draft"):
        actions.drop_draft(draft.process, by=world.administrator)


def test_what_is_no_process_or_far_too_long_is_not_kept(world: World) -> None:
    draft = warranty(world)
    kept = draft.sha256
    for content in ({"names": [], "nodes": {}}, {"names": {}}, {**draft.graph, "purpose": "!" * 500_001}):
        with pytest.raises(ValidationError):
            actions.save_draft(draft.process, content=content, by=world.administrator)
    draft.refresh_from_db()
    assert draft.sha256 == kept


def test_everything_that_is_done_to_a_draft_is_on_record(world: World) -> None:
    draft = actions.draft_process(like=delivered(), by=world.administrator)
    actions.save_draft(draft.process, content=renamed(draft, "At work"), by=world.administrator)
    actions.publish_process(draft.process, by=world.administrator)
    again = actions.draft_process(like=delivered(), by=world.administrator)
    actions.drop_draft(again.process, by=world.administrator)
    entries = Entry.objects.filter(stream__name=draft.process.journal_stream, by=world.administrator).order_by("seq")
    assert [entry.kind for entry in entries] == [
        "process.drafted", "process.draft_saved", "process.published", "process.drafted", "process.draft_dropped",
    ]  # fmt: skip
    assert not verify().broken


@pytest.mark.parametrize("who", ["sara", "manager", "auditor", "agent"])
def test_only_an_administrator_writes_processes(world: World, who: str) -> None:
    draft = actions.draft_process(like=delivered(), by=world.administrator)
    somebody = getattr(world, who)
    with pytest.raises(Refused):
        actions.draft_process(like=delivered("light"), by=somebody)
    with pytest.raises(Refused):
        actions.save_draft(draft.process, content=renamed(draft, "Mine"), by=somebody)
    with pytest.raises(Refused):
        actions.publish_process(draft.process, by=somebody)
    with pytest.raises(Refused):
        actions.drop_draft(draft.process, by=somebody)
    assert [one.graph for one in ProcessVersion.objects.filter(state="draft")] == [draft.graph]
