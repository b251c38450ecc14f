"""Style sheets and scripts: one sheet for both directions, small parts, nothing that a policy would refuse."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.source import ROOT

UI = ROOT / "shenava" / "ui" / "static" / "ui"
SHEETS = sorted((UI / "css").glob("*.css"))
SCRIPTS = sorted((UI / "js").rglob("*.js"))
TEMPLATES = sorted(ROOT.glob("shenava/*/templates/**/*.html"))
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right|top|bottom)"
    r"|left|right|top|bottom|width|height|min-width|max-width|min-height|max-height|float|clear)\s*:"
    r"|text-align\s*:\s*(?:left|right)|border-(?:top|bottom)-(?:left|right)-radius"
)
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|rgba|hsl|hsla|oklch|lab|light-dark)\(")


def without_comments(path: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


def named(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("sheet", SHEETS, ids=named)
def test_a_sheet_knows_no_left_and_no_right(sheet: Path) -> None:
    assert PHYSICAL.findall(without_comments(sheet)) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=named)
def test_a_component_is_small(sheet: Path) -> None:
    assert sheet.read_text(encoding="utf-8").count("\n") <= 120


def test_there_are_few_utilities() -> None:
    rules = re.findall(r"^\s*[.\[][^{@]*\{", without_comments(UI / "css" / "utilities.css"), flags=re.MULTILINE)
    assert 0 < len(rules) <= 30


@pytest.mark.parametrize("sheet", [sheet for sheet in SHEETS if sheet.stem not in ("tokens", "properties")], ids=named)
def test_colours_are_named_in_one_place(sheet: Path) -> None:
    assert COLOUR.findall(without_comments(sheet)) == []


def test_the_table_of_contents_names_every_sheet_once() -> None:
    contents = (UI / "css" / "app.css").read_text(encoding="utf-8")
    listed = re.findall(r'@import\s+(?:url\()?"(?:\./)?([\w-]+)\.css"', contents)
    assert sorted(listed) == sorted(sheet.stem for sheet in SHEETS if sheet.stem != "app")


@pytest.mark.parametrize("script", SCRIPTS, ids=named)
def test_an_element_is_small_and_needs_no_eval(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    assert text.count("\n") <= 80
    assert re.findall(r"\beval\(|new Function|innerHTML|outerHTML|insertAdjacentHTML|document\.write", text) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_template_brings_no_style_no_script_and_trusts_no_text(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert re.findall(r"\sstyle=|<style|\son[a-z]+=|hx-on|\bjs:|javascript:", text) == []
    assert re.findall(r"\|\s*safe\b|autoescape off|mark_safe", text) == []
    assert re.findall(r"<script(?![^>]*(?:nonce|src)=)", text) == []
