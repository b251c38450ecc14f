"""The source of the product, read as text and as trees, for the tests that hold its rules."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOORS = ("desk", "portal", "mailroom", "operations", "pages", "attachments")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@lru_cache(maxsize=8)
def modules(*folders: str) -> tuple[Path, ...]:
    """Every module below these folders of the repository, migrations left out."""
    found = (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))
    return tuple(path for path in found if "migrations" not in path.parts)


@lru_cache(maxsize=1000)
def tree(path: Path) -> ast.Module:
    """A module as a tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def place(path: Path, line: int | None = None) -> str:
    """Where something stands, as it is named in a list of exceptions."""
    name = path.relative_to(ROOT).as_posix()
    return name if line is None else f"{name}:{line}"


def functions(path: Path) -> Iterator[Function]:
    """Every function of a module, nested ones too."""
    yield from (node for node in ast.walk(tree(path)) if isinstance(node, Function))


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a module by the last part of what is called."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield last_name(node.func), node


def lines_of_code(path: Path) -> int:
    """How many lines of a module are neither empty nor told to readers only."""
    told: set[int] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            told |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    return sum(bool(line.strip()) and number not in told for number, line in lines)


def last_name(node: ast.AST) -> str:
    """`objects` of `Complaint.objects`, `save` of `row.save`; empty for what has no name."""
    return getattr(node, "attr", "") or getattr(node, "id", "")


def imported(path: Path) -> set[str]:
    """The full names of the modules a module imports, wherever it does so."""
    names: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names |= {f"{node.module}.{alias.name}" for alias in node.names} | {str(node.module)}
    return names
