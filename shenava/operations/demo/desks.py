"""Desks: what people have left lying there: flags, drafts, last looks, ways of looking at the list, a leave."""

from __future__ import annotations

from datetime import timedelta

from shenava.common import clock
from shenava.complaints import personal
from shenava.complaints.models import Complaint, Draft
from shenava.journal.recording import last_entry
from shenava.operations.demo.house import House
from shenava.operations.demo.texts import read, topics
from shenava.people import actions
from shenava.people.models import Party
from shenava.people.standing import standing_of


def leave_traces(house: House) -> None:
    """As the desks of people look who have worked here for a year."""
    for key in ("sara", "arash", "ali"):
        _mark(house.people[key])
    _begin_to_write(house.people["sara"], house.people["negar"])
    for view in read("organisation")["views"]:
        personal.keep_view(
            house.people[view["by"]], name=view["name"], asked=view["asked"], columns=[], is_shared=view["is_shared"]
        )
    now, kaveh = clock.now(), house.people["kaveh"]
    leave = (now - timedelta(days=1), now + timedelta(days=6))
    actions.delegate(kaveh, deputy=house.people["sara"], starts_at=leave[0], ends_at=leave[1], by=kaveh)


def _mark(party: Party) -> None:
    """Some of what one can read is flagged, and some has changed since it was last read."""
    within_reach = Complaint.objects.visible_to(standing_of(party)).open()
    ordered = list(within_reach.order_by("-received_at")[:14])
    for complaint in ordered[::4]:
        personal.flag(party, complaint)
    for place, complaint in enumerate(ordered):
        personal.note_look(party, complaint, seq=last_entry(complaint) - place % 2 * 2)


def _begin_to_write(officer: Party, agent: Party) -> None:
    """Answers half written, and somebody who hung up in the middle of the intake."""
    within_reach = Complaint.objects.visible_to(standing_of(officer)).open()
    own = within_reach.filter(owner=officer, responded_at=None).order_by("received_at")
    answer, note = read("phrases")["ours"]["draft"]
    for complaint, kind, text in zip(own[:2], (Draft.Kind.RESPONSE, Draft.Kind.NOTE), (answer, note), strict=False):
        personal.keep_writing(officer, complaint, kind, text)
    topic = topics("fa")[1]
    begun = {"channel": "phone", "title": topic["titles"][1].format(product="یخچال"), "description": topic["told"][1]}
    personal.keep_intake(agent, begun)
