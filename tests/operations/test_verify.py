"""`shenava verify`: what was changed behind the program's back is named, and the exit code says it."""

from __future__ import annotations

import psycopg
import pytest

from tests.journeys.product import Product


def behind_the_back(product: Product, statement: str) -> None:
    """As somebody with the database in his hands: with the triggers off."""
    with psycopg.connect(product.database) as connection:
        connection.execute("SET session_replication_role = replica")
        assert connection.execute(statement).rowcount > 0


def test_an_honest_journal_is_proven(peopled: Product) -> None:
    done = peopled.run("verify")
    assert done.returncode == 0
    assert done.stdout.rstrip().endswith(" entries, 0 broken")


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        (
            "UPDATE journal_entry SET data = data || '{\"owner\": 1}' WHERE kind = 'complaint.registered'",
            "entry 1: the entry was changed after it was written",
        ),
        (
            "UPDATE journal_entry SET at = at - interval '1 day' WHERE kind = 'complaint.taken'",
            "entry 2: the entry was",
        ),
        ("DELETE FROM journal_entry WHERE kind = 'complaint.registered'", "entry 1: an entry is missing"),
        ("DELETE FROM journal_entry WHERE kind = 'complaint.taken'", "entry 2: entries are missing at the end"),
    ],
)
def test_a_row_changed_behind_the_programs_back_is_named(peopled: Product, statement: str, named: str) -> None:
    behind_the_back(peopled, statement)
    done = peopled.run("verify")
    assert done.returncode == 1
    assert done.stdout.splitlines()[0].endswith("1 broken")
    assert f"  complaint:1 {named}" in done.stdout
