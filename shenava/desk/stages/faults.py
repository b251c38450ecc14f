"""Faults of a process in the reader's language, each at its stage, and how it is mended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shenava.desk.findings import Note
from shenava.desk.stages.showing import Showing
from shenava.desk.verbs import verb_label
from shenava.process.kernel import Fault
from shenava.process.stages import Form

WORDS: Mapping[str, Promise | str] = {
    "unnamed": gettext_lazy("It has no name. Write one; your own language is enough."),
    "lacks_role": gettext_lazy("Nobody does it. Choose a role."),
    "span": gettext_lazy("Say how long: a number above zero."),
    "unwarned": gettext_lazy("Silence would close it without a warning. Say after how many days it is warned of."),
    "warned_for_nothing": gettext_lazy("It warns of a closing that never comes. Say how many days later it is closed."),
    "nowhere": gettext_lazy("A way out leads nowhere yet. Choose where it leads, or take it away."),
    "no_place": gettext_lazy("A way out leads to a step that is not there any more. Choose another."),
    "two_ways": gettext_lazy("“{verb}” is a way out twice. Take one away; conditions are added to the other."),
    "no_verb": gettext_lazy("A way out has no deed by which it is taken. Choose one."),
    "no_outcome": gettext_lazy("It can end in no way. Add an outcome."),
    "unreached": gettext_lazy("No complaint ever comes here. Let some step lead to it, or take it away."),
    "endless": gettext_lazy("From here no complaint comes to an end. Add a way out that leads on."),
    "round": gettext_lazy("It leads back to itself, and nobody has anything to do on the way."),
    "dead": gettext_lazy("What is begun here can never be finished. See where its ways out lead."),
    "two_stages": gettext_lazy(
        "A complaint could lie here and at “{place}” at once. Work beside a step is a task, not a step of its own."
    ),
    "no_rest": gettext_lazy("The complaint would end without resting anywhere. Let it lead to an end."),
    "by_timer": gettext_lazy("A reminder leads here; it can only remind."),
    "twice": gettext_lazy(
        "It could be under way twice at once. Something comes back to where it begins while it is still going on: "
        "say before what it has to be done, or let what comes back lead elsewhere."
    ),
    "stuck": gettext_lazy(
        "Here a complaint could wait for ever for what goes on beside, because one way out passes it by. "
        "Say that it has to be done before every deed that leads on, or give it no condition."
    ),
    "too_many": gettext_lazy("Too much goes on at once to be checked. Let fewer things go on side by side."),
    "closes_nothing": gettext_lazy(
        "“{verb}” leads to the end “{place}”, but closes nothing. Choose a deed that closes, such as “Close”."
    ),
    "closes": gettext_lazy("“{verb}” closes the complaint, but does not lead to an end. Let it lead to one."),
    "opens_nothing": gettext_lazy("“{verb}” leads out of an end, but opens nothing again. Take it away."),
    "unclosed": gettext_lazy(
        "From “{place}” a complaint would come to this end without having been closed. Let it go to a step first."
    ),
    "unknown_verb": gettext_lazy("There is no such deed: {verb}."),
    "unknown_field": gettext_lazy("A condition asks for something that is not there any more. Choose something else."),
    "no_value": gettext_lazy("A condition does not say what it compares with. Choose it."),
}
OTHER = gettext_lazy("This cannot be used as it is ({text}).")


def notes_of(faults: Iterable[Fault], form: Form, content: Mapping[str, Any], shown: Showing) -> dict[str, list[Note]]:
    """What is wrong, by place; what is wrong with the whole stands under an empty key."""
    found: dict[str, list[Note]] = {}
    for fault in faults:
        place = owner(fault.node.partition(":")[0], form, content)
        note = Note("bad", worded(fault, shown, is_outcome=":" in fault.node))
        if note not in found.setdefault(place, []):
            found[place].append(note)
    return found


class Names(Protocol):
    """Whatever knows what a step is called."""

    def name(self, key: str) -> str:
        """The name of a step by its key."""


def worded(fault: Fault, shown: Names, *, is_outcome: bool = False) -> str:
    """A fault as a sentence."""
    if is_outcome and fault.what == "unnamed":
        return _("An outcome has no name. Write one; your own language is enough.")
    said = {
        "verb": verb_label(fault.said.get("verb", "")),
        "place": shown.name(fault.said["place"]) if fault.said.get("place") else "",
    }
    return str(WORDS.get(fault.what, OTHER)).format(**said, text=fault.text)


def owner(node: str, form: Form, content: Mapping[str, Any]) -> str:
    """The place that a node belongs to: itself, or where the way began on which a gateway stands."""
    seen: set[str] = set()
    waiting = [node]
    for key in waiting:  # grows while it is walked
        if form.get(key):
            return key
        if key in content["nodes"] and key not in seen:
            seen.add(key)
            waiting += [at for at in [content["nodes"][key].get("at")] if at]
            waiting += [flow["from"] for flow in content["flows"] if flow["to"] == key]
    return ""
