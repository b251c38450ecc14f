"""The doctor: each check sees what is well and what is not, and says what to do."""

from __future__ import annotations

import json
from collections import namedtuple
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from shenava.common import clock
from shenava.messages import outbox
from shenava.messages.models import Mailbox, Outgoing, OutgoingState, Raw, RawState
from shenava.messages.texts import Wording
from shenava.operations import archive, checks
from shenava.operations.doctor import Check, Finding
from shenava.process.models import Timer
from tests.journeys.product import Product, new_product
from tests.process.test_branches import LATER
from tests.process.test_incidents import stopped
from tests.world import World

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def data_of_the_test(settings: Any, tmp_path: Path) -> Path:
    """A data folder of the test's own, with a key."""
    settings.DATA_DIR = tmp_path
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "secret.key").touch(0o600)
    return tmp_path


def levels(check: Check) -> list[str]:
    return [finding.level for finding in check()]


def only(check: Check) -> Finding:
    [finding] = check()
    return finding


def heartbeat(*, ago: timedelta) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)", [clock.now() - ago])


def job(status: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (task_name, queue_name, status) VALUES ('complaints.follow', 'q', %s)",
            [status],
        )


def mail(world: World, **fields: object) -> None:
    Mailbox.objects.get_or_create(address="care@arman.example", defaults={"name": "Care", "smtp_host": "mx.example"})
    row = outbox.queue_mail(Wording("Subject", "Words"), to="m@example.com", purpose="other", language="en")
    Outgoing.objects.filter(pk=row.pk).update(**fields)


def test_a_database_with_all_migrations_is_well() -> None:
    assert only(checks.database).level == "ok"


def test_a_missing_migration_is_told_with_the_command_that_applies_it() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'journal' AND name LIKE '0002%%'")
    finding = only(checks.database)
    assert (finding.level, finding.said) == ("fail", "1 migrations are missing")
    assert "shenava migrate" in finding.do


def test_a_worker_is_seen_by_its_heartbeat() -> None:
    assert only(checks.worker).level == "fail"
    assert "shenava worker" in only(checks.worker).do
    heartbeat(ago=timedelta(minutes=3))
    assert only(checks.worker).level == "fail"
    assert "silent since" in only(checks.worker).said
    heartbeat(ago=timedelta(seconds=10))
    assert only(checks.worker).level == "ok"


def test_failed_jobs_and_jobs_that_wait_long_are_counted() -> None:
    job("todo")
    assert only(checks.jobs).level == "ok"
    job("failed")
    assert only(checks.jobs).said == "1 jobs failed, the latest complaints.follow"
    with clock.shifted(HOUR):
        failed, waiting = checks.jobs()
    assert (failed.level, waiting.level) == ("warn", "warn")
    assert waiting.said.startswith("1 jobs wait")
    assert failed.do
    assert waiting.do


def test_an_empty_outbox_is_well(world: World) -> None:
    assert only(checks.outbox).level == "ok"
    mail(world)
    assert only(checks.outbox).level == "ok"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"queued_at": clock.now() - HOUR}, "wait for more than 15 minutes"),
        ({"state": OutgoingState.UNCERTAIN}, "are uncertain"),
        ({"state": OutgoingState.FAILED}, "failed"),
        ({"state": OutgoingState.BOUNCED}, "came back"),
        ({"state": OutgoingState.HELD, "held_for": "hourly_budget"}, "are held over a budget"),
    ],
)
def test_mail_that_does_not_arrive_is_told(world: World, fields: dict[str, object], said: str) -> None:
    mail(world, **fields)
    finding = only(checks.outbox)
    assert (finding.level, finding.said) == ("warn", f"outbox: 1 mails {said}")
    assert finding.do


def test_mail_of_the_demo_is_held_without_alarm(world: World) -> None:
    mail(world, state=OutgoingState.HELD, held_for="demo")
    assert only(checks.outbox).level == "ok"


def test_a_mailbox_is_well_while_it_is_fetched(world: World) -> None:
    assert only(checks.mailboxes).said == "mailboxes: none fetches mail"
    box = Mailbox.objects.create(name="Care", address="care@arman.example", imap_host="mx.example")
    assert (only(checks.mailboxes).level, only(checks.mailboxes).do) == ("warn", "is a worker running?")
    box.last_ok_at = clock.now()
    box.save()
    assert only(checks.mailboxes).level == "ok"
    with clock.shifted(HOUR):
        assert only(checks.mailboxes).level == "warn"
    box.last_step, box.last_error = "login", "authentication failed\nsecond line"
    box.save()
    finding = only(checks.mailboxes)
    assert (finding.level, finding.said) == (
        "fail",
        "mailbox care@arman.example: login fails: authentication failed",
    )
    assert "Administration" in finding.do


def test_mail_nobody_could_read_and_mail_nobody_has_read_are_told(world: World) -> None:
    assert only(checks.mail_in).level == "ok"
    for state, mark in ((RawState.FAILED, "a"), (RawState.WAITING, "b"), (RawState.READ, "c")):
        Raw.objects.create(content=b"", sha256=mark * 64, size=0, received_at=clock.now() - HOUR, state=state)
    unreadable, waiting = checks.mail_in()
    assert (unreadable.level, unreadable.said[:2]) == ("warn", "1 ")
    assert (waiting.level, waiting.said[:2]) == ("warn", "1 ")
    assert unreadable.do
    assert waiting.do


def test_clocks_that_agree_are_well() -> None:
    assert only(checks.clocks).level == "ok"


@pytest.mark.parametrize(("reserve", "level"), [(0, "ok"), (99, "ok"), (100, "warn"), (299, "warn"), (301, "fail")])
def test_the_disk_is_measured_against_its_reserve(monkeypatch: pytest.MonkeyPatch, reserve: int, level: str) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(checks.shutil, "disk_usage", lambda place: usage(0, 0, 300 * 1024 * 1024 - 1024))
    monkeypatch.setenv("SHENAVA_DISK_RESERVE_MB", str(reserve))
    finding = only(checks.disk)
    assert finding.level == level
    assert bool(finding.do) is (level != "ok")


def test_a_key_that_others_may_read_fails(data_of_the_test: Path) -> None:
    assert only(checks.secret_key).level == "ok"
    key = data_of_the_test / "keys" / "secret.key"
    key.chmod(0o640)
    finding = only(checks.secret_key)
    assert (finding.level, finding.do) == ("fail", f"run  chmod 600 {key}")


def test_the_age_of_the_last_backup_is_told(data_of_the_test: Path) -> None:
    assert (only(checks.backups).level, only(checks.backups).said) == ("warn", "there has been no backup")
    note = {"at": clock.now().isoformat(), "file": "/backup/shenava", "bytes": 7}
    (data_of_the_test / archive.NOTE).write_text(json.dumps(note))
    assert only(checks.backups).level == "ok"
    with clock.shifted(timedelta(days=3)):
        assert only(checks.backups).level == "warn"
        assert "shenava backup" in only(checks.backups).do


@pytest.mark.parametrize("check", [*checks.WITHIN, *checks.AROUND])
def test_whatever_is_not_well_comes_with_what_to_do(check: Callable[[], Any], world: World) -> None:
    mail(world, state=OutgoingState.FAILED)
    job("failed")
    assert [finding for finding in check() if finding.level != "ok" and not finding.do] == []


def test_the_command_looks_at_everything_and_its_exit_code_says_how_it_is(peopled: Product) -> None:
    alone = peopled.run("doctor")
    assert alone.returncode == 1
    assert "fail  no background worker runs\n      → run  shenava serve --with-worker" in alone.stdout
    with peopled.started():
        served = peopled.run("doctor")
    assert served.returncode == 0, served.stdout
    assert served.stdout.rstrip().endswith("0 fail")
    for name in (
        "database",
        "worker",
        "jobs",
        "outbox",
        "mailboxes",
        "incoming mail",
        "clocks",
        "disk",
        "key",
        "backup",
    ):
        assert name in served.stdout


def test_without_a_database_the_rest_is_looked_at(peopled: Product, tmp_path: Path) -> None:
    lost = peopled.run("doctor", DATABASE_URL=f"postgresql://u@/d?host={tmp_path}")
    assert lost.returncode == 1
    assert lost.stdout.startswith("fail  database: ")
    assert "see to this first" in lost.stdout
    assert "disk: " in lost.stdout
    assert "Traceback" not in lost.stdout + lost.stderr


def test_an_empty_database_is_told_how_to_begin(tmp_path: Path) -> None:
    product = new_product(tmp_path / "data", "shenava_operations_empty")
    done = product.run("doctor")
    assert done.returncode == 1
    assert "migrations are missing\n      → run  shenava migrate" in done.stdout


def test_processes_that_stopped_or_wait_for_what_nobody_sees_are_told(world: World) -> None:
    assert only(checks.processes).level == "ok"
    incident = stopped(world)
    Timer.objects.update(failed_at=None)
    with clock.shifted(LATER * 2):
        stopped_one, overdue, apart = checks.processes()
    assert (stopped_one.level, overdue.level, apart.level) == ("warn", "warn", "fail")
    assert str(incident.instance_id) in apart.said
