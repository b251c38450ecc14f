"""The chain: what was written cannot be changed unseen."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.db.transaction import TransactionManagementError

from shenava.common import clock
from shenava.complaints import actions
from shenava.complaints.models import Complaint
from shenava.journal.actions import ALLOWED, ForgottenFactError, Refused, Room, action_for
from shenava.journal.models import Entry, Stream
from shenava.journal.recording import digest, record, unfollowed
from shenava.journal.verify import verify
from shenava.people.facts import PasswordChanged
from shenava.people.models import Party
from tests.world import World


def behind_the_back(statement: str, *values: object) -> None:
    """Change rows as somebody with the database in his hands would: with the triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_every_chain_of_an_honest_journal_holds(world: World) -> None:
    world.responded()
    found = verify()
    assert found.broken == ()
    assert found.entries == Entry.objects.count() > 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET kind = 'x'",
        "DELETE FROM journal_entry",
        "TRUNCATE journal_entry CASCADE",
    ],
)
def test_the_database_refuses_to_change_an_entry(world: World, statement: str) -> None:
    world.complaint()
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)
    assert Entry.objects.exists()


def test_a_changed_entry_is_named(world: World) -> None:
    complaint = world.taken()
    behind_the_back("UPDATE journal_entry SET by_id = %s WHERE kind = 'complaint.taken'", world.reza.pk)
    [broken] = verify().broken
    assert (broken.stream, broken.seq) == (complaint.journal_stream, 2)


def test_a_removed_entry_is_named(world: World) -> None:
    complaint = world.responded()
    behind_the_back("DELETE FROM journal_entry WHERE kind = 'complaint.taken'")
    [broken] = verify().broken
    assert (broken.stream, broken.seq) == (complaint.journal_stream, 2)


def test_entries_cut_off_at_the_end_are_missed(world: World) -> None:
    complaint = world.responded()
    behind_the_back("DELETE FROM journal_entry WHERE kind = 'complaint.responded'")
    [broken] = verify().broken
    assert (broken.stream, broken.seq) == (complaint.journal_stream, 3)


def test_entries_that_changed_places_are_named(world: World) -> None:
    complaint = world.responded()
    for before, after in ((1, 10), (2, 1), (10, 2)):
        behind_the_back(
            "UPDATE journal_entry SET seq = %s FROM journal_stream s"
            " WHERE s.id = stream_id AND s.name = %s AND journal_entry.seq = %s",
            after, complaint.journal_stream, before,
        )  # fmt: skip
    [broken] = verify().broken
    assert (broken.stream, broken.seq) == (complaint.journal_stream, 1)


def test_an_entry_put_in_between_is_named(world: World) -> None:
    complaint = world.responded()
    behind_the_back("UPDATE journal_entry SET seq = 4 WHERE kind = 'complaint.responded'")
    behind_the_back(
        "INSERT INTO journal_entry (stream_id, seq, at, kind, version, data, by_id, hash) SELECT stream_id, 3, at,"
        " 'complaint.noted', 1, '{}', by_id, repeat('0', 64) FROM journal_entry WHERE kind = 'complaint.taken'"
    )
    [broken] = verify().broken
    assert (broken.stream, broken.seq) == (complaint.journal_stream, 3)


def test_an_entry_added_at_the_end_is_named_however_well_it_is_made(world: World) -> None:
    complaint = world.taken()
    last = Entry.objects.filter(stream__name=complaint.journal_stream).latest("seq")
    forged = digest(
        complaint.journal_stream, 3, last.at, ("complaint.taken", 1, {"work_item": 9}), (world.reza.pk, None), last.hash
    )
    behind_the_back(
        "INSERT INTO journal_entry (stream_id, seq, at, kind, version, data, by_id, hash)"
        " VALUES (%s, 3, %s, 'complaint.taken', 1, '{\"work_item\": 9}', %s, %s)",
        last.stream_id, last.at, world.reza.pk, forged,
    )  # fmt: skip
    [broken] = verify().broken
    assert (broken.stream, broken.seq) == (complaint.journal_stream, 3)


@pytest.mark.parametrize(
    "change",
    [
        "data = '{\"work_item\": 0}'", "at = at + interval '1 microsecond'", "kind = 'complaint.noted'", "version = 2",
        "on_behalf_of_id = by_id", "hash = repeat('0', 64)",
    ],
)  # fmt: skip
def test_whatever_of_an_entry_is_changed_is_noticed(world: World, change: str) -> None:
    complaint = world.responded()
    behind_the_back(f"UPDATE journal_entry SET {change} WHERE kind = 'complaint.taken'")
    [broken] = verify().broken
    assert (broken.stream, broken.seq) == (complaint.journal_stream, 2)


def test_one_broken_chain_does_not_hide_another(world: World) -> None:
    first, second = world.taken(), world.taken()
    behind_the_back("UPDATE journal_entry SET version = 2 WHERE kind = 'complaint.taken'")
    assert [broken.stream for broken in verify().broken] == [first.journal_stream, second.journal_stream]


def test_streams_are_chains_of_their_own(world: World) -> None:
    first, second = world.taken(), world.taken()
    places = Entry.objects.filter(stream__name__in=[first.journal_stream, second.journal_stream])
    assert sorted(places.values_list("seq", flat=True)) == [1, 1, 2, 2]
    hashes = Entry.objects.values_list("hash", flat=True)
    assert len(set(hashes)) == len(hashes)
    assert verify().heads[first.journal_stream] == Stream.objects.get(name=first.journal_stream).head


def test_moments_are_chained_to_the_microsecond(world: World) -> None:
    for microsecond in (0, 1, 499_999, 500_000, 999_999):
        with clock.set_to(datetime(2035, 12, 31, 23, 59, 59, microsecond, tzinfo=UTC)):
            world.complaint()
    assert verify().broken == ()


def test_a_refused_verb_leaves_no_entry(world: World) -> None:
    complaint = world.taken()
    before = Entry.objects.count()
    with pytest.raises(Refused):
        actions.respond(complaint, text="No.", by=world.reza)
    assert Entry.objects.count() == before


def follow_ups() -> int:
    """How many follow-up jobs wait."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'complaints.follow'")
        return int(cursor.fetchone()[0])


def test_whoever_writes_many_entries_at_once_can_leave_their_jobs_out(world: World) -> None:
    complaint = world.complaint()
    before = follow_ups()
    with unfollowed("complaint"):
        actions.note(complaint, text="Called back.", by=world.sara)
    assert follow_ups() == before
    actions.note(complaint, text="Called back again.", by=world.sara)
    assert follow_ups() == before + 1


def test_each_entry_is_followed_by_a_job_in_the_same_transaction(world: World) -> None:
    world.complaint()
    assert follow_ups() == Entry.objects.filter(stream__name__startswith="complaint:").count() == 1


def test_what_is_rolled_back_leaves_neither_entry_nor_job(world: World) -> None:
    complaint = world.taken()
    before = (Entry.objects.count(), follow_ups(), Stream.objects.get(name=complaint.journal_stream).head)
    with pytest.raises(RuntimeError, match="power"), transaction.atomic():
        actions.note(complaint, text="x", by=world.sara)
        assert (Entry.objects.count(), follow_ups()) == (before[0] + 1, before[1] + 1)
        raise RuntimeError("power failed")
    after = (Entry.objects.count(), follow_ups(), Stream.objects.get(name=complaint.journal_stream).head)
    assert after == before
    assert verify().broken == ()


def test_a_verb_without_a_fact_does_not_happen(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    complaint = world.taken()
    monkeypatch.setattr("shenava.journal.actions._rooms", {})
    forgetful = action_for(Room("forgetful", may=lambda by, verb, subject: ALLOWED))

    @forgetful
    def rename(subject: Complaint, *, by: Party) -> None:
        Complaint.objects.filter(pk=subject.pk).update(title="Secretly")

    with pytest.raises(ForgottenFactError):
        rename(complaint, by=world.sara)
    assert not Complaint.objects.filter(title="Secretly").exists()


class TestCommitted:
    """What only shows with real transactions."""

    @pytest.fixture
    def db(self, own_database: None) -> None:
        """These tests commit, so each has a database of its own."""

    def test_no_fact_is_written_outside_a_transaction(self, world: World) -> None:
        before = Entry.objects.count()
        with pytest.raises(TransactionManagementError):
            record("people", PasswordChanged(), by=world.sara)
        assert Entry.objects.count() == before

    def test_entries_of_a_stream_that_was_removed_are_missed(self, world: World) -> None:
        world.responded()
        with transaction.atomic():
            behind_the_back("DELETE FROM journal_stream WHERE name LIKE 'complaint:%%'")
        [broken] = verify().broken
        assert (broken.stream, broken.seq) == ("?", 1)

    def test_whoever_writes_to_one_stream_at_once_writes_one_chain(self, world: World) -> None:
        many = 12
        gate = Barrier(many)

        def write(_: int) -> None:
            gate.wait()
            with transaction.atomic():
                record("people", PasswordChanged(), by=world.sara)
            connections.close_all()

        with ThreadPoolExecutor(many) as pool:
            list(pool.map(write, range(many)))
        places = Entry.objects.filter(stream__name="people").order_by("seq").values_list("seq", flat=True)
        assert list(places) == list(range(1, many + 1))
        assert verify().broken == ()

    def test_a_verb_waits_for_the_one_before_on_the_same_row(self, world: World) -> None:
        complaint = world.complaint()
        gate = Barrier(2)

        def take(by: Party) -> bool:
            gate.wait()
            try:
                actions.mark_not_a_complaint(complaint, text="x", by=by)
                return True
            except Refused:
                return False
            finally:
                connections.close_all()

        actions.take(complaint, by=world.sara)
        with ThreadPoolExecutor(2) as pool:
            ends = list(pool.map(take, [world.sara, world.manager]))
        assert sorted(ends) == [False, True]
        assert complaint.closures.count() == 1
