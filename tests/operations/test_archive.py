"""Backup and restore: database, files and keys come back whole and proven, or nothing is touched."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

import psycopg
import pytest

from tests.journeys.product import Product, new_product

PASSPHRASE = "a passphrase for the archive"
CAST = """
from django.core.files.uploadedfile import SimpleUploadedFile
from shenava.attachments.store import take_in
from tests.world import build
take_in(SimpleUploadedFile("receipt.txt", b"Invoice 7781/A"), name="receipt.txt")
build().responded()
"""
TABLES = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory, tables: str) -> Product:
    """An installation with the cast, a file and an answered complaint, and a backup of it."""
    product = new_product(tmp_path_factory.mktemp("source"), "shenava_operations_source", like=tables)
    product.python(CAST)
    done = product.run("backup", str(product.data / "archive"), SHENAVA_BACKUP_PASSPHRASE=PASSPHRASE)
    assert done.returncode == 0, done.stderr
    assert "1 files" in done.stdout
    return product


@pytest.fixture
def empty(tmp_path: Path) -> Product:
    """Where an archive is restored: nothing in the database, no files, another key."""
    return new_product(tmp_path / "empty", "shenava_operations_empty")


def restore(product: Product, archive: Path, passphrase: str = PASSPHRASE) -> tuple[int, str]:
    done = product.run("restore", str(archive), SHENAVA_BACKUP_PASSPHRASE=passphrase)
    return done.returncode, done.stdout + done.stderr


def holds_nothing(product: Product) -> bool:
    with psycopg.connect(product.database) as connection:
        found = connection.execute(TABLES).fetchone()
    return found == (0,) and not (product.data / "files").exists() and not list(product.data.glob("archive-*"))


def rows(product: Product) -> dict[str, list[tuple[object, ...]]]:
    """Everything that stands in the database."""
    with psycopg.connect(product.database) as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        return {name: connection.execute(f'SELECT t::text FROM "{name}" t ORDER BY 1').fetchall() for (name,) in names}


def files(product: Product) -> dict[str, bytes]:
    kept = [*(product.data / "files").rglob("*"), product.data / "keys" / "secret.key"]
    return {str(path.relative_to(product.data)): path.read_bytes() for path in kept if path.is_file()}


def test_everything_comes_back_and_is_proven(source: Product, empty: Product) -> None:
    code, said = restore(empty, source.data / "archive")
    assert code == 0, said
    assert "Restored and proven" in said
    assert "journal streams" in said
    assert rows(empty) == rows(source)
    assert files(empty) == files(source)
    assert len(files(empty)) == 2
    assert stat.S_IMODE((empty.data / "keys" / "secret.key").stat().st_mode) == 0o600
    assert empty.run("verify").returncode == 0
    assert (
        empty.python("from shenava.complaints.models import Complaint; print(Complaint.objects.get().stage)")
        == "responded"
    )


def test_an_archive_is_its_owners_alone_and_says_nothing_in_the_clear(source: Product) -> None:
    archive = source.data / "archive"
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    content = archive.read_bytes()
    assert b"Mahsa" not in content
    assert b"PGDMP" not in content
    assert not list(source.data.glob("*.part"))
    assert not list(source.data.glob("archive-*"))


@pytest.mark.parametrize("place", ["header", "middle", "end"])
def test_a_flipped_byte_leaves_everything_as_it_was(source: Product, empty: Product, place: str) -> None:
    content = bytearray((source.data / "archive").read_bytes())
    content[{"header": 20, "middle": len(content) // 2, "end": -1}[place]] ^= 1
    damaged = empty.data / "damaged"
    damaged.write_bytes(content)
    code, said = restore(empty, damaged)
    assert code == 1
    assert said.startswith("Nothing was restored. ")
    assert holds_nothing(empty)


def test_a_truncated_archive_leaves_everything_as_it_was(source: Product, empty: Product) -> None:
    content = (source.data / "archive").read_bytes()
    short = empty.data / "short"
    short.write_bytes(content[: len(content) * 2 // 3])
    code, said = restore(empty, short)
    assert code == 1
    assert "damaged or cut short" in said
    assert holds_nothing(empty)


def test_a_wrong_passphrase_leaves_everything_as_it_was(source: Product, empty: Product) -> None:
    code, said = restore(empty, source.data / "archive", "another passphrase, not this")
    assert (code, said.count("\n")) == (1, 1)
    assert "passphrase is wrong" in said
    assert holds_nothing(empty)


def test_an_archive_goes_into_an_empty_installation_only(source: Product) -> None:
    before = rows(source), files(source)
    code, said = restore(source, source.data / "archive")
    assert code == 1
    assert "has an organisation already" in said
    assert (rows(source), files(source)) == before


def test_an_installation_in_use_is_not_restored_into(source: Product, empty: Product) -> None:
    with psycopg.connect(empty.database):
        code, said = restore(empty, source.data / "archive")
    assert code == 1
    assert "Another program uses this database" in said
    assert holds_nothing(empty)


def test_a_database_of_something_else_is_not_restored_into(source: Product, empty: Product) -> None:
    with psycopg.connect(empty.database) as connection:
        connection.execute("CREATE TABLE invoices AS SELECT 7 AS number")
    code, said = restore(empty, source.data / "archive")
    assert code == 1
    assert "(invoices)" in said
    assert rows(empty) == {"invoices": [("(7)",)]}


def test_a_backup_overwrites_nothing_and_needs_a_good_passphrase(source: Product) -> None:
    archive, other = source.data / "archive", source.data / "other"
    before = archive.read_bytes()
    for target, settings, why in (
        (archive, {"SHENAVA_BACKUP_PASSPHRASE": PASSPHRASE}, "exists already"),
        (other, {"SHENAVA_BACKUP_PASSPHRASE": "short"}, "at least 12 characters"),
        (other, {}, "There is nobody to ask"),
        (source.data / "no" / "folder", {"SHENAVA_BACKUP_PASSPHRASE": PASSPHRASE}, "No such file"),
    ):
        done = source.run("backup", str(target), **settings)
        assert done.returncode == 1
        assert done.stderr.startswith("No backup was written. ")
        assert why in done.stderr
    assert archive.read_bytes() == before
    assert not other.exists()


def test_a_journal_that_is_broken_is_backed_up_and_told(source: Product, tmp_path: Path) -> None:
    broken = new_product(tmp_path / "broken", "shenava_operations_broken", like=source.database_name)
    shutil.copytree(source.data / "keys", broken.data / "keys")
    with psycopg.connect(broken.database) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("UPDATE journal_entry SET data = '{}' WHERE kind = 'complaint.taken'")
    done = broken.run("backup", str(tmp_path / "archive"), SHENAVA_BACKUP_PASSPHRASE=PASSPHRASE)
    assert done.returncode == 1
    assert (tmp_path / "archive").exists()
    assert "The journal was broken already: complaint:1 entry 2" in done.stderr
