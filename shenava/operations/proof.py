"""What a backup promises and a restore proves: rows per table, hashes of files, heads of the journal's chains."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from django.conf import settings
from django.db import connection

from shenava.common import clock
from shenava.complaints.models import Complaint
from shenava.journal.verify import verify
from shenava.operations import dumping
from shenava.operations.packing import FILES, PackError
from shenava.people.models import Organisation

VERSION = 1


@dataclass(frozen=True)
class Manifest:
    """What an installation holds at one moment."""

    version: int
    created: str
    migrations: list[str]
    rows: dict[str, int]
    heads: dict[str, str]
    entries: int
    broken: list[str]
    hashes: dict[str, str] = field(default_factory=dict)

    @classmethod
    def from_json(cls, text: str) -> Manifest:
        """Read one; raises PackError for a format this program does not know."""
        told = json.loads(text)
        if told.get("version") != VERSION:
            raise PackError(f"The archive has format {told.get('version')}; this program reads format {VERSION}.")
        return cls(**told)

    def to_json(self) -> str:
        """As text, the same for the same content."""
        return json.dumps(asdict(self), sort_keys=True)

    def with_hashes(self, hashes: Mapping[str, str]) -> Manifest:
        """The same with the hashes of its members."""
        return replace(self, hashes=dict(hashes))

    def summary(self) -> str:
        """One line for the operator."""
        files = sum(name.startswith(f"{FILES}/") for name in self.hashes)
        return (
            f"{sum(self.rows.values())} rows in {len(self.rows)} tables, {files} files, "
            f"{len(self.heads)} journal streams with {self.entries} entries"
        )


def take_stock() -> Manifest:
    """Count and walk the database as it is; call it within a snapshot."""
    walked = verify()
    return Manifest(
        version=VERSION,
        created=clock.now().isoformat(timespec="seconds"),
        migrations=dumping.migrations(),
        rows=dumping.counts(),
        heads=walked.heads,
        entries=walked.entries,
        broken=[str(fault) for fault in walked.broken],
    )


def differences(wanted: Manifest, found: Manifest) -> list[str]:
    """What is not as the manifest says; empty when all is proven."""
    amiss = [
        f"{what} {name}: {before} in the archive, {after} here"
        for what, left, right in (
            ("rows of", wanted.rows, found.rows),
            ("hash of", wanted.hashes, found.hashes),
            ("head of journal stream", wanted.heads, found.heads),
        )
        for name, before, after in _unequal(left, right)
    ]
    return amiss + [f"journal: {fault}" for fault in found.broken if fault not in wanted.broken]


def empty_or_why_not() -> str:
    """Empty when this installation is; else one sentence."""
    if dumping.other_programs():
        return "Another program uses this database: stop it first."
    tables = connection.introspection.table_names()
    if Organisation._meta.db_table in tables and Organisation.objects.exists():
        return "This installation has an organisation already; restore into an empty one."
    if Complaint._meta.db_table in tables and Complaint.objects.exists():
        return "This installation has complaints already; restore into an empty one."
    if any(path.is_file() for path in Path(settings.FILES_DIR).rglob("*")):
        return f"There are files in {settings.FILES_DIR} already; restore into an empty installation."
    return _strangers(tables)


def _strangers(tables: list[str]) -> str:
    ours = {*connection.introspection.django_table_names(), "django_migrations"}
    foreign = [name for name in tables if name not in ours and not name.startswith("procrastinate_")]
    return f"The database holds tables of something else ({foreign[0]}); restore into an empty one." if foreign else ""


def _unequal(left: Mapping[str, object], right: Mapping[str, object]) -> list[tuple[str, object, object]]:
    names = sorted(set(left) | set(right))
    return [(name, left.get(name), right.get(name)) for name in names if left.get(name) != right.get(name)]
