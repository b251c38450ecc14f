"""Walking: within one move, tokens go on until each of them waits for somebody or something."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import TYPE_CHECKING

from shenava.process.kernel.graph import WAITING, Flow, Node
from shenava.process.kernel.state import State, StuckError, Timer, Token

if TYPE_CHECKING:
    from shenava.process.kernel.moves import Kernel

LIMIT = 500
"""So many nodes are passed in one move; more is a process that goes round by itself."""


class Walk:
    """A copy of the state in which tokens are moved. `coming` are those on their way: node, scope, by which flow."""

    def __init__(self, kernel: Kernel, state: State) -> None:
        self.graph, self.outside, self.now, self.passed = kernel.graph, kernel.outside, kernel.now, kernel.passed
        self.here, self.last, self.outcome = state.here, state.last, state.outcome if state.tokens else ""
        self.tokens, self.timers, self.decided = dict(state.tokens), dict(state.timers), dict(state.decided)
        self.joins = {key: dict(counts) for key, counts in state.joins.items()} if state.joins else {}
        self.paused_at = state.paused_at
        self.coming: deque[tuple[Node, str, Flow | None]] = deque()

    def enter(self, node: str, scope: str, flow: Flow | None = None) -> None:
        """Let a token come to a node."""
        self.coming.append((self.graph.nodes[node], scope, flow))

    def follow(self, flows: Iterable[Flow], scope: str) -> None:
        """Let a token go along each of these ways."""
        for flow in flows:
            self.enter(flow.target, scope, flow)

    def drop(self, token: str) -> None:
        """Take a token away, with its timers and with whatever goes on inside it."""
        dropped = self.tokens.pop(token, None)
        if dropped is None:
            return
        if self.timers:
            self.timers = {key: timer for key, timer in self.timers.items() if timer.token != token}
        if self.graph.nodes[dropped.node].kind == "sub":
            self.end_all(token)

    def end_all(self, scope: str) -> None:
        """Take away all that goes on in a scope."""
        for inner in [key for key, token in self.tokens.items() if token.scope == scope]:
            self.drop(inner)
        self.joins = {key: counts for key, counts in self.joins.items() if _scope_of(key) != scope}
        self.coming = deque(one for one in self.coming if one[1] != scope)

    def set_timer(self, node: Node, token: str, left: int) -> None:
        """Set a timer for a token, counted from now."""
        self.last += 1
        due = self.outside.due(node.after, self.paused_at or self.now)
        self.timers[str(self.last)] = Timer(node.key, token, due, left)

    def settled(self) -> State:
        """The state when every token waits, or none is left."""
        passed = 0
        while self.coming:
            node, scope, flow = self.coming.popleft()
            passed += 1
            self.passed.add(node.key)
            if passed > LIMIT:
                raise StuckError(node.key, "is passed again and again, and nobody is asked")
            self._pass(node, scope, flow)
        paused_at = self.paused_at if self.tokens else None
        return State(self.here, self.tokens, self.joins, self.timers, self.decided, self.last, self.outcome, paused_at)

    def _pass(self, node: Node, scope: str, flow: Flow | None) -> None:
        if node.kind in WAITING:
            self._wait(node, scope)
        elif node.kind == "end":
            self._end(node, scope, flow)
        elif node.kind == "exclusive":
            self.follow((self._chosen(node),), scope)
        elif node.kind == "parallel" and not self._is_joined(node, scope, flow):
            self._leave_if_over(scope)
        else:
            if node.kind == "decision":
                self.decided.update(self.outside.decide(node.table, self.decided))
            self.follow(self.graph.out[node.key], scope)

    def _wait(self, node: Node, scope: str) -> None:
        self.last += 1
        key = str(self.last)
        self.tokens[key] = Token(node.key, scope)
        if node.kind == "stage":
            self.here = node.key
        if node.kind == "timer":
            self.set_timer(node, key, 0)
        for boundary in self.graph.boundaries[node.key]:
            self.set_timer(boundary, key, boundary.repeat)
        if node.kind == "sub":
            self.enter(self.graph.starts[node.key].key, key)

    def _end(self, node: Node, scope: str, flow: Flow | None) -> None:
        if not scope:
            self.outcome = (flow.outcome if flow else "") or node.outcome or node.key
        if node.is_rest:
            self.here = node.key
        if node.is_rest or node.terminate:
            self.end_all(scope)
        self._leave_if_over(scope)

    def _chosen(self, node: Node) -> Flow:
        ways = self.graph.out[node.key]
        for flow in ways:
            if flow.conditions and self.outside.holds(flow.conditions, self.decided):
                return flow
        plain = [flow for flow in ways if not flow.conditions]
        if not plain:
            raise StuckError(node.key, "has no way for what is the case")
        return plain[0]

    def _is_joined(self, node: Node, scope: str, flow: Flow | None) -> bool:
        """Has something come in by every flow? Each flow is counted for itself: two by one are not one by each."""
        if len(self.graph.into[node.key]) < 2 or flow is None:
            return True
        key = f"{scope}|{node.key}"
        counts = self.joins.setdefault(key, {})
        counts[flow.key] = counts.get(flow.key, 0) + 1
        if len(counts) < len(self.graph.into[node.key]):
            return False
        del self.joins[key]
        left = {name: count - 1 for name, count in counts.items() if count > 1}
        if left:
            self.joins[key] = left
        return True

    def _leave_if_over(self, scope: str) -> None:
        """Where nothing goes on any more in a sub-process, its own token goes on; in the whole, the run has ended."""
        if any(one[1] == scope for one in self.coming) or any(token.scope == scope for token in self.tokens.values()):
            return
        waiting = next((key for key in self.joins if _scope_of(key) == scope), None)
        if waiting is not None:
            raise StuckError(waiting.partition("|")[2], "waits for a branch that can no longer come")
        if scope in self.tokens:
            outer = self.tokens[scope]
            self.drop(scope)
            self.follow(self.graph.out[outer.node], outer.scope)


def _scope_of(join: str) -> str:
    return join.partition("|")[0]
