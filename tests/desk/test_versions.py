"""Versions of a process as the administrator looks through them, and what differs between two."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from shenava.desk.verbs import OTHERS, verb_label
from shenava.process import actions, publishing, vocabulary
from shenava.process.models import Process, ProcessVersion
from tests.process.samples import branching
from tests.world import World, log_in


def words(answer: Any) -> str:
    """The words of a page, without marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_every_version_says_who_published_it_and_how_many_open_complaints_follow_it(world: World) -> None:
    world.complaint()
    publishing.publish(branching(), by=world.administrator)
    world.complaint()
    world.complaint()
    answer = log_in(Client(), world.administrator).get("/desk/processes/complaint/versions/")
    assert [(one.number, one.open) for one in answer.context["versions"]] == [(2, 2), (1, 1)]
    assert str(world.administrator) in words(answer)


def test_an_earlier_version_is_put_back_as_the_draft_from_here(world: World) -> None:
    world.complaint()
    publishing.publish(branching(), by=world.administrator)
    client = log_in(Client(), world.administrator)
    page = client.get("/desk/processes/complaint/versions/").content.decode()
    assert 'action="/desk/processes/complaint/versions/1/"' in page
    assert client.post("/desk/processes/complaint/versions/1/").url == "/desk/processes/complaint/draft/"
    draft = ProcessVersion.objects.get(state="draft")
    assert draft.graph == ProcessVersion.objects.get(process=draft.process, number=1).graph


def test_a_process_that_was_never_in_force_is_compared_with_nothing(world: World) -> None:
    world.complaint()
    like = ProcessVersion.objects.get(current_for__key="complaint")
    own = actions.draft_process(like=like, names={"en": "Warranty"}, by=world.administrator)
    page = log_in(Client(), world.administrator).get(f"/desk/processes/{own.process.key}/versions/").content.decode()
    assert f"/desk/processes/{own.process.key}/try/" in page
    assert f"/desk/processes/{own.process.key}/diff/" not in page


def test_what_differs_is_told_in_words_and_the_last_two_are_compared_unasked(world: World) -> None:
    world.complaint()
    publishing.publish(branching(within={"working_days": 2}), by=world.administrator)
    client = log_in(Client(), world.administrator)
    told = client.get("/desk/processes/complaint/diff/")
    assert (told.context["old"].number, told.context["new"].number) == (1, 2)
    assert "Several ways at once" in told.context["added"]
    assert "Deadline of a step: 3 days" in told.context["added"]
    assert told.context["removed"] == []
    [(step, changes)] = told.context["changed"]
    assert step == "In handling"
    assert tuple(changes[0]) == ("What can be done here", "Note", "")
    assert ("Where it leads", "", "Note → Several ways at once") in changes


def test_a_draft_that_cannot_be_put_into_force_yet_is_compared_all_the_same(world: World) -> None:
    world.complaint()
    process = Process.objects.get(key="complaint")
    draft = actions.draft_process(like=process.current_version, names=process.names, by=world.administrator)
    faulty = {**draft.graph, "flows": [*draft.graph["flows"], {"from": "in_handling", "to": "nowhere", "on": "note"}]}
    actions.save_draft(draft.process, content=faulty, by=world.administrator)
    told = log_in(Client(), world.administrator).get(f"/desk/processes/{draft.process.key}/diff/")
    assert told.status_code == 200


def test_the_same_version_differs_by_nothing_and_one_that_there_is_not_is_not_found(world: World) -> None:
    world.complaint()
    client = log_in(Client(), world.administrator)
    assert "Nothing differs." in words(client.get("/desk/processes/complaint/diff/?from=1&to=1"))
    wrong = ("from=7", "from=x", "to=-1", "from=²", "to=99999999999999999999")
    assert [client.get(f"/desk/processes/complaint/diff/?{one}").status_code for one in wrong] == [404] * 5
    assert client.get("/desk/processes/nothing/versions/").status_code == 404


def test_every_verb_of_a_drawing_has_a_name() -> None:
    assert [verb for verb in sorted(vocabulary.known_verbs()) if verb_label(verb) == verb] == []
    assert set(OTHERS) <= vocabulary.known_verbs() | {"finish_step"}
