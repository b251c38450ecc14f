"""`shenava process read`: how files of processes and decision tables are understood, a line of JSON for each."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from shenava.process import dmn, files
from shenava.process.bpmn import Refusal

Told = dict[str, Any]


def read_files(paths: Sequence[str]) -> int:
    """Print how each file is read; nothing is kept and nothing executed. 1 where a file is not there."""
    return max((_read_file(path) for path in paths), default=0)


def told_of(given: bytes) -> Told:
    """What a file is, whether it is understood, and else all that is refused in it with the reasons."""
    reading = files.read_bpmn(given)
    if [one.reason for one in reading.refused] == ["not_bpmn"]:
        tables = dmn.read(given)
        if [one.reason for one in tables.refused] != ["not_dmn"]:
            return {"kind": "dmn", **_understood(tables.refused), "tables": {
                name: {"inputs": one["inputs"], "outputs": one["outputs"], "rows": len(one["rows"])}
                for name, one in tables.tables.items()
            }}  # fmt: skip
    if reading.content is None:
        return {"kind": "bpmn" if reading.refused[0].element else "", **_understood(reading.refused)}
    kinds = [node["kind"] for node in reading.content["nodes"].values()]
    faults = [{"node": fault.node, "fault": fault.text} for fault in files.faults_in(reading.content)]
    return {
        "kind": "bpmn", **_understood([]), "key": reading.content["key"], "names": reading.content["names"],
        "nodes": {kind: kinds.count(kind) for kind in sorted(set(kinds))}, "flows": len(reading.content["flows"]),
        "left_out": {one.element: one.number for one in reading.left_out}, "faults": faults,
    }  # fmt: skip


def _understood(refused: Iterable[Refusal]) -> Told:
    told = [one._asdict() for one in refused]
    return {"understood": not told, "refused": told}


def _read_file(path: str) -> int:
    try:
        given = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as fault:
        print(f"{path}: {fault.strerror}", file=sys.stderr)
        return 1
    line = json.dumps({"file": path, **told_of(given)}, ensure_ascii=False)
    sys.stdout.buffer.write((line + "\n").encode("utf-8", "replace"))
    sys.stdout.buffer.flush()
    return 0
