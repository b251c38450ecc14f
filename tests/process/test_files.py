"""Files of processes and tables as the command reads them: every one understood or refused by name, none raises."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shenava.operations import __main__ as program
from shenava.process import command, files, publishing
from shenava.process.questions import question
from tests.process.bpmn.files import around, with_step
from tests.process.dmn.test_tables import file_of

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "bpmn_dmn"
needs_files = pytest.mark.skipif(not FOLDER.is_dir(), reason="the collected BPMN and DMN files are not there")
FORBIDDEN = ("exec", "os.system", "os.exec", "subprocess.Popen", "socket.connect", "urllib.Request")
DONE: list[str] = []
WATCHING: list[bool] = []


def watch(event: str, _arguments: Any) -> None:
    """Note whatever would be an execution, or a look outside."""
    if WATCHING and event in FORBIDDEN:
        DONE.append(event)


sys.addaudithook(watch)


def nothing_is_executed_by(deed: Callable[[], list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """What the deed gives back."""
    DONE.clear()
    WATCHING.append(True)
    try:
        found = deed()
    finally:
        WATCHING.clear()
    assert DONE == []
    return found


@needs_files
def test_every_collected_file_is_understood_or_refused_by_name_and_none_executes() -> None:
    paths = [*sorted(FOLDER.rglob("*.bpmn")), *sorted(FOLDER.rglob("*.dmn"))]
    command.told_of(around(""))
    told = nothing_is_executed_by(lambda: [command.told_of(path.read_bytes()) for path in paths])
    assert len(told) > 30
    assert {one["kind"] for one in told} == {"bpmn", "dmn"}
    assert [path.name for path, one in zip(paths, told, strict=True) if one["understood"] == bool(one["refused"])] == []
    understood = {path.name for path, one in zip(paths, told, strict=True) if one["understood"]}
    assert {"A.2.0.bpmn", "bpmn_io__A.1.0-export.bpmn", "0108-first-hitpolicy.dmn"} <= understood


@needs_files
def test_collected_files_that_were_damaged_are_refused_and_none_raises() -> None:
    raws = [path.read_bytes() for path in sorted(FOLDER.rglob("*.bpmn"))]
    damaged = [raw[: len(raw) * part // 7] for raw in raws for part in range(7)]
    damaged += [raw.replace(b"<", b"<!DOCTYPE x [<!ENTITY y 'z'>]><", 1) for raw in raws]
    assert [one["understood"] for one in map(command.told_of, damaged)] == [False] * len(damaged)


def test_the_command_prints_a_line_for_each_file(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    named = {"good.bpmn": with_step('<task id="A" name="Look"/>'), "bad.bpmn": with_step('<scriptTask id="A"/>'),
             "table.dmn": file_of("5"), "empty": b""}  # fmt: skip
    for name, given in named.items():
        (tmp_path / name).write_bytes(given)
    assert command.read_files([str(tmp_path / name) for name in named]) == 0
    good, bad, table, empty = (json.loads(line) for line in capfdbinary.readouterr().out.splitlines())
    assert (good["kind"], good["understood"], good["nodes"]) == ("bpmn", True, {"end": 1, "start": 1, "task": 1})
    assert good["faults"][0]["node"] == "look"
    assert bad["refused"] == [{"element": "scriptTask", "id": "A", "name": "", "reason": "executes"}]
    assert (table["kind"], table["tables"]["Unit"]["rows"]) == ("dmn", 1)
    assert (empty["kind"], empty["refused"][0]["reason"]) == ("", "empty")
    assert command.read_files([str(tmp_path / "nowhere")]) == 1


def test_the_command_is_one_of_the_program() -> None:
    asked = program._parser().parse_args(["process", "read", "a.bpmn", "b.dmn"])
    assert (asked.command, asked.deed, asked.files) == ("process", "read", ["a.bpmn", "b.dmn"])


@pytest.mark.parametrize("language", ["en", "fa", "he"])
def test_a_delivered_process_comes_back_from_its_file_with_nothing_left_out(language: str) -> None:
    content = json.loads(publishing.VARIANTS[0].read_text(encoding="utf-8"))
    reading = files.read_bpmn(files.bpmn_of(content, language))
    assert (reading.content, reading.left_out, files.faults_in(content)) == (content, [], [])


def test_a_lane_is_a_role_by_what_it_is_called_in_any_language() -> None:
    lane = '<laneSet id="l"><lane id="l1" name="کارشناس رسیدگی"><flowNodeRef>A</flowNodeRef></lane></laneSet>'
    content = files.read_bpmn(with_step(lane + '<task id="A" name="Look"/>')).content
    assert content is not None
    assert content["nodes"]["look"].get("role") in files._roles().values()


def test_a_table_asks_fields_by_what_they_are_called_and_nothing_else() -> None:
    asked = question("process")
    assert asked is not None
    content = {"inputs": [asked.fields[0]], "outputs": ["process"], "rows": []}
    assert files.read_table(asked, files.dmn_of(asked, content, "fa")) == (content, [])
    refused = files.read_table(asked, file_of("5", asks="shoe size"))[1]
    assert [(one.element, one.name, one.reason) for one in refused] == [
        ("input", "shoe size", "unknown_field"), ("output", "unit", "unknown_answer"),
    ]  # fmt: skip
