"""Stories: which complaints the demo tells, when they began, by whom, about what, and how far they have gone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random
from typing import Any

from shenava.operations.demo import courses
from shenava.operations.demo.customers import Customer, Customers
from shenava.operations.demo.texts import topics

SEED = 1404
MONTHS = 14
HOW_MANY = 400
DAYS = 30.4 * MONTHS
# One batch of one model is built with too stiff a damper: its complaints begin here and become more and more.
FAULTY_MODEL, FAULTY_BATCH = "WM-2043", "B17"
FAULT_BEGAN = 152
FAULTY = 38
LANGUAGES = {"fa": 80, "he": 12, "en": 8}
UNITS = {"service": 66, "tehran": 13, "isfahan": 9, "mashhad": 6, "shiraz": 6}
OFFICERS = {"tehran": "shirin", "isfahan": "behrouz", "mashhad": "farhad", "shiraz": "nasrin"}
CHANNELS = {
    "portal": 40, "phone": 24, "email": 14, "in_person": 6, "letter": 5, "dealer": 4, "messenger": 3,
    "supervisory_body": 2, "social_media": 2,
}  # fmt: skip
OF_KIND = {"suggestion": "thanked", "compliment": "thanked", "enquiry": "converted"}
SPECIAL = (
    *("merged",) * 7, *("parted",) * 2, *("linked",) * 6, *("misdirected",) * 5, *("solved",) * 20, *("silent",) * 18,
)  # fmt: skip
# Where in the row danger was told and nobody has settled it yet.
ALARMING = (HOW_MANY - 27, HOW_MANY - 12)
# Where somebody looks at an answer anew, and where that has ended.
REVIEWING = tuple(HOW_MANY - place for place in (34, 40, 45, 51, 56, 62))
REVIEWED = (21, 27, 33)


@dataclass(frozen=True)
class Story:
    """One complaint as it will be told. `days` is how long ago it began; `beats` is all that has happened since."""

    key: int
    days: float
    language: str
    topic: dict[str, Any]
    customer: Customer
    product: str
    serial: str
    channel: str
    unit: str
    officer: str
    course: str
    beats: tuple[courses.Beat, ...] = ()
    other: int | None = None

    @property
    def dice(self) -> Random:
        """The chances of this story: the same ones every time."""
        return Random(f"{SEED} {self.key}")


def tell() -> list[Story]:
    """All stories, the oldest first; the same every time."""
    dice = Random(SEED)
    people = Customers(dice)
    faulty = [(_faulty_day(dice, place), True) for place in range(FAULTY)]
    others = [(_day(dice, place), False) for place in range(HOW_MANY - FAULTY)]
    began = sorted(faulty + others, reverse=True)
    stories: list[Story] = []
    specials = _spread(dice)
    for key, (days, is_faulty) in enumerate(began):
        special = specials.get(key, "")
        first = _first(dice, key, days, people, "batch" if is_faulty and special != "alarming" else special)
        stories.append(_with_course(dice, first, special, stories))
    return stories


def _day(dice: Random, place: int) -> float:
    """Spread over the months, with somewhat more of late; some of today."""
    share = (place + dice.random()) / (HOW_MANY - FAULTY)
    return max(DAYS * float((1 - share) ** 1.5), 0.01)


def _faulty_day(dice: Random, place: int) -> float:
    share = (place + dice.random()) / FAULTY
    return max(FAULT_BEGAN * float((1 - share) ** 1.6), 0.05)


def _spread(dice: Random) -> dict[int, str]:
    """Where in the row the rarer courses stand: most of them among those old enough to have ended."""
    fixed = dict.fromkeys(ALARMING, "alarming")
    fixed |= dict.fromkeys(REVIEWING, "reviewing") | dict.fromkeys(REVIEWED, "reviewed")
    places = dice.sample(range(40, HOW_MANY - 90), len(SPECIAL))
    return dict(zip(places, SPECIAL, strict=True)) | fixed


def _topics(language: str, special: str) -> list[dict[str, Any]]:
    """What somebody may complain of: anything but the recurring fault, or what fits a rarer course."""
    fault, *others = topics(language)
    if special == "batch":
        return [fault]
    if special == "alarming":
        return [one for one in others if one.get("is_safety")]
    plain = [one for one in others if one["subject"] != "staff" and not {"record_type", "is_safety"} & one.keys()]
    return plain if special else others


def _first(dice: Random, key: int, days: float, people: Customers, special: str) -> Story:
    language = "fa" if special == "alarming" else _drawn(dice, LANGUAGES)
    topic = dice.choice(_topics(language, special))
    unit = "service" if special in ("batch", "alarming") else _drawn(dice, UNITS)
    product = dice.choice(topic["products"])
    return Story(
        key, days, language, topic, people.somebody(language), product,
        _serial(dice, product, is_faulty=special == "batch"), _drawn(dice, CHANNELS), unit,
        OFFICERS.get(unit) or dice.choice(("sara", "kaveh")), "",
    )  # fmt: skip


def _serial(dice: Random, product: str, *, is_faulty: bool) -> str:
    from_batch = dice.choice((12, 14, 15, 16, 18)) if product == "WM" else dice.randint(10, 21)
    batch = FAULTY_BATCH if is_faulty else f"B{from_batch}"
    return f"{product}/{batch}/{dice.randint(100, 9899):04}" if product else ""


def _with_course(dice: Random, story: Story, special: str, before: list[Story]) -> Story:
    if special in ("merged", "parted", "linked"):
        story = _like_another(story, _open_neighbour(story, before))
    course = special or _usual(dice, story)
    if special == "solved":
        story = replace(story, channel="phone")
    beats = courses.beats_of(course, dice)
    kept = len(beats) if special else _how_far(dice, story.days, beats)
    return replace(story, course=course, beats=tuple(_in_time(beats[:kept], story.days)))


def _usual(dice: Random, story: Story) -> str:
    topic = story.topic
    if topic.get("record_type"):
        return dice.choice(("thanked", "no_complaint")) if story.key % 3 == 0 else OF_KIND[topic["record_type"]]
    if topic["subject"] == "staff":
        return dice.choice(("staff", "staff", "unknown_staff"))
    if topic.get("is_safety"):
        return "dangerous"
    drawn = _drawn(dice, courses.USUAL)
    return "advised" if drawn == "conflict" and story.unit != "service" else drawn


def _like_another(story: Story, other: Story) -> Story:
    """The same matter once more: the same person and appliance, some hours later."""
    return replace(
        story, days=other.days - 0.8, language=other.language, topic=other.topic, customer=other.customer,
        product=other.product, serial=other.serial, unit=other.unit, officer=other.officer, channel="portal",
        other=other.key,
    )  # fmt: skip


def _open_neighbour(story: Story, before: list[Story]) -> Story:
    """The nearest one before it with a course that ends in an answer, and that staff did not have to type in."""
    fitting = ("ordinary", "advised", "acted", "returned", "approved", "postponed")
    return next(one for one in reversed(before) if one.course in fitting and one.channel == "portal")


def _how_far(dice: Random, days: float, beats: list[courses.Beat]) -> int:
    """How many beats have happened: what is old has ended, but for a few; what is new has hardly begun."""
    whole, chance = len(beats), dice.random()
    if days < 1.5:
        return min(dice.choice((0, 0, 0, 0, 1, 3)), whole)
    if days < 6:
        return min(dice.choice((0, 0, 1, 3, 4, 5, 6)), whole)
    if days < 24:
        return _middle(dice, beats) if chance < 0.7 else whole
    return _middle(dice, beats) if days < 80 and chance < 0.25 else whole


def _middle(dice: Random, beats: list[courses.Beat]) -> int:
    """Stop after the first answer in one of two, else somewhere on the way to it."""
    answered = next((place for place, beat in enumerate(beats, 1) if beat.deed == "respond"), len(beats))
    last = max(answered - 1, 1)
    return answered if dice.random() < 0.55 else dice.randint(min(2, last), last)


def _in_time(beats: list[courses.Beat], days: float) -> list[courses.Beat]:
    """Faster, where all of it would not have fitted into the days since it began."""
    hours, room = sum(beat.hours for beat in beats), days * 24 * 0.8
    pace = min(1.0, room / hours) if hours else 1.0
    return [beat._replace(hours=beat.hours * pace) for beat in beats]


def _drawn(dice: Random, weights: dict[str, int]) -> str:
    return dice.choices(list(weights), list(weights.values()))[0]
