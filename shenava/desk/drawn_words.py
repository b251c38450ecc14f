"""A drawing in the reader's words: its steps, ways, conditions and spans, and what differs between two of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from shenava.common.dates import digits
from shenava.deadlines.models import ClockKind
from shenava.desk.sheet import OPERATORS
from shenava.desk.verbs import verb_label
from shenava.pages import diagram
from shenava.people.models import Role
from shenava.process import vocabulary
from shenava.process.comparing import Changed
from shenava.process.fields import YES_NO
from shenava.process.kernel import Flow, Graph, Node
from shenava.process.questions import question
from shenava.ui.reader import current_reader

KINDS: dict[str, Promise | str] = {
    **diagram.KINDS,
    "start": pgettext_lazy("step of a process", "Beginning"),
    "stage": pgettext_lazy("step of a process", "Stage"),
    "task": pgettext_lazy("step of a process", "Task beside the handling"),
    "exclusive": pgettext_lazy("step of a process", "One way of several"),
    "parallel": pgettext_lazy("step of a process", "Several ways at once"),
    "boundary": pgettext_lazy("step of a process", "Deadline of a step"),
    "end": pgettext_lazy("step of a process", "End"),
}
FIELDS: dict[str, Promise | str] = {
    "kind": gettext_lazy("What it is"),
    "role": gettext_lazy("Who does it"),
    "due": gettext_lazy("The promise that runs here"),
    "within": gettext_lazy("How long it may take"),
    "after": gettext_lazy("When its time comes"),
    "several": gettext_lazy("How many have to agree"),
    "warn_after": gettext_lazy("Warning after days of silence"),
    "lapse_after": gettext_lazy("Closed so many days after the warning"),
    "table": gettext_lazy("The table that decides"),
    "operation": gettext_lazy("What is done by itself"),
    "message": gettext_lazy("What it waits for"),
    "process": gettext_lazy("The process it calls"),
    "outcome": gettext_lazy("How it ends"),
    "inside": gettext_lazy("The part it belongs to"),
    "at": gettext_lazy("The step whose time it is"),
    "shown": gettext_lazy("Place in the steps bar"),
    "interrupting": gettext_lazy("Breaks the step off"),
    "repeat": gettext_lazy("How often again"),
    "terminate": gettext_lazy("Ends all that goes on"),
}
ROLES = dict(Role.choices)
CLOCKS = dict(ClockKind.choices)


class Difference(NamedTuple):
    """One thing that is not the same: what, how it was, and how it is; either may be nothing."""

    what: str
    before: str
    after: str


class DrawnWords:
    """Words for the drawing of one version."""

    def __init__(self, graph: Graph) -> None:
        self.graph, self.language = graph, current_reader().language
        self.valued: dict[str, Callable[[Any], str]] = {
            "kind": lambda kind: str(KINDS[kind]), "role": lambda role: str(ROLES.get(role, role)),
            "due": lambda kind: str(CLOCKS.get(kind, kind)), "within": span, "after": span,
            "several": self._several, "table": _table, "operation": lambda one: str(diagram.OPERATIONS.get(one, one)),
            "inside": self.name, "at": self.name,
        }  # fmt: skip

    def name(self, key: str) -> str:
        """What a step is called; one without a name by what it is, and what it is about."""
        node = self.graph.nodes.get(key)
        return self.name_of(node) if node else key

    def name_of(self, node: Node) -> str:
        """What a node is called, also one that is not drawn here."""
        if node.names:
            return node.name(self.language)
        about = self.valued[field](getattr(node, field)) if (field := _about(node)) else ""
        return f"{KINDS[node.kind]}: {about}" if about else str(KINDS[node.kind])

    def value(self, node: Node, field: str) -> str:
        """What a field of a node says; an empty word where it says nothing."""
        value = getattr(node, field)
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if not value:
            return ""
        return self.valued[field](value) if field in self.valued else digits(value, self.language)

    def way(self, way: Flow) -> str:
        """A way out: by what, on which conditions, and where it leads."""
        words = [way.names.get(self.language) or way.names.get("en") or verb_label(way.on)] if way.on else []
        words += [self.condition(one) for one in way.conditions]
        words += [_("otherwise")] if way.otherwise else []
        if way.target in ("pause", "resume"):
            to = _("the deadlines stand still") if way.target == "pause" else _("the deadlines go on")
        else:
            to = self.name(way.target)
        return f"{_(', ').join(words)} → {to}" if words else f"→ {to}"

    def condition(self, asked: Mapping[str, Any]) -> str:
        """A condition as a sentence of three parts: field, comparison, value."""
        known = vocabulary.field(asked["field"]) if asked["field"] in vocabulary.known_fields() else None
        label, value = str(known.label) if known else self.name(asked["field"]), asked.get("value")
        if known and known.kind == YES_NO:
            return f"{label}: {_('yes') if value is True else _('no')}"
        choices = dict(known.choices()) if known else {}
        values = value if isinstance(value, list) else [] if value is None else [value]
        told = self.listed(str(choices.get(one, digits(one, self.language))) for one in values)
        return f"{label} {OPERATORS.get(asked['is'], asked['is'])} {told}".strip()

    def listed(self, words: Iterable[str]) -> str:
        """Words with the commas of the language between them."""
        return _(", ").join(words)

    def _several(self, several: Any) -> str:
        rules = {"all": _("all of them"), "any": _("one is enough")}
        quorum = _("{number} of one mind").format(number=digits(several.count, self.language))
        return rules.get(several.of, quorum)


def differences(one: Changed, old: DrawnWords, new: DrawnWords) -> list[Difference]:
    """What differs at a step, in the reader's words."""
    found = [
        Difference(str(FIELDS[field]), old.value(one.before, field), new.value(one.after, field))
        for field in one.fields
        if field in FIELDS
    ]
    if one.is_renamed:
        found.insert(0, Difference(_("Name"), old.name_of(one.before), new.name_of(one.after)))
    verbs = [old.listed(map(verb_label, one.verbs_gone)), new.listed(map(verb_label, one.verbs_new))]
    if any(verbs):
        found.append(Difference(_("What can be done here"), *verbs))
    found += [Difference(_("Where it leads"), new.way(way), "") for way in one.ways_gone]
    return found + [Difference(_("Where it leads"), "", new.way(way)) for way in one.ways_new]


def span(given: Mapping[str, int]) -> str:
    """A span of time as a process says it: `2 working days`."""
    [(unit, count)] = given.items()
    told = {
        "days": ngettext("{count} day", "{count} days", count),
        "hours": ngettext("{count} hour", "{count} hours", count),
        "working_days": ngettext("{count} working day", "{count} working days", count),
        "working_hours": ngettext("{count} working hour", "{count} working hours", count),
    }
    return told[unit].format(count=digits(count, current_reader().language))


def _about(node: Node) -> str:
    found = {"decision": "table", "operation": "operation", "timer": "after", "boundary": "after"}
    return found.get(node.kind, "")


def _table(key: str) -> str:
    asked = question(key)
    return str(asked.label) if asked else key
