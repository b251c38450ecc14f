"""Going over: an open complaint goes on by another version of its process, or is put back. Nobody reads it for that."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from shenava.common import clock
from shenava.complaints.actions.allotting import follow
from shenava.complaints.actions.room import action
from shenava.complaints.facts_of_process import CameBack, WentOver
from shenava.complaints.models import Complaint
from shenava.journal.actions import Refused
from shenava.journal.recording import record
from shenava.people.models import Party
from shenava.process import going_over
from shenava.process.going_over import StaysError, why_not
from shenava.process.kernel import NotMovableError
from shenava.process.models import Migration, MigrationItem
from shenava.process.planning import affected_by

Result, Why = MigrationItem.Result, MigrationItem.Why
log = logging.getLogger(__name__)


@action
def go_over(complaint: Complaint, *, item: MigrationItem, by: Party) -> MigrationItem:
    """Let a complaint go on by another version: where it is, with its work and its dates."""
    migration = item.migration
    is_careful = migration.mode == Migration.Mode.UNAFFECTED
    affected = affected_by(migration.from_version, migration.to_version) if is_careful else frozenset[str]()
    record(complaint, WentOver(migration_item=item.pk, number=migration.to_version.number), by=by)
    follow(complaint, going_over.go_over(complaint, item, affected, at=clock.now()), by=by)
    return item


@action
def come_back(complaint: Complaint, *, item: MigrationItem, by: Party) -> MigrationItem:
    """Put a complaint back to the version it came from, as it was, unless it has moved on since."""
    record(complaint, CameBack(migration_item=item.pk, number=item.migration.from_version.number), by=by)
    follow(complaint, going_over.come_back(complaint, item, at=clock.now()), by=by)
    return item


def carry_out(migration_id: int) -> None:
    """Move what waits for it, one complaint after another. Safe to run twice; what fails stops none of the others."""
    versions = ("from_version__process", "to_version__process", "by", "reverted_by")
    migration = Migration.objects.select_related(*versions).filter(pk=migration_id).first()
    if migration is None or not migration.is_under_way:
        return
    asked, over = (Result.MOVED, "put_back_at") if migration.reverted_by else (Result.WAITING, "finished_at")
    for pk in list(migration.items.filter(result=asked).order_by("pk").values_list("pk", flat=True)):
        item = MigrationItem.objects.select_related("instance__complaint", "instance__parent__complaint").get(pk=pk)
        item.migration = migration
        with _kept_apart(item):
            if migration.reverted_by:
                come_back(_complaint(item), item=item, by=migration.reverted_by)
            else:
                go_over(_complaint(item), item=item, by=migration.by)
    Migration.objects.filter(pk=migration.pk, **{f"{over}__isnull": True}).update(**{over: clock.now()})


def _complaint(item: MigrationItem) -> Complaint:
    """Whose run it is; one that was called belongs to the complaint of the one that waits for it."""
    run = item.instance
    found: Complaint = run.complaint or run.parent.complaint  # type: ignore[union-attr, assignment]
    return found


@contextmanager
def _kept_apart(item: MigrationItem) -> Iterator[None]:
    """Whatever stands in the way of one is written down, and the others go on."""
    try:
        yield
    except NotMovableError as error:
        _stays(item, why_not(error))
    except StaysError as stays:
        _stays(item, stays.why)
    except Refused:
        _stays(item, Why.REFUSED)
    except Exception:
        log.exception("%s could not go over", item)
        _stays(item, Why.FAILED)


def _stays(item: MigrationItem, why: str) -> None:
    before, after = (Result.WAITING, Result.STAYED)
    if item.migration.reverted_at is not None:
        before, after = (Result.MOVED, Result.MOVED_ON)
    MigrationItem.objects.filter(pk=item.pk, result=before).update(result=after, why=why)
