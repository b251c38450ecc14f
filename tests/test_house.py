"""The house: the rules by which the product is built, each held by looking at the source itself."""

from __future__ import annotations

import ast
import re

import pytest

from shenava.complaints.actions import MENU as COMPLAINTS
from shenava.complaints.rules import RULES
from shenava.desk.deeds import DEEDS
from shenava.journal import actions as journal
from shenava.journal.actions import ForgottenFactError, Room, Verdict, action_for, all_rooms
from shenava.journal.facts import all_facts
from shenava.process import publishing
from shenava.process.kernel import FINISH
from tests.source import DOORS, calls, functions, imported, last_name, lines_of_code, modules, place, tree
from tests.world import World, person

CODE = ("shenava", "config")

# The doors that reach a complaint by something else than a reader who is logged in.
OTHER_WAYS_TO_A_COMPLAINT = {
    "shenava/portal/access.py": "the code in the address; what visible_to says of its speaker decides at once",
    "shenava/portal/doorkeeper.py": "code and secret, or the one-time code, are what is being proven here",
    "shenava/portal/receipts.py": "the browser that complained half an hour ago, by its session",
    "shenava/mailroom/threads.py": "a signed Message-ID names it; whoever wrote is judged before anything is shown",
    "shenava/operations/proof.py": "restore counts rows and shows none",
}
# Doors that write rows of their own, which are no part of any verb.
OWN_ROWS = {
    "shenava/attachments/store.py": "the row of bytes that are being taken in; a verb ties it to a complaint",
    "shenava/desk/views/login.py": "the end of one's own session",
    "shenava/mailroom/actions.py": "the verbs of this room",
    "shenava/mailroom/entering.py": "the fate of a mail",
    "shenava/mailroom/fetching.py": "how far a mailbox has been fetched",
    "shenava/mailroom/intake.py": "the mail as it came, before anything is read",
    "shenava/mailroom/keeping.py": "the message that a mail was read as",
    "shenava/mailroom/sorting.py": "the fate of a mail",
}
OUTBOUND = {
    "shenava/mailroom/fetching.py": {"imaplib"},
    "shenava/messages/imap.py": {"imaplib"},
    "shenava/messages/probing.py": {"smtplib"},
    "shenava/messages/sending.py": {"smtplib"},
    "shenava/messages/smtp.py": {"smtplib", "socket"},
    "shenava/operations/serving.py": {"socket", "urllib.request", "urllib.error"},
}
ENVIRONMENT = {
    "config/environment.py": "the one place that reads it",
    "config/wsgi.py": "names the settings",
    "shenava/operations/__main__.py": "names the settings",
    "shenava/operations/commands.py": "names the settings, and the database that was just started",
    "shenava/operations/dumping.py": "hands PATH on to the tools of PostgreSQL",
    "shenava/operations/postgres.py": "hands PATH on to PostgreSQL",
    "shenava/operations/serving.py": "hands it on to the processes that it starts",
}
OWN_CLOCK = {
    "shenava/common/clock.py": "the clock",
    "shenava/operations/checks.py": "compares the machine's own clock with the database's",
}


def test_every_verb_of_every_room_refuses_a_stranger_with_a_reason(world: World) -> None:
    nobody = person("Nobody Special", "expert").user.party
    nobody.grants.all().delete()
    refused = {
        (room.name, verb) for room in all_rooms().values() for verb in room.menu if room.may(nobody, verb, None).reason
    }
    assert refused == {(room.name, verb) for room in all_rooms().values() for verb in room.menu}


def test_a_room_knows_no_verb_that_is_not_in_its_menu(world: World) -> None:
    may_fly = {name: bool(room.may(world.sara, "fly", None)) for name, room in all_rooms().items()}
    assert not any(may_fly.values()), may_fly
    assert {room.name for room in all_rooms().values() if not room.menu} == set()


def test_a_verb_that_leaves_no_fact_does_not_end(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "_rooms", {})
    action = action_for(Room("forgetful", may=lambda *_: Verdict()))

    @action
    def rename(unit: object, *, by: object) -> None:
        world.organisation.name = "Forgotten"
        world.organisation.save()

    with pytest.raises(ForgottenFactError):
        rename(world.service, by=world.sara)
    world.organisation.refresh_from_db()
    assert world.organisation.name == "Arman Care"


def test_every_fact_is_left_by_some_verb() -> None:
    made = {name for path in modules("shenava") for name, _ in calls(path)}
    assert {fact.__name__ for fact in all_facts().values()} - made == set()


def test_every_verb_is_reached_from_a_door_or_by_the_clock() -> None:
    places = [
        path
        for path in modules("shenava")
        if set(path.parts) & set(DOORS) or path.stem in ("sweeps", "climbing", "firing", "automatic", "leaving")
    ]
    reached = {deed.verb for deed in DEEDS.values()}
    for path in places:
        for name, call in calls(path):
            words = [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
            reached |= {name.removesuffix("_once")} | {word for word in words if isinstance(word, str)}
        reached |= {last_name(node) for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)}
    every = {verb for room in all_rooms().values() for verb in room.menu}
    for path in [path for path in modules("shenava") if "actions" in path.parts]:  # what does several verbs at once
        for one in functions(path):
            if one.name in reached - every:
                reached |= {last_name(node.func) for node in ast.walk(one) if isinstance(node, ast.Call)}
    assert every - reached == set()


def test_the_process_as_delivered_uses_every_verb_of_the_complaint(world: World) -> None:
    drawn = publishing.graph_of(publishing.deliver_default())
    named = {verb for key in drawn.nodes for verb in drawn.verbs_at(key)}
    asked = {verb for verb in COMPLAINTS if not RULES[verb].beside}
    assert named | {FINISH} == asked, named ^ asked


def test_the_kernel_of_the_process_is_pure_and_small() -> None:
    kernel = modules("shenava/process/kernel")
    known = ("__future__", "collections", "dataclasses", "datetime", "functools", "itertools", "re", "typing")
    known = (*known, "shenava.process.kernel")
    assert {name for path in kernel for name in imported(path) if not name.startswith(known)} == set()
    assert [place(path) for path in kernel if {"eval", "exec", "open", "now"} & {name for name, _ in calls(path)}] == []
    moving = [path for path in kernel if path.stem in ("state", "moves", "walking", "migration")]
    assert sum(lines_of_code(path) for path in moving) <= 400


def test_the_drawing_of_a_process_is_arithmetic_alone() -> None:
    known = ("__future__", "collections", "dataclasses", "functools", "itertools", "statistics", "typing")
    known = (*known, "shenava.process.drawing", "shenava.process.kernel")
    drawing = modules("shenava/process/drawing")
    assert {name for path in drawing for name in imported(path) if not name.startswith(known)} == set()


def test_there_are_no_signals() -> None:
    forbidden = re.compile(r"django\.dispatch|\.signals\b|@receiver|\bSignal\(")
    assert [place(path) for path in modules(*CODE) if forbidden.search(path.read_text())] == []


def test_doors_reach_a_complaint_by_visible_to() -> None:
    direct = set()
    for path in modules(*(f"shenava/{door}" for door in DOORS)):
        for node in ast.walk(tree(path)):
            is_manager = last_name(node) in ("objects", "_default_manager")
            if isinstance(node, ast.Attribute) and is_manager and last_name(node.value) == "Complaint":
                direct.add(place(path, node.lineno))
        seen = {place(path, node.lineno) for node in ast.walk(tree(path)) if last_name(node) == "visible_to"}
        direct -= seen
    assert {line.partition(":")[0] for line in direct} == set(OTHER_WAYS_TO_A_COMPLAINT)


def test_doors_do_no_writing_but_by_verbs() -> None:
    writing = {"save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
    found = set()
    for path in modules(*(f"shenava/{door}" for door in ("desk", "portal", "pages", "attachments", "mailroom"))):
        if "reading" not in path.parts:
            found |= {place(path) for name, call in calls(path) if name in writing and not _is_plain(call)}
    assert found == set(OWN_ROWS)


def _is_plain(call: ast.Call) -> bool:
    """Dictionaries, digests and IMAP servers have methods of these names too."""
    owner = call.func.value if isinstance(call.func, ast.Attribute) else call.func
    return last_name(owner) in ("digest", "__dict__", "server")


def test_only_the_places_for_it_speak_to_other_machines() -> None:
    modules_out = {
        "requests", "httpx", "aiohttp", "urllib.request", "urllib.error", "http.client", "socket", "smtplib",
        "imaplib", "poplib", "ftplib",
    }  # fmt: skip
    found = {place(path): imported(path) & modules_out for path in modules(*CODE)}
    assert {path: names for path, names in found.items() if names} == OUTBOUND


def test_only_the_settings_read_the_environment() -> None:
    reads = re.compile(r"\bos\.environ\b|\bgetenv\b")
    assert {place(path) for path in modules(*CODE) if reads.search(path.read_text())} == set(ENVIRONMENT)


def test_there_is_one_clock() -> None:
    others = re.compile(
        r"datetime\.(now|today|utcnow)\(|timezone\.now\(|timezone\.localdate\(\)|date\.today\(|\btime\.time\(|auto_now"
        r"|\bNow\(\)"
    )
    assert {place(path) for path in modules(*CODE) if others.search(path.read_text())} == set(OWN_CLOCK)


def test_nothing_is_translated_that_was_put_together_before() -> None:
    translating = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext", "pgettext_lazy", "ngettext_lazy"}
    composed = (ast.JoinedStr, ast.BinOp, ast.Call)
    found = [
        place(path, call.lineno)
        for path in modules(*CODE)
        for name, call in calls(path)
        if name in translating and any(isinstance(argument, composed) for argument in call.args[:2])
    ]
    assert found == []


def test_every_module_and_every_public_function_says_what_it_is_for() -> None:
    silent = [
        place(path) for path in modules(*CODE, "tests") if path.stat().st_size and not ast.get_docstring(tree(path))
    ]
    for path in modules(*CODE):
        public = (node for node in tree(path).body if isinstance(node, ast.FunctionDef) and node.name[0] != "_")
        silent += [place(path, node.lineno) for node in public if not ast.get_docstring(node)]
    assert silent == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty = {
        "utils",
        "util",
        "helpers",
        "helper",
        "misc",
        "base",
        "services",
        "service",
        "manager",
        "managers",
        "handlers",
    }
    assert [place(path) for path in modules(*CODE, "tests") if {path.stem, path.parent.name} & empty] == []


def test_files_and_functions_are_short() -> None:
    long = [place(path) for path in modules(*CODE, "tests") if path.read_text().count("\n") > 300]
    for path in modules(*CODE, "tests"):
        lines = 60 if "journeys" in path.parts else 30 if "tests" in path.parts else 25  # a journey is one walk
        long += [place(path, one.lineno) for one in functions(path) if one.end_lineno - one.lineno >= lines]  # type: ignore[operator]
    assert long == []


def test_views_are_short() -> None:
    views = [path for path in modules("shenava") if "views" in path.parts or path.stem == "views"]
    public = [(path, one) for path in views for one in functions(path) if one.name[0] != "_"]
    long = [place(path, one.lineno) for path, one in public if _statements(one) > 15]
    assert long == []


def _statements(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its head and its docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
