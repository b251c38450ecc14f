"""`shenava`: the operator's one command. Parses first; loads the program only for what needs it."""

from __future__ import annotations

import argparse
import os
import sys
from typing import Any

from config import environment


def main(arguments: list[str] | None = None) -> int:
    """Run one sub-command; 0 when all is well, 1 when something was found, 2 when it was asked wrongly.

    A mail server that hands mail over hears "try again" (75) whatever is amiss here: it would send it back else.
    """
    parser = _parser()
    asked = parser.parse_args(arguments)
    if asked.command is None:
        parser.print_help()
        return 2
    try:
        environment.load()
    except environment.SettingError as fault:
        print(fault, file=sys.stderr)
        return os.EX_TEMPFAIL if asked.command == "mail" else 2
    from shenava.operations import commands  # noqa: PLC0415 -- nothing is loaded before the settings are right

    return commands.run(asked)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="shenava", description="Shenava, the one who hears: customer complaints.")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    serve = commands.add_parser("serve", help="serve the pages")
    serve.add_argument("--migrate", action="store_true", help="bring the database up to date first")
    serve.add_argument("--with-worker", action="store_true", help="run the background worker beside")
    serve.add_argument("--demo", action="store_true", help="make the demo organisation if there is none")
    ready = commands.add_parser("ready", help="get everything ready for serving, as serve does first")
    ready.add_argument("--migrate", action="store_true", help="bring the database up to date")
    ready.add_argument("--demo", action="store_true", help="make the demo organisation if there is none")
    commands.add_parser("first-address", help="print where a new installation is set up")
    commands.add_parser("web", help="answer requests, as serve has it done")
    commands.add_parser("worker", help="run the background worker")
    commands.add_parser("migrate", help="bring the database up to date")
    demo = commands.add_parser("demo", help="make the demo organisation in an empty installation")
    demo.add_argument("--new-passwords", action="store_true", help="give its accounts new passwords and print them")
    mail = commands.add_parser("mail", help="take mail in, or show how it is read")
    mail.add_argument("deed", choices=["take", "read"])
    mail.add_argument("files", nargs="+", metavar="FILE", help="a raw message, - for standard input")
    mail.add_argument("--mailbox", default="", help="the mailbox that a taken message came to")
    commands.add_parser("verify", help="prove every chain of the journal")
    _add_care(commands)
    return parser


def _add_care(commands: Any) -> None:
    """What is asked for now and then: files of processes, the index, archives, the check-up."""
    process = commands.add_parser("process", help="show how a BPMN or DMN file is read")
    process.add_argument("deed", choices=["read"])
    process.add_argument("files", nargs="+", metavar="FILE", help="a file, - for standard input")
    index = commands.add_parser("index", help="write anew what the search does not know")
    index.add_argument("--all", action="store_true", help="compare every word of every complaint")
    for name, text in (
        ("backup", "write an encrypted archive"),
        ("restore", "restore one into an empty installation"),
    ):
        commands.add_parser(name, help=text).add_argument("file", metavar="FILE")
    commands.add_parser("doctor", help="check everything and say what to do")
    manage = commands.add_parser("manage", help="Django's own commands, for developers")
    manage.add_argument("rest", nargs=argparse.REMAINDER)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    sys.exit(main())
