"""The choices in docs/words.md: every list that a field chooses from, in three languages, as the program shows it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.db import models
from django.urls import get_resolver
from django.utils.functional import Promise
from django.utils.translation import override

from shenava.complaints.cartable import FOLDERS
from shenava.process.publishing import DEFAULT
from tests.roles_table import table

HEAD = "## The choices\n"
BEGINNING = """
This chapter is made by `bin/docs`. Keys are stable and stand in the database; labels are what people read.
"""
TITLES = {
    "complaints.RecordType": "Kinds of record",
    "complaints.Channel": "By which way a complaint came",
    "complaints.State": "How far a complaint is, in lists",
    "complaints.Waits": "For what a complaint waits, in lists",
    "complaints.Order": "Orders of a list",
    "complaints.Scope": "Whose cartable",
    "complaints.Subject": "What it is about",
    "complaints.Remedy": "What is asked for",
    "complaints.Finding": "Findings",
    "complaints.ReferralKind": "What is asked of a colleague",
    "complaints.Urgency": "How soon a referral should be looked at",
    "complaints.ClosureReason": "Why it ended",
    "complaints.Source": "Through whom a complaint came",
    "complaints.Directness": "How a complaint was said",
    "complaints.Basis": "Why a reply may be expected",
    "complaints.Response.Answer": "Answers to a response",
    "complaints.Review.Result": "What a review came to",
    "people.PartyKind": "Kinds of party",
    "people.UnitKind": "Kinds of unit",
    "people.Role": "Roles",
    "people.BodyKind": "Kinds of external body",
    "people.Organisation.CalendarKind": "Calendars",
    "people.Organisation.Country": "Countries",
    "deadlines.CalendarDay.Source": "Days that differ",
    "deadlines.ClockKind": "Kinds of promise",
    "deadlines.Deed": "What a rung of the ladder does",
    "deadlines.To": "Whom a rung tells",
    "deadlines.PauseReason": "For whom a promise may wait",
    "deadlines.PromiseRule.Measure": "How promises are measured",
    "process.ProcessVersion.State": "Versions of a process",
    "process.TableVersion.State": "Versions of a decision table",
    "process.WorkItem.Kind": "Kinds of work",
    "messages.Security": "Connection to a mail server",
    "messages.Direction": "Which way a message went",
    "messages.Channel": "By which way a message came",
    "messages.MessageKind": "Kinds of message",
    "messages.SenderVerdict": "The sender of a message",
    "messages.Purpose": "What a mail is for",
    "messages.OutgoingState": "What became of a mail of ours",
    "messages.HeldFor": "Why a mail of ours is held",
    "messages.TemplateKind": "What is said in words of our own",
    "messages.RawState": "What became of a mail that came",
}


def page(written: str) -> str:
    """The page with its chapter of choices made anew; what people wrote above it stays."""
    return written.partition(HEAD)[0] + HEAD + BEGINNING + "\n" + "\n".join(chapters())


def chapters() -> Iterator[str]:
    """One table a list."""
    assert get_resolver().url_patterns, "the doors bring every room with them"
    for name, kind in sorted(lists()):
        yield section(name, [(member.value or "(none)", member.label) for member in kind])
    yield section("complaints.cartable.FOLDERS", [(folder.key, folder.label) for folder in FOLDERS.values()])
    yield stages()


def lists() -> Iterator[tuple[str, Any]]:
    """Every list of choices that people read, under its room and name."""
    waiting = list(models.TextChoices.__subclasses__())
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith("shenava.") and any(isinstance(member.label, Promise) for member in kind):
            yield f"{kind.__module__.split('.')[1]}.{kind.__qualname__}", kind


def section(name: str, choices: list[tuple[str, Promise | str]]) -> str:
    """A heading and the table of one list."""
    title = TITLES.get(name, "Folders of the cartable" if name.endswith("FOLDERS") else name.rpartition(".")[2])
    rows = [[key, f"`{said(label, 'en')}`", said(label, "fa"), said(label, "he")] for key, label in choices]
    return f"### {title}: `{name}`\n\n{table([['key', 'label', 'Persian', 'Hebrew'], *rows])}\n"


def said(label: Promise | str, language: str) -> str:
    """A label as somebody reads it who reads this language."""
    with override(language):
        return str(label)


def stages() -> str:
    """The stages of the delivered process; their names are data, not interface text."""
    nodes = json.loads(DEFAULT.read_text(encoding="utf-8"))["nodes"]
    named = [(key, node["names"]) for key, node in nodes.items() if "names" in node]
    rows = [[key, names["en"], names["fa"], names["he"]] for key, names in named]
    title = "### Stages of the delivered process: `process/definitions/default.json`"
    return f"{title}\n\n{table([['key', 'English', 'Persian', 'Hebrew'], *rows])}\n"
