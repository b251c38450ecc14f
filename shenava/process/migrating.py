"""Migrating: an administrator lets open complaints go on by another version, and takes it back."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from shenava.common import clock
from shenava.journal.actions import Refused, Verdict
from shenava.journal.recording import record
from shenava.people.models import Party
from shenava.process.actions import action
from shenava.process.facts import MovedOpenOnes, PutBack
from shenava.process.models import Migration, MigrationItem, Process, ProcessVersion
from shenava.process.planning import default_mapping, open_runs, successors_of
from shenava.process.publishing import graph_of

MOVE = "complaints.move_runs"
"""The job that does it, one complaint after another."""
NOT_THESE = Verdict(_("Choose two versions of this process, the second of them in force."))
NO_PLACE = Verdict(_("Work of this step cannot go there. Look at the plan again."))
NONE_OPEN = Verdict(_("No open complaint follows this version."))
STILL_MOVING = Verdict(_("Complaints of this process are on their way already. Wait until they have arrived."))
DONE_ALREADY = Verdict(_("This has been put back already."))


@action
def migrate_runs(
    process: Process, *, old: ProcessVersion, mode: str, mapping: Mapping[str, str], by: Party
) -> Migration:
    """Let the open complaints of one version go on by the one in force: those where nothing they passed has changed,
    or all for which there is a place, the work of vanished steps going where it is said. Due dates stay."""
    new = process.current_version
    if new is None or old.process_id != process.pk or old.pk == new.pk:
        raise Refused(NOT_THESE, "migrate_runs")
    if any(one.is_under_way for one in Migration.objects.filter(to_version__process=process)):
        raise Refused(STILL_MOVING, "migrate_runs")
    migration = Migration.objects.create(
        from_version=old, to_version=new, mode=Migration.Mode(mode), by=by, at=clock.now(),
        mapping=default_mapping(old, new) | _checked(old, new, mapping),
    )  # fmt: skip
    runs = open_runs(old).order_by("pk").values_list("pk", flat=True)
    items = MigrationItem.objects.bulk_create(
        (MigrationItem(migration=migration, instance_id=pk) for pk in runs.iterator()), batch_size=1_000
    )
    if not items:
        raise Refused(NONE_OPEN, "migrate_runs")
    record(process, MovedOpenOnes(migration=migration.pk, number=new.number, runs=len(items)), by=by)
    app.configure_task(MOVE, queue="follow").defer(migration_id=migration.pk)
    return migration


@action
def revert_migration(process: Process, *, migration: Migration, by: Party) -> Migration:
    """Put back those that have not moved on since; the others are named."""
    found = Migration.objects.select_for_update(of=("self",), no_key=True)
    migration = found.select_related("from_version").get(pk=migration.pk, to_version__process=process)
    if migration.reverted_at is not None:
        raise Refused(DONE_ALREADY, "revert_migration")
    if migration.is_under_way:
        raise Refused(STILL_MOVING, "revert_migration")
    migration.reverted_at, migration.reverted_by = clock.now(), by
    migration.save(update_fields=["reverted_at", "reverted_by"])
    record(process, PutBack(migration=migration.pk, number=migration.from_version.number), by=by)
    app.configure_task(MOVE, queue="follow").defer(migration_id=migration.pk)
    return migration


def _checked(old: ProcessVersion, new: ProcessVersion, mapping: Mapping[str, str]) -> dict[str, str]:
    before, after = graph_of(old), graph_of(new)
    for key, to in mapping.items():
        node = before.nodes.get(key)
        if node is None or to not in [one.key for one in successors_of(node, after)]:
            raise Refused(NO_PLACE, "migrate_runs")
    return dict(mapping)
