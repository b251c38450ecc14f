"""A case: one story while it happens, with the people who are at work on it."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from shenava.complaints.models import Complaint, Referral
from shenava.operations.demo.house import House
from shenava.operations.demo.stories import Story
from shenava.operations.demo.texts import ours, said
from shenava.people.models import Party


@dataclass
class Case:
    """What a deed needs: the complaint, its officer, the latest referral and who was asked by it."""

    story: Story
    complaint: Complaint
    house: House
    dice: Random
    officer: Party
    other: Case | None = None
    referral: Referral | None = None
    asked: Party | None = None
    named: Party | None = None

    @property
    def manager(self) -> Party:
        """Who decides about staff, and whom danger is told."""
        return self.house.people["arash"]

    @property
    def judge(self) -> Party:
        """Who decides here: the officer, or the manager where staff are complained about."""
        return self.manager if self.complaint.is_about_staff else self.officer

    def says(self, what: str) -> str:
        """A phrase in the complainant's language."""
        return said(self.story.language, what, self.dice)

    def writes(self, what: str) -> str:
        """A phrase among staff."""
        return ours(what, self.dice)
