"""Facts: typed data under a stable key and version, worded in the reader's language when read."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, TypeVar

from django.utils.functional import Promise

T = TypeVar("T", bound="type[Fact]")


@dataclass(frozen=True)
class Fact:
    """What can have happened. Fields hold ids, enumerations, numbers and moments; never names or words.

    `sentence` is one translatable sentence with `{by}` and `{field}` placeholders; `parties` names the
    fields that hold party ids, `labels` gives the choices a field's value is shown with.
    Facts with a `public_sentence` are shown to the complainant in these plain words. `nothing` is what
    stands where a field is empty.
    """

    key: ClassVar[str] = ""
    version: ClassVar[int] = 0
    sentence: ClassVar[Promise | str] = ""
    public_sentence: ClassVar[Promise | str] = ""
    icon: ClassVar[str] = "circle-dot"
    parties: ClassVar[tuple[str, ...]] = ()
    labels: ClassVar[dict[str, Any]] = {}
    nothing: ClassVar[Promise | str] = "–"

    @classmethod
    def kinds(cls) -> dict[str, str]:
        """What each field holds, as it is declared: int, str, bool, date, datetime, each perhaps nothing."""
        return {field.name: str(field.type).removesuffix(" | None") for field in dataclasses.fields(cls)}

    def to_data(self) -> dict[str, Any]:
        """The fact as JSON: moments as ISO 8601."""
        return {field.name: _plain(getattr(self, field.name)) for field in dataclasses.fields(self)}


_registry: dict[tuple[str, int], type[Fact]] = {}


def fact(key: str, version: int) -> Callable[[T], T]:
    """Register a fact under its key and version. A key and version are taken once."""

    def register(cls: T) -> T:
        if (key, version) in _registry:
            raise ValueError(f"{key} version {version} is taken by {_registry[key, version].__name__}")
        cls.key, cls.version = key, version
        _registry[key, version] = cls
        return cls

    return register


def fact_class(key: str, version: int) -> type[Fact] | None:
    """The class of a stored fact; None for an unknown or older shape, which still shows."""
    return _registry.get((key, version))


def all_facts() -> dict[tuple[str, int], type[Fact]]:
    """Every registered fact by key and version."""
    return dict(_registry)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value
