"""`shenava verify`: what was changed behind the program's back is named, and the exit code says it."""

from __future__ import annotations

import psycopg
import pytest

from tests.journeys.product import Product, new_product

CAST = "from tests.world import build; world = build(); [world.taken() for _ in range(4)]"
OF = "stream_id = (SELECT id FROM journal_stream WHERE name = 'complaint:{}')"


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory, tables: str) -> Product:
    """An installation with four complaints in handling."""
    made = new_product(tmp_path_factory.mktemp("verify"), "shenava_operations_verify", like=tables)
    made.python(CAST)
    return made


def behind_the_back(product: Product, statement: str) -> None:
    """As somebody with the database in his hands: with the triggers off."""
    with psycopg.connect(product.database) as connection:
        connection.execute("SET session_replication_role = replica")
        assert connection.execute(statement).rowcount == 1


def test_an_honest_journal_is_proven(product: Product) -> None:
    done = product.run("verify")
    assert done.returncode == 0
    assert done.stdout.rstrip().endswith(" entries, 0 broken")


@pytest.mark.parametrize(
    ("complaint", "statement", "named"),
    [
        (1, "UPDATE journal_entry SET data = data || '{\"owner\": 1}' WHERE seq = 1", "entry 1: the entry was changed"),
        (2, "UPDATE journal_entry SET at = at - interval '1 day' WHERE seq = 2", "entry 2: the entry was changed"),
        (3, "DELETE FROM journal_entry WHERE seq = 1", "entry 1: an entry is missing"),
        (4, "DELETE FROM journal_entry WHERE seq = 2", "entry 2: entries are missing at the end"),
    ],
)
def test_a_row_changed_behind_the_programs_back_is_named(
    product: Product, complaint: int, statement: str, named: str
) -> None:
    assert f"complaint:{complaint} " not in product.run("verify").stdout
    behind_the_back(product, f"{statement} AND {OF.format(complaint)}")
    done = product.run("verify")
    assert done.returncode == 1
    assert f"\n  complaint:{complaint} {named}" in done.stdout
