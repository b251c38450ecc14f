"""Customers of the demo: people of three languages, some companies, a few who come again and some without a name."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from shenava.operations.demo.texts import read
from shenava.people.models import PartyKind
from shenava.people.parties import Introduction

COUNTRY_CODES = {"fa": "+9891200", "he": "+97250000", "en": "+447700900"}
DIGITS = {"fa": 5, "he": 4, "en": 3}


@dataclass(frozen=True)
class Customer:
    """Somebody who complains. Without a name it is nobody known."""

    name: str = ""
    email: str = ""
    phone: str = ""
    is_company: bool = False

    @property
    def introduction(self) -> Introduction | None:
        """What he says of himself; None where he says nothing."""
        kind = PartyKind.COMPANY if self.is_company else PartyKind.PERSON
        return Introduction(self.name, self.email, self.phone, kind=kind) if self.name else None


class Customers:
    """Draws customers; nearly every twelfth has complained before."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice
        self._known: dict[str, list[Customer]] = {"fa": [], "he": [], "en": []}

    def somebody(self, language: str) -> Customer:
        """The next one who writes or calls in this language."""
        known, chance = self._known[language], self._dice.random()
        if chance < 0.03:
            return Customer()
        if known and chance < 0.11:
            return self._dice.choice(known[-30:])
        known.append(self._company() if language == "fa" and chance > 0.96 else self._person(language))
        return known[-1]

    def _person(self, language: str) -> Customer:
        names = read("customers")[language]
        (first, early), (last, late) = self._dice.choice(names["first"]), self._dice.choice(names["last"])
        email = f"{early}.{late}{self._dice.randint(1, 99)}@example.com" if self._dice.random() < 0.8 else ""
        return Customer(f"{first} {last}", email, self._phone(language))

    def _company(self) -> Customer:
        name, mailbox = self._dice.choice(read("customers")["companies"])
        return Customer(name, f"office@{mailbox}.example", self._phone("fa"), is_company=True)

    def _phone(self, language: str) -> str:
        drawn = self._dice.randrange(10 ** DIGITS[language])
        return f"{COUNTRY_CODES[language]}{drawn:0{DIGITS[language]}}"
