"""The database as one file and back, by PostgreSQL's own tools; passwords never stand on a command line."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from shenava.operations import binaries

WAIT = 4 * 3600
OBJECTS = """
    SELECT format('DROP %s IF EXISTS public.%I CASCADE',
                  CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
                               WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, relname)
    FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')
    UNION ALL
    SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', oid::regprocedure)
    FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL
    SELECT format('DROP TYPE IF EXISTS public.%I CASCADE', typname)
    FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd')"""


class DumpError(RuntimeError):
    """PostgreSQL's tool failed; the text says what it said."""


@contextmanager
def snapshot() -> Iterator[str]:
    """One unmoving view of the database for all that happens in the block; gives its name for `dump`."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SELECT pg_export_snapshot()")
            name = cursor.fetchone()[0]
        yield str(name)


def dump(target: Path, *, of: str) -> None:
    """Write the database as the snapshot shows it. Raises DumpError."""
    _run("pg_dump", "-Fc", "-Z1", "--no-owner", "--no-acl", f"--snapshot={of}", "-f", str(target))


def restore(source: Path) -> None:
    """Fill the database, which must be empty, in one transaction. Raises DumpError."""
    _run("pg_restore", "--no-owner", "--no-acl", "--exit-on-error", "--single-transaction",
         "-d", str(connection.settings_dict["NAME"]), str(source))  # fmt: skip


def clear() -> None:
    """Drop everything the database holds."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(OBJECTS)
        for (statement,) in cursor.fetchall():
            cursor.execute(statement)


def counts() -> dict[str, int]:
    """Rows per table."""
    with connection.cursor() as cursor:
        tables = sorted(table.name for table in connection.introspection.get_table_list(cursor) if table.type == "t")
        found = {}
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            found[table] = int(cursor.fetchone()[0])
    return found


def migrations() -> list[str]:
    """The migrations this database has had, as `app.name`."""
    return sorted(".".join(key) for key in MigrationLoader(connection).applied_migrations)


def known_migrations() -> set[str]:
    """The migrations this program knows."""
    return {".".join(key) for key in MigrationLoader(connection).disk_migrations}


def other_programs() -> int:
    """How many connections others have to this database; asked by one connection, without the pool's spares."""
    connection.settings_dict["OPTIONS"].pop("pool", None)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        return int(cursor.fetchone()[0])


def _run(tool: str, *arguments: str) -> None:
    command = [str(binaries.tool(tool, at_least=_server_version())), "--no-password", *arguments]
    done = subprocess.run(
        command, env=_environment(), cwd="/", capture_output=True, text=True, timeout=WAIT, check=False
    )
    if done.returncode:
        raise DumpError(f"{tool} failed: {done.stderr.strip()[-600:]}")


def _server_version() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
        return int(cursor.fetchone()[0])


def _environment() -> dict[str, str]:
    """How libpq finds the database of this program, without a word on the command line."""
    parts = connection.settings_dict
    options = {f"PG{name.upper()}": str(value) for name, value in parts["OPTIONS"].items() if name.startswith("ssl")}
    found = {
        "PGDATABASE": parts["NAME"],
        "PGUSER": parts["USER"],
        "PGPASSWORD": parts["PASSWORD"],
        "PGHOST": parts["HOST"],
        "PGPORT": str(parts["PORT"]),
        "PATH": os.environ.get("PATH", ""),
    }
    return {name: value for name, value in (found | options).items() if value}
