"""The written house stays true: what pages name exists, and what exists is named."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.urls import ResolverMatch, resolve

from shenava.desk.deeds import DEEDS
from tests.roles_table import NEVER, answers
from tests.roles_table import page as page_of_roles
from tests.words_table import page as page_of_words
from tests.world import World

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)#]+)[^)]*\)")
TRANSLATIONS = ("fa", "he")
IDS = [str(document.relative_to(ROOT)) for document in PAGES]
MADE_LATER = {"var/data", "var/tests", "var/static", "var/vendor"}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(text: str, language: str = "") -> list[str]:
    """The fenced blocks of a page."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.M | re.S)


def rows(text: str) -> list[list[str]]:
    """The rows of all tables of a page, heads and rules left out."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    heads = [index for index, line in enumerate(lines[1:]) if line.startswith("|---")]
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for index, line in enumerate(lines)
        if index not in heads and not line.startswith("|---")
    ]


@pytest.mark.parametrize("document", PAGES, ids=IDS)
def test_every_link_leads_somewhere(document: Path) -> None:
    targets = [target for target in LINK.findall(document.read_text(encoding="utf-8")) if "://" not in target]
    assert [target for target in targets if not (document.parent / target).exists()] == []


def test_the_first_page_is_short_and_shows_pictures_that_are_light() -> None:
    assert len(read("README.md").splitlines()) <= 60
    assert "docs/pictures/" in read("README.md")
    assert sum(picture.stat().st_size for picture in (DOCS / "pictures").iterdir()) < 1_500_000


def test_every_page_of_the_documents_can_be_reached_from_the_first() -> None:
    known, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        known.add(page)
        found = [(page.parent / target).resolve() for target in LINK.findall(page.read_text(encoding="utf-8"))]
        pages = [inner for target in found for inner in ([target] if target.suffix else target.glob("*.md"))]
        waiting += [target for target in pages if target.suffix == ".md" and target.exists() and target not in known]
    assert {page.name for page in PAGES} - {page.name for page in known} == set()


# The map


def folders(parent: str) -> set[str]:
    return {place.name for place in (ROOT / parent).iterdir() if place.is_dir() and place.name != "__pycache__"}


def test_the_tree_of_the_map_is_the_tree_of_the_repository() -> None:
    tree = blocks(read("docs/map.md"))[0]
    assert set(re.findall(r"^  (\w+)/", tree, flags=re.M)) == folders("shenava")
    tops = set(re.findall(r"^(\w+)/", tree, flags=re.M))
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert tops == {line.partition("/")[0] for line in tracked.splitlines() if "/" in line and line[0] != "."}


def test_the_programs_of_the_map_are_those_of_bin() -> None:
    line = next(line for line in read("docs/map.md").splitlines() if line.startswith("bin/"))
    assert set(re.findall(r"\w+", line.partition(":")[0])) - {"bin"} == {
        place.name for place in (ROOT / "bin").iterdir()
    }


def test_the_direction_of_the_map_is_the_one_that_is_held() -> None:
    contract = tomllib.loads(read("pyproject.toml"))["tool"]["importlinter"]["contracts"][0]
    assert blocks(read("docs/map.md"))[1].split("\n")[:-1] == contract["layers"]


PLACE = re.compile(r"`([a-z_]+/[a-z_][\w./-]*)`")


@pytest.mark.parametrize("document", PAGES, ids=IDS)
def test_every_place_that_a_page_names_exists(document: Path) -> None:
    named = set(PLACE.findall(document.read_text(encoding="utf-8"))) - MADE_LATER
    roots = (ROOT, ROOT / "shenava", ROOT / "tests")
    assert {place for place in named if not any((root / place).exists() for root in roots)} == set()


# Examples


def test_the_code_of_the_worked_example_is_the_code_of_the_program() -> None:
    chapters = re.findall(r"^## [^\n]*— `([\w./]+)`\n(.*?)(?=^## |\Z)", read("docs/a-new-verb.md"), flags=re.M | re.S)
    shown = [(place, block) for place, text in chapters for block in blocks(text, "(?:python|text)")]
    assert len(shown) == 6
    for place, block in shown:
        source = read(place if place.startswith("tests/") else f"shenava/{place}")
        assert block in source, f"{place} says it otherwise now"


def test_the_verb_of_the_map_is_the_verb_of_the_program() -> None:
    assert blocks(read("docs/map.md"), "python")[0] in read("shenava/complaints/actions/circulation.py")


# Words


def catalogue(language: str) -> dict[str, set[str]]:
    """What the catalogues of all rooms say for each msgid, whatever its context."""
    found: dict[str, set[str]] = {}
    for path in ROOT.glob(f"shenava/*/locale/{language}/LC_MESSAGES/django.po"):
        with path.open("rb") as file:
            for entry in read_po(file, ignore_obsolete=True):
                found.setdefault(str(entry.id), set()).add(str(entry.string))
    return found


def test_each_word_has_three_languages_and_stands_as_the_catalogues_have_it() -> None:
    said = {language: catalogue(language) for language in TRANSLATIONS}
    table = rows(read("docs/words.md").split("\n## ")[1])
    assert all(row[3] and row[4] for row in table)
    labelled = [(row[2].strip("`"), row[3:5]) for row in table if row[2]]
    wrong = [
        (label, told)
        for label, tolds in labelled
        for language, told in zip(TRANSLATIONS, tolds, strict=True)
        if told not in said[language].get(label, ())
    ]
    assert wrong == []


def test_every_choice_of_the_product_is_among_the_words_as_it_is_read() -> None:
    assert read("docs/words.md") == page_of_words(read("docs/words.md")), "run  bin/docs"


# Requirements


def asked() -> list[tuple[str, str, str, str]]:
    return [(row[0], row[1], row[2], row[3]) for row in rows(read("docs/requirements.md"))]


NUMBERS = dict(zip("ABCDEFGHIJKLMNO", (11, 20, 15, 12, 9, 5, 14, 13, 10, 13, 11, 15, 6, 7, 2), strict=True))


def test_every_requirement_stands_there_once_and_in_order() -> None:
    wanted = [f"{letter}{number:02}" for letter, count in NUMBERS.items() for number in range(1, count + 1)]
    assert [row[0] for row in asked()] == wanted


def test_what_is_there_has_its_proof_and_what_is_planned_has_none() -> None:
    assert [row[0] for row in asked() if (row[2] == "planned") == bool(row[3])] == []
    assert [row[0] for row in asked() if not row[1] or not row[2]] == []


def test_every_proof_is_a_test_that_exists() -> None:
    named = {tuple(proof.split("::")) for row in asked() for proof in re.findall(r"`([^`]+)`", row[3])}
    assert [(place, name) for place, name in sorted(named) if name not in functions(place)] == []


def functions(place: str) -> set[str]:
    """The functions of a file of tests; none where there is no such file."""
    path = ROOT / "tests" / place
    tree = ast.parse(path.read_text(encoding="utf-8") if path.exists() else "")
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("document", ["requirements.md", "use.md", "a-new-verb.md"])
def test_every_address_that_is_named_is_served(document: str) -> None:
    named = set(re.findall(r"`(?:GET |POST )?(/[^`\s]*)`", (DOCS / document).read_text(encoding="utf-8")))
    found = [resolve(place.replace("<number>", "1405-000001").replace("<code>", "ABC")) for place in sorted(named)]
    assert [match.kwargs["noun"] for match in found if is_deed(match) and match.kwargs["noun"] not in DEEDS] == []


def is_deed(match: ResolverMatch) -> bool:
    return match.view_name == "desk:deed"


def test_every_command_that_is_named_exists() -> None:
    asked_for = {
        command
        for page in PAGES
        for command in re.findall(r"`(?:bin/)?shenava (\w+)[^`]*`", page.read_text(encoding="utf-8"))
    }
    told = subprocess.run(
        [sys.executable, "-m", "shenava.operations", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert asked_for - set(re.findall(r"^    (\w+)", told, flags=re.M)) == {"command"} & asked_for


# Who may, and what we stand on


def test_the_table_of_roles_is_what_the_policies_say(world: World) -> None:
    assert read("docs/roles.md") == page_of_roles(world), "run  bin/docs"


def test_every_verb_can_be_done_by_somebody_and_not_by_everybody(world: World) -> None:
    marks = {(room, verb): set(found) for room, verbs in answers(world).items() for verb, found in verbs.items()}
    assert {verb for verb, found in marks.items() if found == {NEVER}} == set(), "no rule lets anybody do it"
    assert {verb for verb, found in marks.items() if len(found) == 1} == set(), "every rule lets everybody do it"


def test_every_package_that_is_asked_for_is_on_the_list_with_its_keeper_and_licence() -> None:
    lines = [line.strip() for path in ROOT.glob("requirements/*.in") for line in path.read_text().splitlines()]
    wanted = {re.split(r"[\[<>=]", line)[0] for line in lines if line and line[0] not in "-#"}
    npm = json.loads(read("package.json"))
    wanted |= {*npm["dependencies"], *npm["devDependencies"]}
    listed = rows(read("docs/decisions/dependencies.md"))
    assert sorted(row[0] for row in listed) == sorted(wanted)
    assert [row[0] for row in listed if not all(row) or len(row) != 6] == []


def test_decisions_are_numbered_and_short_and_say_why_and_what_follows() -> None:
    records = sorted((DOCS / "decisions").glob("0*.md"))
    assert [int(record.name[:4]) for record in records] == list(range(1, len(records) + 1))
    for record in records:
        text = record.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 25
        assert re.findall(r"^\*\*(\w+)\.\*\*", text, flags=re.M) == ["Context", "Decision", "Consequence"]
