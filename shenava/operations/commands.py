"""What each sub-command does. The database is there before the program is loaded."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable

import psycopg

from config import environment
from shenava.operations import postgres
from shenava.operations.reaching import reach

INTERRUPTED = 130
TRY_LATER = 75
"""EX_TEMPFAIL of sysexits.h."""
ANSWER_WITHOUT = {("doctor", ""), ("mail", "read"), ("process", "read")}
"""What says something useful even while the database is away."""


def run(asked: argparse.Namespace) -> int:
    """Run what was asked, with a database: the operator's own, or the embedded one for as long as needed."""
    settings = environment.load()
    embedded = not settings.database_url
    for one in (signal.SIGINT, signal.SIGTERM):  # also where a shell started us with its own ones ignored
        signal.signal(one, signal.default_int_handler)
    try:
        if embedded:
            os.environ["DATABASE_URL"] = postgres.ensure_running(settings.data_dir)
        elif _deed(asked) not in ANSWER_WITHOUT:
            reach(settings.database_url)
        return COMMANDS[asked.command](asked)
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as fault:
        print(_said_by_the_database(fault), file=sys.stderr)
        return _without_database(asked)
    finally:
        if embedded:
            _release(settings)


def _said_by_the_database(fault: Exception) -> str:
    """What to tell of this fault; raises it anew where it is none of the database's. Django is not loaded for it."""
    django = sys.modules.get("django.db")
    if isinstance(fault, postgres.NoPostgresError):
        return str(fault)
    if isinstance(fault, psycopg.Error) or (django is not None and isinstance(fault, django.Error)):
        return f"The database refused: {str(fault).strip()}\nRun  shenava doctor  to see what to do."
    raise fault


def _release(settings: environment.Environment) -> None:
    """Leave the embedded server; nobody interrupts this."""
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, signal.SIG_IGN)
    try:
        postgres.release(settings.data_dir)
    except postgres.NoPostgresError as fault:
        print(fault, file=sys.stderr)


def _without_database(asked: argparse.Namespace) -> int:
    """A mail server that pipes mail to us must keep it and try again; for people it is a plain failure."""
    return TRY_LATER if _deed(asked) == ("mail", "take") else 1


def _deed(asked: argparse.Namespace) -> tuple[str, str]:
    return asked.command, getattr(asked, "deed", "")


def _load() -> None:
    import django  # noqa: PLC0415 -- half a second that --help need not wait for

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()


def serve(asked: argparse.Namespace) -> int:
    """Serve the pages; with --migrate and --demo, get everything ready first.

    What stays to look after web and worker is small: the program is loaded by a child that ends when it is done.
    """
    from shenava.operations import serving  # noqa: PLC0415

    wanted = [f"--{name}" for name in ("migrate", "demo") if getattr(asked, name)]
    return serving.done_by_a_child("ready", *wanted) or serving.serve(with_worker=asked.with_worker)


def ready(asked: argparse.Namespace) -> int:
    """Get everything ready for serving; 0 unless it must not be served."""
    _load()
    if asked.migrate:
        migrate(asked)
    if asked.demo:
        demo(asked)
    return _refused_to_show_demo()


def first_address(asked: argparse.Namespace) -> int:
    """Print where an installation that is not set up yet is set up, with a token that is good once."""
    _load()
    from shenava.people import first_run  # noqa: PLC0415
    from shenava.people.models import Organisation  # noqa: PLC0415

    if Organisation.current() is None:
        print(f"Not set up yet. Open  {environment.load().here}/desk/set-up/#{first_run.issue_token()}", flush=True)
    return 0


def _refused_to_show_demo() -> int:
    from shenava.operations import demo as making  # noqa: PLC0415

    why_not = making.why_not_shown()
    if why_not:
        print(why_not, file=sys.stderr)
    return 1 if why_not else 0


def web(asked: argparse.Namespace) -> int:
    """Answer requests until told to stop."""
    from shenava.operations import web as answering  # noqa: PLC0415

    _load()
    return answering.serve(environment.load())


def worker(asked: argparse.Namespace) -> int:
    """Run background work until told to stop."""
    _load()
    from shenava.operations import working  # noqa: PLC0415

    return working.work()


def migrate(asked: argparse.Namespace) -> int:
    """Bring the database up to date; nothing is said when it is."""
    _load()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")  # an upgrade of a million complaints takes its time
    call_command("migrate", verbosity=0, interactive=False)
    from shenava.complaints.index import keeping  # noqa: PLC0415 -- reads tables
    from shenava.process.renewing import renew  # noqa: PLC0415 -- reads tables

    renew()
    if keeping.is_empty():
        keeping.keep_all(keeping.unkept())
    return 0


def index(asked: argparse.Namespace) -> int:
    """Write anew what the search does not know yet, or with --all whatever it knows wrongly; and look again."""
    _load()
    from shenava.complaints.index import keeping  # noqa: PLC0415

    look = keeping.differing if asked.all else keeping.unkept
    written = keeping.keep_all(look())
    left = len(look())
    print(f"{written} complaints written anew, {left} still differ")
    return 1 if left else 0


def demo(asked: argparse.Namespace) -> int:
    """Make the demo organisation, if the installation is empty; or give its accounts new passwords."""
    _load()
    from shenava.operations import demo as making  # noqa: PLC0415

    return making.renew_passwords() if getattr(asked, "new_passwords", False) else making.make_demo()


def mail(asked: argparse.Namespace) -> int:
    """Take raw messages in, or print how they are read."""
    _load()
    from shenava.mailroom import command  # noqa: PLC0415

    if asked.deed == "read":
        return command.read_files(asked.files)
    return command.take_files(asked.files, asked.mailbox)


def process(asked: argparse.Namespace) -> int:
    """Print how files of processes and decision tables are read."""
    _load()
    from shenava.process import command  # noqa: PLC0415

    return command.read_files(asked.files)


def verify(asked: argparse.Namespace) -> int:
    """Prove every chain of the journal; name the first broken entry of each stream."""
    _load()
    from shenava.journal.verify import verify as walk  # noqa: PLC0415

    found = walk()
    print(f"{found.streams} streams, {found.entries} entries, {len(found.broken)} broken")
    for broken in found.broken:
        print(f"  {broken}")
    return 1 if found.broken else 0


def backup(asked: argparse.Namespace) -> int:
    """Write an encrypted archive of database, files and keys."""
    _load()
    from shenava.operations import archive  # noqa: PLC0415

    return archive.backup(asked.file)


def restore(asked: argparse.Namespace) -> int:
    """Restore an archive into an empty installation, and prove it."""
    _load()
    from shenava.operations import archive  # noqa: PLC0415

    return archive.restore(asked.file)


def doctor(asked: argparse.Namespace) -> int:
    """Check everything and say what to do."""
    _load()
    from shenava.operations import doctor as checking  # noqa: PLC0415

    return checking.report()


def manage(asked: argparse.Namespace) -> int:
    """Django's own commands."""
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    execute_from_command_line(["shenava manage", *asked.rest])
    return 0


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "serve": serve,
    "ready": ready,
    "first-address": first_address,
    "web": web,
    "worker": worker,
    "migrate": migrate,
    "demo": demo,
    "mail": mail,
    "process": process,
    "index": index,
    "verify": verify,
    "backup": backup,
    "restore": restore,
    "doctor": doctor,
    "manage": manage,
}
