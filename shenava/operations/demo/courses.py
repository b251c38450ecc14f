"""Courses: the ways that complaints go, beat by beat. Each beat is a deed and the hours that pass before it."""

from __future__ import annotations

from random import Random
from typing import NamedTuple


class Beat(NamedTuple):
    """What is done, to or with whom (`detail`), and after how many hours."""

    deed: str
    detail: str
    hours: float


BEGINNING = "take 5, classify 0.3, assess 0.2"
EXPERTISE = "refer:expert 2, see 5, accept_referral 6, opine 26"
SEEN = "see 7, accept_referral 3, opine 26"
ANSWER = "decide 26, respond 6, accept 32"
COURSES = {
    "ordinary": f"{BEGINNING}, note 2, {ANSWER}",
    "quick": "take 1, classify 0.2, respond 2, accept 12",
    "advised": f"{BEGINNING}, {EXPERTISE}, {ANSWER}",
    "copied": f"{BEGINNING}, refer:copy 0.5, note 1, {EXPERTISE}, {ANSWER}",
    "returned": f"{BEGINNING}, refer:expert 2, see 8, give_back 4, {EXPERTISE}, opine 20, {ANSWER}",
    "recalled": f"{BEGINNING}, refer:consult 2, call_back 5, note 2, {ANSWER}",
    "approved": f"{BEGINNING}, summarise 6, decide 22, refer:approval 1, {SEEN}, respond 3, accept 30",
    "acted": f"{BEGINNING}, split 1, refer:action 2, see 10, accept_referral 8, opine 60, {ANSWER}",
    "inspected": f"{BEGINNING}, assess 6, refer:inspection 1, see 3, accept_referral 2, opine 40, {ANSWER}",
    "asked": f"{BEGINNING}, ask 3, inform 40, {ANSWER}",
    "postponed": f"{BEGINNING}, refer:action 4, see 20, accept_referral 20, postpone 70, opine 100, {ANSWER}",
    "late": f"take 70, classify 30, assess 2, inform:reminder 90, {EXPERTISE}, decide 90, respond 30, accept 40",
    "rejected": f"{BEGINNING}, decide 30, respond 6, reject 30, {EXPERTISE}, decide 10, respond:second 6, accept 30",
    "corrected": f"{BEGINNING}, decide 30, respond 4, correct 20, accept 30",
    "reopened": f"{BEGINNING}, {ANSWER}, reopen 260, {EXPERTISE}, decide 8, respond:second 5, accept 40",
    "reviewing": f"{BEGINNING}, decide 30, respond 6, review 40",
    "reviewed": f"{BEGINNING}, decide 30, respond 6, review 40, conclude 60, accept 40",
    "silent": f"{BEGINNING}, note 3, decide 30, respond 6, warn 340, lapse 172",
    "exhausted": f"{BEGINNING}, decide 30, respond 6, reject 40, {EXPERTISE}, decide 6, respond:second 6, exhaust 200",
    "withdrawn": f"{BEGINNING}, withdraw 30",
    "misdirected": "take 4, note 0.5, misdirect 1",
    "outside": f"{BEGINNING}, refer_outside 20, reply 190, {ANSWER}",
    "staff": f"take 3, classify 0.3, name 0.5, assess 1, hear 20, hear:staff 24, {ANSWER}",
    "unknown_staff": f"take 3, classify 0.3, assess 1, hear 20, hear:unknown 24, {ANSWER}",
    "conflict": f"take 3, declare 1, {BEGINNING}, {ANSWER}",
    "merged": "take 3, merge 1",
    "parted": f"take 3, merge 1, reopen 60, note 4, {ANSWER}",
    "linked": f"{BEGINNING}, link 0.5, {EXPERTISE}, {ANSWER}",
    "dangerous": f"take 0.5, assess 0.2, classify 0.2, settle 2, refer:inspection 0.5, {SEEN}, {ANSWER}",
    "alarming": "take 0.5, assess 0.2, classify 0.2, refer:inspection 0.5, see 2",
    "converted": f"take 4, convert 1, classify 0.2, assess 0.3, {ANSWER}",
    "thanked": "take 6, classify 0.3, respond 12, accept 20",
    "no_complaint": "take 5, dismiss 2",
    "solved": "",
}
USUAL = {
    "ordinary": 16, "quick": 6, "advised": 14, "copied": 4, "returned": 5, "recalled": 5, "approved": 5, "acted": 7,
    "inspected": 4, "asked": 8, "postponed": 4, "late": 7, "rejected": 7, "corrected": 2, "reopened": 5,
    "exhausted": 4, "withdrawn": 5, "outside": 4, "conflict": 3,
}  # fmt: skip
ANSWERED = ("respond", "correct")


def beats_of(course: str, dice: Random) -> list[Beat]:
    """The beats of a course, each a little earlier or later than usual."""
    parts = [part.split() for part in COURSES[course].split(", ") if part]
    return [_beat(deed, float(hours), dice) for deed, hours in parts]


def _beat(written: str, hours: float, dice: Random) -> Beat:
    deed, _, detail = written.partition(":")
    spread = 1.0 if deed in ("warn", "lapse") else dice.uniform(0.6, 1.7)
    return Beat(deed, detail, hours * spread)
