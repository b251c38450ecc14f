"""The editor of stages: what is written is kept, what is wrong is told at its step, and nothing is lost."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from shenava.process import actions, publishing
from shenava.process.models import Process, ProcessVersion
from shenava.process.stages import Form, stages_of
from tests.world import World, log_in

TAG = re.compile(r"<(input|select|option|/select)\b([^>]*)>")
LISTED = "{'is': 'in', 'field': 'subject', 'value': ['product']}"
DRAFT = "/desk/processes/warranty/draft/"


def fields(page: str) -> dict[str, list[str]]:
    """What a browser would send of the form of the stages, as the page shows it."""
    sheet = page[page.index('id="sheet"') : page.index("</form>", page.index('id="sheet"'))]
    return dict(_fields(sheet))


def _fields(sheet: str) -> Iterable[tuple[str, list[str]]]:
    found: dict[str, list[str]] = {}
    name = ""
    for tag, attributes in TAG.findall(sheet):
        said = {key: unescape(value) for key, value in re.findall(r'([\w-]+)="([^"]*)"', attributes)}
        ticked = re.search(r"\bchecked\b", attributes) or said.get("type") != "checkbox"
        name = said.get("name", "") if tag == "select" else name
        if tag == "option" and re.search(r"\bselected\b", attributes):
            found.setdefault(name, []).append(said["value"])
        if tag == "input" and ticked and said.get("name"):
            found.setdefault(said["name"], []).append(said.get("value", ""))
    return found.items()


class Editor:
    """An administrator at the page, without JavaScript."""

    def __init__(self, world: World) -> None:
        publishing.deliver()
        self.client = log_in(Client(), world.administrator)
        self.client.post("/desk/processes/new/", {"like": "light", "name_en": "Warranty"})
        self.page = self.client.get(DRAFT).content.decode()

    def write(self, do: str = "look", **said: Any) -> str:
        """Send the form with something changed; keys are names in the form, dots written as double underlines."""
        more = {key.replace("__", "."): value for key, value in said.items()}
        answer = self.client.post(DRAFT, {**fields(self.page), **more, "do": do}, follow=True)
        assert answer.status_code == 200
        self.page = answer.content.decode()
        return self.page

    @property
    def form(self) -> Form:
        form = stages_of(draft().graph)
        assert form is not None
        return form


def draft() -> ProcessVersion:
    found = Process.objects.get(key="warranty").draft
    assert found is not None
    return found


@pytest.fixture
def editor(world: World) -> Editor:
    return Editor(world)


def test_saving_what_the_page_shows_changes_nothing(editor: Editor) -> None:
    before = draft().graph
    editor.write("save")
    assert stages_of(draft().graph) == stages_of(before)


@pytest.mark.parametrize("key", ["complaint", "manufacturer", "retail", "service"])
def test_every_delivered_process_goes_through_the_page_unchanged(editor: Editor, key: str) -> None:
    editor.client.post(f"/desk/processes/{key}/versions/1/")
    page = editor.client.get(f"/desk/processes/{key}/draft/").content.decode()
    editor.client.post(f"/desk/processes/{key}/draft/", {**fields(page), "do": "save"})
    found = Process.objects.get(key=key)
    alone = str(found.current_version.graph).replace("{'is': 'is', 'field': 'subject', 'value': 'product'}", LISTED)
    assert stages_of(found.draft.graph) == stages_of(ast.literal_eval(alone))


def test_a_step_a_task_beside_it_and_an_approval_are_added_named_and_published(editor: Editor, world: World) -> None:
    editor.write("approval-registered")
    editor.write("beside-registered", p__approval__name__en="Approval", p__step__name__en="Answer")
    editor.write("way-beside", p__beside__name__en="Inspection")
    assert "An outcome has no name" in editor.page
    editor.write("save", p__beside__w1__name__fa="خرابی ندارد")
    assert "Every way through it leads to an end" in editor.page
    assert editor.form["beside"].begins_with == "registered"
    assert editor.form["registered"].joined_by == ["decide"]
    assert editor.client.post("/desk/processes/warranty/publication/").status_code == 302
    assert Process.objects.get(key="warranty").current_version.published_by == world.administrator


def test_everything_of_a_step_can_be_said(editor: Editor) -> None:
    editor.write("beside-registered")
    editor.write("timer-registered")
    editor.write("only-beside", p__registered__t0__n="۳", p__registered__t0__unit="working_hours")
    editor.write(
        "save",
        p__registered__role="complaints_manager", p__registered__due="acknowledge",
        p__registered__group__asking="none", p__registered__name__fa="ثبت", p__registered__t0__repeat="2",
        p__beside__n="4", p__beside__unit="working_hours", p__beside__several="quorum", p__beside__role="approver",
        p__responded__warn="20", p__responded__lapse="10",
    )  # fmt: skip
    registered, beside, responded = (editor.form[key] for key in ("registered", "beside", "responded"))
    assert (registered.said["role"], registered.said["due"]) == ("complaints_manager", "acknowledge")
    assert (registered.names["fa"], "refer" in registered.verbs, "note" in registered.verbs) == ("ثبت", False, True)
    assert [(one.after, one.repeat) for one in registered.timers] == [({"working_hours": 3}, 2)]
    assert beside.said == {"role": "approver", "within": {"working_hours": 4}, "several": {"of": "quorum", "count": 1}}
    assert beside.only_if == [{"field": "subject", "is": "in", "value": ["product"]}]
    assert (responded.said["warn_after"], responded.said["lapse_after"]) == (20, 10)


def test_where_a_step_leads_on_which_condition_is_chosen(editor: Editor) -> None:
    editor.write("branch-registered-0")
    editor.write("look", p__registered__w0__b0__c0__field="asks_for_money", p__registered__w0__b0__to="under_review")
    editor.write("save", p__registered__w0__b0__c0__is="yes")
    branches = editor.form["registered"].ways[0].branches
    assert [(one.to, list(one.conditions)) for one in branches] == [
        ("under_review", [{"field": "asks_for_money", "is": "is", "value": True}]),
        ("responded", []),
    ]
    editor.write("unbranch-registered-0-0")
    editor.write("save")
    assert [one.to for one in editor.form["registered"].ways[0].branches] == ["responded"]


def test_what_is_wrong_is_told_at_its_step_and_kept_all_the_same(editor: Editor) -> None:
    editor.write("save", p__registered__w0__to="", p__registered__w0__b0__to="")
    assert "A way out leads nowhere yet" in editor.page
    assert "cannot be put into force yet" in editor.page
    editor.client.post("/desk/processes/warranty/publication/")
    assert Process.objects.get(key="warranty").current_version is None
    assert [one.to for one in editor.form["registered"].ways[0].branches] == [""]


def test_a_step_is_moved_and_taken_away_again(editor: Editor) -> None:
    before = editor.form
    editor.write("stage-registered")
    editor.write("up-step")
    assert editor.page.index('id="p-step"') < editor.page.index('id="p-registered"')
    editor.write("remove-step")
    editor.write("save")
    assert [one.key for one in editor.form.places] == [one.key for one in before.places]
    assert editor.form["registered"].ways == before["registered"].ways


def test_two_who_write_at_once_do_not_overwrite_each_other(editor: Editor, world: World) -> None:
    named = {**draft().graph, "names": {"en": "Theirs"}}
    actions.save_draft(draft().process, content=named, by=world.administrator)
    page = editor.write("save", name__en="Mine")
    assert "Somebody else changed this draft meanwhile" in page
    assert 'value="Mine"' in page
    assert draft().graph["names"] == {"en": "Theirs"}


def test_what_was_drawn_otherwise_is_shown_and_not_changed(editor: Editor, world: World) -> None:
    graph = draft().graph
    nodes = {**graph["nodes"], "letter": {"kind": "message", "message": "letter"}}
    actions.save_draft(draft().process, content={**graph, "nodes": nodes}, by=world.administrator)
    page = editor.client.get(DRAFT).content.decode()
    assert "drawn in a way that a list of steps cannot show" in page
    assert 'id="sheet"' not in page


@pytest.mark.parametrize("was", ["", "[]", "{", '{"key": 1}', '{"nodes": {"a": 1}, "flows": [], "names": {}}'])
def test_nonsense_changes_nothing(editor: Editor, was: str) -> None:
    before = draft().graph
    assert editor.client.post(DRAFT, {"was": was, "do": "save"}).status_code == 302
    assert draft().graph == before


@pytest.mark.parametrize(
    "do", ["", "stage-", "stage-nowhere", "unway-registered", "unbranch-registered-9-9", "sing-registered", "up-closed"]
)
def test_a_button_that_there_is_not_changes_nothing(editor: Editor, do: str) -> None:
    editor.write(do)
    editor.write("save")
    assert stages_of(draft().graph) == editor.form
    assert len(editor.form.places) == 9


@pytest.mark.parametrize("deed", ["publication", "abandonment"])
def test_the_second_click_of_a_double_click_is_told_that_the_draft_is_gone(world: World, deed: str) -> None:
    world.complaint()
    like = ProcessVersion.objects.get(current_for__key="complaint")
    actions.draft_process(like=like, names={"en": "Warranty"}, by=world.administrator)
    client = log_in(Client(), world.administrator)
    assert client.post(f"/desk/processes/warranty/{deed}/").status_code == 302
    again = client.post(f"/desk/processes/warranty/{deed}/", follow=True)
    assert (again.status_code, "no longer there" in again.content.decode()) == (200, True)
    assert client.get(DRAFT).url == "/desk/processes/"
    assert ProcessVersion.objects.filter(process__key="warranty", state="published").count() == (deed == "publication")
