"""SpiffWorkflow as an oracle: the same process in another engine, made to answer the same questions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import quoteattr

from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from shenava.process.kernel import Graph, Node, State

TAGS = {
    "start": "startEvent", "end": "endEvent", "task": "userTask", "operation": "userTask", "message": "userTask",
    "exclusive": "exclusiveGateway", "parallel": "parallelGateway", "timer": "intermediateCatchEvent",
    "boundary": "boundaryEvent", "sub": "subProcess",
}  # fmt: skip
HEAD = (
    '<?xml version="1.0"?><bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="definitions" targetNamespace="shenava">'
    '<bpmn:process id="process" isExecutable="true">'
)
AFTER = (
    "<bpmn:timerEventDefinition><bpmn:timeDuration "
    'xsi:type="bpmn:tFormalExpression">"P1D"</bpmn:timeDuration></bpmn:timerEventDefinition>'
)
View = tuple[list[str], list[str], bool]


def view(graph: Graph, state: State) -> View:
    """What waits for somebody, which timers run, and whether it has ended."""
    kinds = [(graph.nodes[token.node].kind, token.node) for token in state.tokens.values()]
    people = sorted(node for kind, node in kinds if kind not in ("sub", "timer"))
    return people, sorted(timer.node for timer in state.timers.values()), state.is_ended


def bpmn(graph: Graph) -> bytes:
    """The process as BPMN 2.0."""
    return (HEAD + "".join(_part(graph, "")) + "</bpmn:process></bpmn:definitions>").encode()


class Oracle:
    """A run of the same process in SpiffWorkflow. `facts` say how each choice is decided."""

    def __init__(self, run: BpmnWorkflow, facts: dict[str, bool]) -> None:
        self.run = run
        self.run.script_engine = _Engine(facts)
        self.run.do_engine_steps()

    @classmethod
    def of(cls, graph: Graph, facts: dict[str, bool]) -> Oracle:
        """A new run of a process."""
        parser = BpmnParser()
        parser.add_bpmn_str(bpmn(graph))
        return cls(BpmnWorkflow(parser.get_spec("process"), parser.get_subprocess_specs("process")), facts)

    def view(self) -> View:
        """As `view`."""
        people = [task.task_spec.name for task in self.run.get_tasks(state=TaskState.READY) if task.task_spec.manual]
        return sorted(people), sorted(task.task_spec.name for task in self._timers()), self.run.completed

    def complete(self, node: str) -> None:
        """Somebody has done what waits at this node."""
        ready = self.run.get_tasks(state=TaskState.READY)
        next(task for task in ready if task.task_spec.name == node).run()
        self.run.do_engine_steps()

    def fire(self, node: str) -> None:
        """The time of this timer has come."""
        next(task for task in self._timers() if task.task_spec.name == node)._set_internal_data(event_fired=True)
        self.run.refresh_timers()
        self.run.do_engine_steps()

    def _timers(self) -> list[Task]:
        waiting = self.run.get_tasks(state=TaskState.WAITING)
        return [task for task in waiting if task.task_spec.name.startswith(("timer", "boundary"))]


class _Engine(PythonScriptEngine):  # type: ignore[misc]
    """Expressions are the names of facts; only the length of a timer is one of theirs."""

    def __init__(self, facts: dict[str, bool]) -> None:
        super().__init__()
        self.facts = facts

    def evaluate(self, task: Task, expression: str, external_context: Any = None) -> Any:
        return "P1D" if expression == '"P1D"' else self.facts[expression]


def _part(graph: Graph, inside: str) -> Iterator[str]:
    ids = {id(flow): f"flow_{number}" for number, flow in enumerate(graph.flows)}
    for node in graph.nodes.values():
        if node.inside == inside:
            ways = [f"<bpmn:incoming>{ids[id(flow)]}</bpmn:incoming>" for flow in graph.into[node.key]]
            ways += [f"<bpmn:outgoing>{ids[id(flow)]}</bpmn:outgoing>" for flow in graph.out[node.key]]
            inner = "".join([*ways, *(_part(graph, node.key) if node.kind == "sub" else []), _timer(node)])
            tag = f"bpmn:{TAGS[node.kind]}"
            yield f"<{tag} id={quoteattr(node.key)}{_more(graph, node, ids)}>{inner}</{tag}>"
    for flow in graph.flows:
        if graph.nodes[flow.source].inside == inside:
            asked = "".join(_condition(condition["field"]) for condition in flow.conditions)
            ends = f'sourceRef="{flow.source}" targetRef="{flow.target}"'
            yield f'<bpmn:sequenceFlow id="{ids[id(flow)]}" {ends}>{asked}</bpmn:sequenceFlow>'


def _condition(name: str) -> str:
    return f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{name}</bpmn:conditionExpression>'


def _timer(node: Node) -> str:
    return AFTER if node.kind in ("timer", "boundary") else ""


def _more(graph: Graph, node: Node, ids: dict[int, str]) -> str:
    if node.kind == "boundary":
        return f' attachedToRef="{node.at}" cancelActivity="{str(node.interrupting).lower()}"'
    default = next((ids[id(flow)] for flow in graph.out[node.key] if flow.otherwise), "")
    return f' default="{default}"' if default else ""
