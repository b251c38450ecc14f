"""Trying a version of a process: an imagined complaint goes through it step by step. Nothing is kept: all that was
chosen stands in the address."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shenava.common import clock
from shenava.desk.access import administrators_only
from shenava.desk.drawn_words import ROLES, DrawnWords, span
from shenava.desk.forms.trials import ImaginedForm
from shenava.desk.verbs import verb_label
from shenava.desk.views.versions import named, version_of
from shenava.pages.diagram import CURRENT, DONE, Mark
from shenava.process.kernel import FaultyGraphError, load
from shenava.process.models import Process
from shenava.process.outside import World, due
from shenava.process.questions import question
from shenava.process.trial import MOST, Choice, Imagined, Passage, Trial

DAYS = (1, 3, 7, 14, 30)
UNTOLD = frozenset({"start", "exclusive", "parallel"})
"""Kinds of nodes where nobody does anything: they are in the picture."""


class Told(NamedTuple):
    """One passage in words: when, what was chosen, the steps that were come to, and the moments that are set."""

    at: datetime
    choice: str
    steps: list[tuple[str, str]]
    deadlines: list[tuple[str, datetime]]


@require_safe
@administrators_only
def trial(request: Any, process: str) -> HttpResponse:
    """Go where the choices lead; by default through the version in force."""
    drawn = get_object_or_404(Process.objects.select_related("current_version"), key=process)
    version = version_of(drawn, request.GET.get("version", "") or str(_newest(drawn)))
    context = {"version": version, **named(request, drawn)}
    try:
        graph = load(version.graph)
    except FaultyGraphError:
        return render(request, "desk/process_trial.html", context)
    form, begun = ImaginedForm(request.GET), _begun(request.GET.get("at", ""))
    choices = [found for one in request.GET.getlist("c")[:MOST] if (found := Choice.read(one))]
    world = Imagined(form.facts(), World(None))
    tried = Trial(graph, world, begun).run(choices)
    if "usual" in request.GET:
        return redirect(f"{request.path}?{_address(request, begun, _usual(tried, choices, world, begun))}")
    back = {"begun": begun.isoformat(), "choices": choices, "before": _address(request, begun, choices[:-1])}
    return render(request, "desk/process_trial.html", context | back | {"form": form} | _told(tried, world))


def _newest(process: Process) -> int:
    """The version in force; of a process that has never been, its draft."""
    newest = process.current_version or process.draft
    return newest.number if newest else 0


def _usual(tried: Trial, choices: list[Choice], world: Imagined, begun: datetime) -> list[Choice]:
    """What was chosen, and then always what usually happens, to the end or as far as a trial goes."""
    found = list(choices)
    while len(found) < MOST and (usual := tried.usual()) is not None and tried.stopped is None:
        found.append(usual)
        tried = Trial(tried.graph, world, begun).run(found)
    return found


def _begun(said: str) -> datetime:
    try:
        begun = datetime.fromisoformat(said)
    except ValueError:
        begun = clock.now()
    return begun if begun.tzinfo and 2000 < begun.year < 2200 else clock.now()


def _address(request: Any, begun: datetime, choices: list[Choice]) -> str:
    kept = [(key, value) for key, value in request.GET.items() if key not in ("c", "at", "usual")]
    return urlencode([*kept, ("at", begun.isoformat()), *(("c", str(one)) for one in choices)])


def _told(tried: Trial, world: Imagined) -> dict[str, Any]:
    words, state = DrawnWords(tried.graph), tried.state
    waiting = {token.node for token in state.tokens.values()} | ({state.here} if state.is_ended else set())
    seen = {key for one in tried.passages for key in one.passed}
    asked = {key: question(key) for key in world.said}
    answers = [
        (one.label, output.label, dict(output.choices()).get(world.said[key][output.key], world.said[key][output.key]))
        for key, one in asked.items() if one
        for output in one.outputs if output.key in world.said[key]
    ]  # fmt: skip
    return {
        "trial": tried, "graph": tried.graph, "answers": answers,
        "marks": {key: Mark(state=CURRENT if key in waiting else DONE) for key in seen},
        "passages": [_passage(one, tried, words) for one in tried.passages],
        "possible": [(str(one), _choice(one, tried, words)) for one in tried.possible()],
        "days": [(f"days:{number}", span({"days": number})) for number in DAYS],
    }  # fmt: skip


def _passage(one: Passage, tried: Trial, words: DrawnWords) -> Told:
    nodes = [tried.graph.nodes[key] for key in one.passed]
    steps = [(words.name_of(node), str(ROLES.get(node.role, ""))) for node in nodes if node.kind not in UNTOLD]
    set_now = [(words.name(timer.node), timer.due) for timer in one.state.ticking.values()]
    set_now += [(words.name_of(node), due(node.within, one.at)) for node in nodes if node.within]
    return Told(one.at, _choice(one.choice, tried, words) if one.choice else _("It begins"), steps, sorted(set_now))


def _choice(one: Choice, tried: Trial, words: DrawnWords) -> str:
    if one.kind == "verb":
        return verb_label(one.word)
    if one.kind == "days":
        return _("{time} pass").format(time=span({"days": one.days}))
    if one.kind == "come":
        return _("{step}: done, or come").format(step=words.name(one.word))
    node = next((token.node for token in _tokens(tried, one.token)), "")
    way = tried.graph.way(node, one.word)
    outcome = (way.names.get(words.language) or way.names.get("en") or one.word) if way else one.word
    return f"{words.name(node)}: {outcome}"


def _tokens(tried: Trial, key: str) -> list[Any]:
    return [one.state.tokens[key] for one in tried.passages if key in one.state.tokens]
