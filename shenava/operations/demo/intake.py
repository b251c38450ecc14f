"""Intake of the demo: how each story comes to us."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from shenava.common import clock
from shenava.complaints import actions
from shenava.complaints.models import Complaint
from shenava.operations.demo.case import Case
from shenava.operations.demo.house import House
from shenava.operations.demo.stories import Story
from shenava.operations.demo.texts import numbers, read, said
from shenava.people.models import Party
from shenava.people.parties import Introduction, system_party

WRITTEN_BY_THEMSELVES = frozenset({"portal", "email", "messenger"})
SOURCES = {"dealer": "dealer", "supervisory_body": "supervisory_body", "social_media": "media"}
ON_PAPER = frozenset({"letter", "supervisory_body"})


def begin(story: Story, house: House, cases: dict[int, Case]) -> Case:
    """The complaint comes in, and gets its acknowledgement as the worker would send it."""
    dice = story.dice
    intake, by = _intake(story, house, dice), _registrar(story, house, dice)
    solution = ""
    if story.course == "solved":
        solution = str(dice.choice(read("phrases")["ours"]["solved"][story.language]))
    look = actions.Look(severity=1, importance=1, felt_severity=2) if solution else None
    complaint: Complaint = actions.receive(intake=intake, look=look, solution=solution, by=by)
    if not solution:
        with clock.shifted(timedelta(seconds=20)):
            actions.acknowledge(complaint, by=system_party())
    return Case(story, complaint, house, dice, house.people[story.officer], cases.get(story.other or -1))


def _registrar(story: Story, house: House, dice: Random) -> Party:
    if story.channel in WRITTEN_BY_THEMSELVES:
        return system_party()
    if story.channel in ("dealer", "in_person"):
        return house.people[story.officer]
    return house.people[dice.choice(("negar", "minoo"))]


def _intake(story: Story, house: House, dice: Random) -> actions.Intake:
    topic, drawn = story.topic, numbers(story.language, dice)
    products = read("organisation")["products"]
    drawn["product"] = products[story.product][story.language] if story.product else ""
    told = f"{dice.choice(topic['told'])} {said(story.language, 'closing', dice)}".strip()
    now = clock.now()
    return actions.Intake(
        title=dice.choice(topic["titles"]).format(**drawn),
        description=told.format(**drawn),
        channel=story.channel,
        record_type=topic.get("record_type", "complaint"),
        subject=topic["subject"],
        language=story.language,
        complainant=story.customer.introduction,
        **_representative(story, dice),
        product=drawn["product"],
        serial=_serial(story),
        occurred_on=(now - timedelta(days=dice.randint(1, 20))).date(),
        requested_remedies=tuple(topic["remedies"][: dice.randint(1, 3)]),
        expectation=said(story.language, "expectation", dice) if dice.random() < 0.4 else "",
        circumstances=_circumstances(story, dice),
        received_at=now - timedelta(hours=dice.randint(3, 40)) if story.channel in ON_PAPER else None,
        unit=house.units[story.unit],
    )


def _serial(story: Story) -> str:
    """The serial number: the model, the batch and the piece."""
    if not story.serial:
        return ""
    key, batch, piece = story.serial.split("/")
    return f"{read('organisation')['products'][key]['model']}-{batch}-{piece}"


def _representative(story: Story, dice: Random) -> dict[str, Any]:
    """One in fourteen is spoken for by somebody else, in Persian with a mandate."""
    if not story.customer.name or dice.random() > 0.07 or story.language != "fa":
        return {}
    first, last = dice.choice(read("customers")["fa"]["first"]), dice.choice(read("customers")["fa"]["last"])
    name, email = f"{first[0]} {last[0]}", f"{first[1]}.{last[1]}@example.org"
    authority = dice.choice(read("customers")["authority"]).format(**numbers("fa", dice))
    return {"representative": Introduction(name=name, email=email), "authority": authority}


def _circumstances(story: Story, dice: Random) -> actions.Circumstances:
    promised_by, promised, got = story.topic.get("gap", ("", "", ""))
    return actions.Circumstances(
        directness="indirect" if story.channel == "social_media" else "direct",
        source=SOURCES.get(story.channel, "customer"),
        expectation_basis=dice.choice(("explicit", "explicit", "implicit", "legal")),
        promised_by=promised_by,
        promised=promised,
        got_instead=got,
    )
