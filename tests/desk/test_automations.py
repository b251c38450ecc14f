"""Automations on the desk: written with selects, tried on what was, switched on, and what each has done is shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.test import Client

from shenava.complaints import firing
from shenava.journal.models import Entry
from shenava.people.models import Party
from shenava.process.automation_actions import switch_on
from shenava.process.models import Automation, Firing
from tests.world import World

NEW = "/desk/automations/new/"
BrowserOf = Callable[[Party], Client]


def sheet(**more: Any) -> dict[str, Any]:
    """What a browser sends of one that writes a note when somebody takes a complaint that came by mail."""
    told = {
        "name_en": "Taken", "occasion": "fact:complaint.taken", "column": ["channel"], "if.channel.is": "in",
        "if.channel.value": ["email", "portal"], "deed": "note", "do.text": "Look at the file.", "budget": "5",
        "position": "3",
    }  # fmt: skip
    return told | more


def words(answer: Any) -> str:
    """The words of a page, without marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def page_of(automation: Automation) -> str:
    return f"/desk/automations/{automation.pk}/"


def fired(world: World) -> Firing:
    """It is on, and was set off by a complaint that Sara took."""
    switch_on(Automation.objects.get(), by=world.administrator)
    complaint = world.taken()
    entries = Entry.objects.filter(stream__name=complaint.journal_stream, kind="complaint.taken")
    firing.automate(entry_id=entries.get().pk)
    return Firing.objects.get()


def test_an_administrator_writes_one_tries_it_and_switches_it_on(world: World, browser_of: BrowserOf) -> None:
    dara = browser_of(world.administrator)
    world.taken()
    dara.post(NEW, sheet(do="save"))
    kept = Automation.objects.get()
    assert (kept.names["en"], kept.occasion, kept.deed, kept.budget, kept.position, kept.is_on) == (
        "Taken", "fact:complaint.taken", "note", 5, 3, False,
    )  # fmt: skip
    assert kept.conditions == [{"field": "channel", "is": "in", "value": ["portal", "email"]}]
    assert kept.arguments == {"text": "Look at the file."}
    tried = words(dara.get(page_of(kept) + "trial/"))
    assert "Of the last 1 times that it would have been set off, its conditions hold for 1." in tried
    assert "within your reach" in tried
    assert not Firing.objects.exists()
    assert "The automation is on." in words(dara.post(page_of(kept) + "on/", follow=True))
    assert "When somebody takes it" in words(dara.get("/desk/automations/"))


def test_where_there_is_none_some_are_offered_and_come_switched_off(world: World, browser_of: BrowserOf) -> None:
    dara = browser_of(world.administrator)
    assert "4 working hours after it came to “Registered”" in words(dara.get("/desk/automations/"))
    dara.post("/desk/automations/examples/1/")
    kept = Automation.objects.get()
    assert (kept.occasion, kept.amount, kept.is_on) == ("stage:registered", 4, False)
    assert dara.post("/desk/automations/examples/9/").status_code == 404
    assert "Begin with this" not in words(dara.get("/desk/automations/"))


def test_the_sheet_shows_what_a_choice_needs_before_anything_is_saved(world: World, browser_of: BrowserOf) -> None:
    dara = browser_of(world.administrator)
    given = sheet(occasion="promise:answer", deed="refer", amount="۲", measure="working_days")
    shown = dara.post(NEW, given, headers={"HX-Request": "true"})
    assert "<html" not in shown.content.decode()
    assert [one.name for one in shown.context["asked"]] == ["do.to", "do.text"]
    assert shown.context["plan"].amount == 2
    assert "To whom: this has to be said." in words(shown)
    assert not Automation.objects.exists()


def test_what_is_not_complete_is_not_kept_and_nothing_typed_is_lost(world: World, browser_of: BrowserOf) -> None:
    answer = browser_of(world.administrator).post(NEW, sheet(occasion="stage:registered", amount="", do="save"))
    assert answer.status_code == 422
    assert "Say how long, from 1 to 365" in words(answer)
    assert "Look at the file." in answer.content.decode()
    assert not Automation.objects.exists()


def test_two_who_change_it_at_once_do_not_overwrite_each_other(world: World, browser_of: BrowserOf) -> None:
    dara = browser_of(world.administrator)
    dara.post(NEW, sheet(do="save"))
    kept = Automation.objects.get()
    dara.post(page_of(kept), sheet(name_en="First", rev="1", do="save"))
    assert dara.post(page_of(kept), sheet(name_en="Second", rev="1", do="save")).status_code == 422
    kept.refresh_from_db()
    assert (kept.names["en"], kept.rev) == ("First", 2)


def test_what_it_has_done_is_shown_and_linked_for_whoever_may_read_it(world: World, browser_of: BrowserOf) -> None:
    dara = browser_of(world.administrator)
    dara.post(NEW, sheet(do="save"))
    done = fired(world)
    shown = dara.get(page_of(done.automation))
    assert "done" in words(shown)
    assert done.complaint.reference in words(dara.get(page_of(done.automation) + "firings/"))
    assert f"/desk/complaints/{done.complaint.reference}/" not in shown.content.decode()
    assert "Dara Karimi switched this automation on." in words(shown)
    assert "The automation is off." in words(dara.post(page_of(done.automation) + "off/", follow=True))


def test_one_that_was_stopped_says_why(world: World, browser_of: BrowserOf) -> None:
    dara = browser_of(world.administrator)
    dara.post(NEW, sheet(budget="1", do="save"))
    done = fired(world)
    entry = Entry.objects.get(stream__name=world.taken().journal_stream, kind="complaint.taken")
    firing.automate(entry_id=entry.pk)
    assert "It was stopped: it was set off 1 times within an hour" in words(dara.get(page_of(done.automation)))


def test_reasons_are_told_in_the_language_of_the_reader(world: World, browser_of: BrowserOf) -> None:
    dara = browser_of(world.administrator)
    dara.post(NEW, sheet(deed="assign", **{"do.to": str(world.sara.pk), "do": "save"}))
    done = fired(world)
    assert (done.result, done.reason) == ("refused", "It lies there already.")
    world.administrator.user.prefer(language="fa")
    assert "It lies there already." not in words(dara.get(page_of(done.automation)))
