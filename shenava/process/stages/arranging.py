"""Arranging: places added, taken away and moved, so that what comes of it can still be gone through to its end."""

from __future__ import annotations

from copy import deepcopy

from shenava.process.stages.form import DONE, END, STAGE, TASK, Branch, Form, Place, Timer, Way, arranged

PASSING = ("decide", "assign", "take", "convert", "assess", "classify")
"""The verbs by which a stage that is split passes a complaint on to its second half, in order of preference."""
CHECKING = "agreed"


def add_stage(form: Form, after: Place) -> Place:
    """A stage that takes over where another led; the complaint is passed on to it by deciding, or the like."""
    main = main_way(after)
    verb = next((one for one in PASSING if after.way(one) is None), PASSING[0])
    said = {name: deepcopy(value) for name, value in after.said.items() if name in ("verbs", "role", "due")}
    place = Place(form.free_key("step"), STAGE, said=said)
    if main is not None:
        place.ways = [deepcopy(main)]
        after.joined_by = [verb if on == main.on else on for on in after.joined_by]
        main.on, main.outcome, main.branches = verb, "", [Branch(place.key)]
    form.places.append(place)
    _show_after(form, place, after)
    for one in form.anytime:
        if after.key in one["from"]:
            one["from"] = [*one["from"], place.key]
    return place


def add_beside(form: Form, stage: Place) -> Place:
    """A task that goes on while the complaint is at a stage, and has to be done before that leads on."""
    place = Place(form.free_key("beside"), TASK, said={"role": "expert", "within": {"working_days": 5}})
    place.begins_with, place.ways = stage.key, [Way("done", [Branch(DONE)])]
    main = main_way(stage)
    if main is not None and not stage.joined_by:
        stage.joined_by = [main.on]
    form.places.append(place)
    return place


def add_approval(form: Form, stage: Place) -> Place:
    """A check before a stage leads on, on a condition: who checks agrees, or gives it back.

    A stage that answers the complainant is split first: what was answered cannot be approved any more.
    """
    if stage.way("decide") is None:
        add_stage(form, stage)
    place = Place(form.free_key("approval"), TASK, said={"role": "approver", "within": {"working_days": 2}})
    way = stage.way("decide") or main_way(stage)
    onwards = way.branches[-1].to if way else ""
    place.ways = [Way(CHECKING, [Branch(onwards)]), Way("returned", [Branch(stage.key)])]
    if way is not None:
        way.branches.insert(0, Branch(place.key, [{"field": "severity", "is": "at_least", "value": 4}]))
    form.places.append(place)
    return place


def add_end(form: Form, stage: Place) -> Place:
    """A place where complaints rest, to which a stage may lead by closing."""
    like = next((one for one in form.places if one.kind == END), None)
    place = Place(form.free_key("end"), END, said={"verbs": list(like.said.get("verbs", ())) if like else []})
    stage.ways.append(Way(next(one for one in ("close", "solve", "") if stage.way(one) is None), [Branch(place.key)]))
    form.places.append(place)
    for one in form.anytime:
        if like is not None and like.key in one["from"]:
            one["from"] = [*one["from"], place.key]
    return place


def remove(form: Form, gone: Place) -> None:
    """Take a place away. What led to it leads where it led."""
    main = main_way(gone)
    heir = next((one.to for one in reversed(main.branches) if one.to != gone.key), "") if main else ""
    form.places = [place for place in form.places if place is not gone]
    for place in form.places:
        _pass_over(place, gone, heir, main)
        if place.begins_with == gone.key:
            place.begins_with = heir if (held := form.get(heir)) and held.kind == STAGE else ""
    for one in form.anytime:
        one["from"] = [key for key in one["from"] if key != gone.key]
    form.anytime = [one for one in form.anytime if one["from"] and one.get("to") != gone.key]
    form.first = heir if form.first == gone.key else form.first


def _pass_over(place: Place, gone: Place, heir: str, main: Way | None) -> None:
    for way in [way for way in place.ways if gone.key in [branch.to for branch in way.branches]]:
        if len(way.branches) == 1 and main and way.on in PASSING and place.way(main.on) is None:
            place.joined_by = [main.on if on == way.on else on for on in place.joined_by]
            way.on, way.outcome, way.branches = main.on, main.outcome, deepcopy(main.branches)
        for branch in way.branches:
            branch.to = heir if branch.to == gone.key else branch.to
        last = way.branches[-1]
        way.branches = [one for one in way.branches[:-1] if one.to != last.to] + [last]
        if gone.kind == END and not last.to:
            place.ways.remove(way)


def move(form: Form, place: Place, by: int) -> None:
    """Let a stage come earlier or later in the steps bar."""
    shown = [one for one in arranged(form) if one.kind == STAGE and one.said.get("shown")]
    if place in shown and 0 <= shown.index(place) + by < len(shown):
        other = shown[shown.index(place) + by]
        place.said["shown"], other.said["shown"] = other.said["shown"], place.said["shown"]


def add_way(place: Place, offered: list[str]) -> None:
    """One more way out: by a verb that leads nowhere yet, or one more outcome."""
    if place.kind == TASK:
        numbers = (f"outcome_{number}" for number in range(2, 99))
        place.ways.append(Way(next(on for on in numbers if place.way(on) is None), [Branch(DONE)]))
        return
    free = [on for on in offered if place.way(on) is None]
    place.ways += [Way(free[0], [Branch("")])] if free else []


def add_timer(form: Form, place: Place) -> None:
    """A reminder."""
    taken = {timer.key for one in form.places for timer in one.timers}
    keys = (f"{place.key[:20]}_late{number or ''}" for number in range(99))
    key = next(key for key in keys if key not in taken and form.get(key) is None)
    place.timers.append(Timer(key, {"working_days": 5}, "remind_holder"))


def show(form: Form, place: Place, *, is_shown: bool) -> None:
    """Let a place stand in the steps bar, at its end, or not."""
    if is_shown and not place.said.get("shown"):
        place.said["shown"] = max((one.said.get("shown", 0) for one in form.places), default=0) + 1
    if not is_shown:
        place.said.pop("shown", None)


def settle_voices(place: Place) -> None:
    """A task of several who need not agree says where it leads then; any other has no such way."""
    several = place.said.get("several")
    outcomes = [way for way in place.ways if way.on]
    may_disagree = several is not None and several["of"] != "any" and len(outcomes) > 1
    if may_disagree and place.way("") is None:
        place.ways.append(Way("", [Branch(place.ways[-1].branches[-1].to)]))
    if not may_disagree:
        place.ways = [way for way in place.ways if way.on]


def main_way(place: Place) -> Way | None:
    """The way that most complaints take from a place."""
    liked = ("respond", "decide", "answer_review", "register", CHECKING, "take", "assign")
    return next((way for on in liked if (way := place.way(on))), place.ways[0] if place.ways else None)


def _show_after(form: Form, place: Place, after: Place) -> None:
    number = after.said.get("shown", 0)
    if number:
        for one in form.places:
            if one.said.get("shown", 0) > number:
                one.said["shown"] += 1
        place.said["shown"] = number + 1
