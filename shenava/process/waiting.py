"""Waiting times of one work item, in calendar time. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Waiting:
    """How long it lay unseen, undecided and in work."""

    unseen: timedelta
    undecided: timedelta
    working: timedelta

    @property
    def whole(self) -> timedelta:
        """From sending to the answer."""
        return self.unseen + self.undecided + self.working


def waiting(
    sent: datetime, seen: datetime | None, accepted: datetime | None, answered: datetime | None, now: datetime
) -> Waiting:
    """The three waiting times; a missing stamp takes the next one, the last of them now.

    A stamp later than the next one counts as that, so that no time is negative or counted twice.
    """
    answered = answered or now
    accepted = min(accepted or answered, answered)
    seen = min(seen or accepted, accepted)
    return Waiting(seen - sent, accepted - seen, answered - accepted)
