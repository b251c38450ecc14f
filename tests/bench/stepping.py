"""The kernel beside SpiffWorkflow, in one run: a whole life in memory, and one step of a run that was kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from random import Random

from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow

from shenava.process.kernel import Graph, Kernel, State, load
from tests.bench.measuring import Line, times
from tests.process.drawing import Drawing
from tests.process.oracle import Oracle, bpmn
from tests.process.outside import NOON, Facts, Move, made, moves

PROCESSES = 60


class Ours:
    """A process, walked through by its first way on."""

    def __init__(self, graph: Graph) -> None:
        self.graph, self.kernel = graph, Kernel(graph, Facts(), NOON)
        self.moves, self.walked = list[Move](), list[tuple[str, str]]()
        state = self.kernel.start()
        while possible := moves(graph, state):
            kind, key, _word = possible[0]
            self.moves.append(possible[0])
            self.walked.append((kind, (state.timers if kind == "fire" else state.tokens)[key].node))
            state = made(self.kernel, state, possible[0])

    def live(self) -> None:
        """A whole life."""
        state = self.kernel.start()
        for move in self.moves:
            state = made(self.kernel, state, move)

    def step(self, kept: str) -> str:
        """What was kept is loaded, moved and kept again."""
        state = State.from_json(json.loads(kept))
        return json.dumps(made(self.kernel, state, self.moves[0]).as_json())


class Theirs:
    """The same process and the same moves, with its drawing read once."""

    def __init__(self, graph: Graph, walked: list[tuple[str, str]]) -> None:
        parser = BpmnParser()
        parser.add_bpmn_str(bpmn(graph))
        self.specs = parser.get_spec("process"), parser.get_subprocess_specs("process")
        self.facts = {one["field"]: False for flow in graph.flows for one in flow.conditions}
        self.walked, self.serializer = walked, BpmnWorkflowSerializer()

    def live(self) -> None:
        """A whole life."""
        run = Oracle(BpmnWorkflow(*self.specs), self.facts)
        for move in self.walked:
            _moved(run, *move)

    def begun(self) -> str:
        """A run that has just begun, as it is kept."""
        return str(self.serializer.serialize_json(Oracle(BpmnWorkflow(*self.specs), self.facts).run))

    def step(self, kept: str) -> str:
        """What was kept is loaded, moved and kept again."""
        run = Oracle(self.serializer.deserialize_json(kept), self.facts)
        _moved(run, *self.walked[0])
        return str(self.serializer.serialize_json(run.run))


def against_spiff() -> Iterator[Line]:
    """How many times faster the kernel is, on random processes."""
    graphs = [load(Drawing(Random(seed), joins_in_loops=False).content(5)) for seed in range(PROCESSES)]
    ours = [Ours(graph) for graph in graphs]
    theirs = [Theirs(one.graph, one.walked) for one in ours]
    yield _beside("process: a whole life in memory", [one.live for one in ours], [one.live for one in theirs], 50)
    kept = [json.dumps(one.kernel.start().as_json()) for one in ours]
    dumps = [one.begun() for one in theirs]
    yield _beside(
        "process: load, one step, store",
        [lambda one=one, state=state: one.step(state) for one, state in zip(ours, kept, strict=True)],
        [lambda one=one, state=state: one.step(state) for one, state in zip(theirs, dumps, strict=True)],
        20,
    )


def _moved(run: Oracle, kind: str, node: str) -> None:
    (run.fire if kind == "fire" else run.complete)(node)


def _beside(what: str, ours: list[Callable[[], object]], theirs: list[Callable[[], object]], least: int) -> Line:
    own = sum(times(deed, 5)[0] for deed in ours) / len(ours)
    other = sum(times(deed, 5)[0] for deed in theirs) / len(theirs)
    measured, beside = f"{own:.3f} ms, {other / own:.0f} times as fast", f"SpiffWorkflow {other:.2f} ms"
    return Line(what, measured, beside, f"{least} times", other / own >= least)
