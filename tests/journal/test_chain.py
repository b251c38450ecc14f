"""The chain: what was written cannot be changed unseen."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from shenava.complaints import actions
from shenava.journal.actions import Refused
from shenava.journal.models import Entry, Stream
from shenava.journal.verify import verify
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


def test_a_refused_verb_leaves_no_entry(world: World) -> None:
    complaint = world.taken()
    before = Entry.objects.count()
    with pytest.raises(Refused):
        actions.respond(complaint, text="No.", by=world.reza)
    assert Entry.objects.count() == before


def test_each_entry_is_followed_by_a_job_in_the_same_transaction(world: World) -> None:
    world.complaint()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'complaints.follow'")
        jobs = cursor.fetchone()[0]
    assert jobs == Entry.objects.filter(stream__name__startswith="complaint:").count()
    assert Stream.objects.count() >= 1
