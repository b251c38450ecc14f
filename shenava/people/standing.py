"""Standing: what a party may be asked for, loaded once and passed around without queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db.models import CharField, IntegerField, Value

from shenava.common import clock, worded
from shenava.people.models import Delegation, Party, PartyKind, Role, RoleGrant, Unit
from shenava.people.models.roles import WORKS_IN_UNITS

DEPUTY, UNIT = "deputy", "unit"  # beside the names of roles
PARTY = worded.number(0)
READS_EVERYTHING = frozenset({Role.COMPLAINTS_MANAGER, Role.AUDITOR})


@dataclass(frozen=True)
class Standing:
    """A party's roles and where they hold. `ids` are the numbers whose work it may see:
    its own, its units' and those it deputises for. A scope of None means everywhere. `grants` are the numbers of
    the rows that give the roles, by which it can be asked whether they still stand.
    Two that are equal see and may do the same, so that one may be the key of something kept."""

    party_id: int
    kind: str
    is_active: bool = True
    roles: Mapping[str, frozenset[int] | None] = field(default_factory=dict, hash=False)
    ids: frozenset[int] = frozenset()
    deputised: frozenset[int] = frozenset()
    grants: tuple[int, ...] = ()

    @property
    def is_system(self) -> bool:
        return self.kind == PartyKind.SYSTEM

    @property
    def is_staff(self) -> bool:
        return bool(self.roles)

    @property
    def persons(self) -> frozenset[int]:
        """Oneself and those one deputises for: units do not answer, people do."""
        return self.deputised | {self.party_id}

    @property
    def reads_everything(self) -> bool:
        return self.is_system or any(self.roles.get(role, frozenset()) is None for role in READS_EVERYTHING)

    def has(self, *roles: str) -> bool:
        """Does the party hold one of these roles anywhere?"""
        return any(role in self.roles for role in roles)

    def has_in(self, unit_id: int | None, *roles: str) -> bool:
        """Does the party hold one of these roles in this unit (or everywhere)?"""
        scopes = [self.roles[role] for role in roles if role in self.roles]
        return any(scope is None or unit_id in scope for scope in scopes)


def standing_of(party: Party) -> Standing:
    """Load a party's standing; kept on the object, which lives as long as one request."""
    kept: Standing | None = getattr(party, "_standing", None)
    if kept is None:
        kept = _load(party)
        party._standing = kept  # type: ignore[attr-defined]
    return kept


def _load(party: Party) -> Standing:
    if party.kind != PartyKind.PERSON or not hasattr(party, "user"):
        return Standing(party.pk, party.kind, ids=frozenset({party.pk}))
    if not party.user.is_active:
        return Standing(party.pk, party.kind, is_active=False)
    granted, deputised, units = _granted(party)
    roles, grants = _scopes(granted.values(), units), tuple(sorted(granted))
    ids = frozenset({party.pk} | _units(roles, units) | deputised)
    return Standing(party.pk, party.kind, roles=roles, ids=ids, deputised=frozenset(deputised), grants=grants)


def _scopes(
    grants: Iterable[tuple[str, int | None]], units: Mapping[int, int | None]
) -> dict[str, frozenset[int] | None]:
    found: dict[str, set[int] | None] = {}
    for role, unit_id in grants:
        if unit_id is None or found.get(role, ()) is None:
            found[role] = None
            continue
        roots = found.setdefault(role, set())
        if roots is not None:
            roots.add(unit_id)
    children: dict[int | None, list[int]] = {}
    for pk, parent in units.items():
        children.setdefault(parent, []).append(pk)
    return {role: None if roots is None else frozenset(_subtree(roots, children)) for role, roots in found.items()}


def _subtree(roots: Iterable[int], children: Mapping[int | None, list[int]]) -> set[int]:
    seen: set[int] = set()
    waiting = list(roots)
    while waiting:
        unit = waiting.pop()
        if unit not in seen:
            seen.add(unit)
            waiting += children.get(unit, [])
    return seen


def _units(roles: Mapping[str, frozenset[int] | None], units: Iterable[int]) -> set[int]:
    scopes = [scope for role, scope in roles.items() if role in WORKS_IN_UNITS]
    if None in scopes:
        return set(units)
    return {unit for scope in scopes for unit in scope or ()}


def _granted(party: Party) -> tuple[dict[int, tuple[str, int | None]], set[int], dict[int, int | None]]:
    """Roles with their units, by the numbers of their grants; whom the party deputises for now; and every unit with
    the one above. One query."""
    found: dict[str, list[tuple[Any, Any]]] = {}
    for what, pk, beside in worded.answer(_question(), {PARTY: party.pk, worded.LATER: clock.now()}):
        found.setdefault(what, []).append((pk, beside))
    units, delegators = dict(found.pop(UNIT, ())), {pk for pk, _beside in found.pop(DEPUTY, ())}
    return {grant: (role, unit) for role, held in found.items() for unit, grant in held}, delegators, units


@lru_cache(maxsize=1)
def _question() -> worded.Question:
    deputised = Delegation.objects.filter(
        deputy=PARTY, delegator__user__is_active=True, starts_at__lte=worded.LATER, ends_at__gt=worded.LATER
    )
    nothing = Value(None, IntegerField())
    rows = Unit.objects.values_list(Value(UNIT, CharField()), "pk", "parent_id").union(
        RoleGrant.objects.filter(party=PARTY).values_list("role", "unit_id", "pk"),
        deputised.values_list(Value(DEPUTY, CharField()), "delegator_id", nothing),
        all=True,
    )
    return worded.question(rows)
