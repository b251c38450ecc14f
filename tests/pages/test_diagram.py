"""The diagram: what is drawn of a process, in the reader's language and direction."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from django.utils import translation

from shenava.pages.diagram import CURRENT, DONE, LATE, Mark, diagram
from shenava.process.kernel import Graph, load
from shenava.ui.reader import Reader
from tests.process.samples import branching, default

MARKS = {
    "registered": Mark(state=DONE, label="Sara Karimi"),
    "in_handling": Mark(state=LATE, label="Reza Moradi", count=3, late=1, href="/desk/complaints/", late_href="/late/"),
}


def shown(graph: Graph, language: str = "en") -> str:
    """The tag as a page of this reader shows it."""
    with translation.override(language):
        context = Context({"graph": graph, "marks": MARKS, "taken": {"draft>registered:register"}})
        return Template("{% process_diagram graph marks taken=taken %}").render(context)


def picture(graph: Graph, language: str = "en") -> ElementTree.Element:
    html = shown(graph, language)
    return ElementTree.fromstring(html[html.index("<svg") : html.index("</svg>") + 6])


def test_every_step_can_be_reached_by_keyboard_and_says_what_it_is() -> None:
    nodes = [one for one in picture(default()).iter() if one.get("class") == "node"]
    named = [one for one in nodes if one.get("aria-label")]
    assert {one.get("tabindex") for one in named if one.tag == "g"} == {"0"}
    assert "Responded · complaint officer" in {one.get("aria-label") for one in named}
    assert [one.find("title").text for one in named] == [one.get("aria-label") for one in named]


def test_a_mark_is_told_drawn_and_leads_to_what_is_behind_it() -> None:
    link, number, late = picture(default()).iter("a")
    assert link.get("href") == "/desk/complaints/"
    assert link.get("aria-label") == "In handling · complaint officer · late · Reza Moradi · 3 open · 1 late"
    assert [text.text for text in link.iter("text")] == ["In handling"]
    assert (number.get("href"), number.find("text").text) == ("/desk/complaints/", "3")
    assert (late.get("href"), late.get("aria-label")) == ("/late/", "In handling · 1 late")


@pytest.mark.parametrize(("language", "words"), [("fa", "در دست رسیدگی"), ("he", "בטיפול")])
def test_it_is_in_the_readers_language_and_mirrored(language: str, words: str) -> None:
    there, here = (diagram(default(), {}, Reader(one)).drawing.boxes["closed"].x for one in ("en", language))
    assert there > diagram(default(), {}, Reader("en")).drawing.width // 2 > here
    assert words in shown(default(), language)
    assert "In handling" not in shown(default(), language)


def test_what_is_under_way_is_where_the_picture_is_looked_at() -> None:
    drawn = diagram(default(), {"responded": Mark(state=CURRENT)}, Reader("en"))
    assert drawn.here == drawn.drawing.boxes["responded"].middle.x
    assert diagram(default(), {}, Reader("en")).here == -1


def test_only_ways_that_were_taken_are_marked_as_such() -> None:
    assert len(re.findall(r"data-taken", shown(default()))) == 1


def test_what_happens_by_itself_says_so() -> None:
    assert "Remind the holder" in shown(load(branching()))


def test_nothing_that_was_written_can_break_out_of_the_picture() -> None:
    content = branching()
    content["nodes"]["in_handling"]["names"]["en"] = "<script>"
    assert "<script>" not in shown(load(content))
