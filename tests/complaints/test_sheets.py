"""Sheets: every value comes back as it went in, and no spreadsheet takes a text for a formula."""

from __future__ import annotations

import csv
import io
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from shenava.complaints.sheets import CsvSheet, XlsxSheet, harmless, is_dangerous
from tests.complaints.spreadsheets import csv_lines, xlsx_lines, xlsx_sheets

HEADS = ["Number", "Title"]
LINES = [["1405-000001", 'دستگاه می‌لرزد; "E-21", again'], [7, "two\nlines"], [None, ""]]
BAD = ["=1+1", "+98912", "-2+3", "@SUM(A1)", "\tx", "\rx", "\nx", '=HYPERLINK("http://e")', "＝1+1"]


def as_csv(lines: list[list[object]]) -> bytes:
    file = io.BytesIO()
    sheet = CsvSheet(file, HEADS)
    for line in lines:
        sheet.line(line)  # type: ignore[arg-type]
    sheet.close()
    return file.getvalue()


def as_xlsx(given: list[list[object]], **more: object) -> bytes:
    file = io.BytesIO()
    sheet = XlsxSheet(file, HEADS, **more)  # type: ignore[arg-type]
    for line in given:
        sheet.line(line)  # type: ignore[arg-type]
    sheet.close()
    return file.getvalue()


def test_a_csv_holds_heads_and_lines_and_begins_with_the_mark_of_utf_8() -> None:
    written = as_csv(LINES)
    assert written.startswith(b"\xef\xbb\xbfNumber,Title\r\n")
    assert csv_lines(written) == [HEADS, [str(LINES[0][0]), LINES[0][1]], ["7", "two\nlines"], ["", ""]]


def test_an_xlsx_holds_heads_and_lines_and_numbers_as_numbers() -> None:
    written = as_xlsx(LINES)
    assert xlsx_lines(written) == [HEADS, LINES[0], [7.0, "two\nlines"]]


def test_moments_are_moments_in_an_xlsx_and_iso_in_a_csv() -> None:
    at = datetime(2026, 11, 23, 12, 30)  # noqa: DTZ001 -- a wall clock's
    assert xlsx_lines(as_xlsx([[at, ""]]))[1] == [pytest.approx(46349.520833, abs=1e-5)]
    assert csv_lines(as_csv([[at, ""]]))[1] == ["2026-11-23 12:30", ""]


@pytest.mark.parametrize("text", BAD)
def test_what_looks_like_a_formula_stays_a_text(text: str) -> None:
    assert csv_lines(as_csv([["x", text]]))[1] == ["x", "'" + text]
    written = as_xlsx([["x", text]])
    assert xlsx_lines(written)[1] == ["x", text]
    assert b"<f>" not in b"".join(xlsx_sheets(written))
    assert b'quotePrefix="1"' in xlsx_sheets(written, "xl/styles.xml")[0]


@given(some.text())
def test_no_text_leaves_a_csv_with_a_sign_that_begins_a_formula(text: str) -> None:
    assert not is_dangerous(harmless(text))
    assert harmless(text).removeprefix("'") == text.removeprefix("'")


@given(
    some.lists(some.text(some.characters(exclude_categories=["Cs"], exclude_characters="\x00")), min_size=2, max_size=2)
)
def test_every_line_of_a_csv_comes_back(values: list[str]) -> None:
    written = as_csv([list(values)]).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(written, newline="")))[1] == [harmless(value) for value in values]


def test_what_does_not_fit_a_sheet_goes_on_in_the_next_under_the_same_heads() -> None:
    written = as_xlsx([[number, "x"] for number in range(5)], lines=3)
    assert xlsx_lines(written) == [HEADS, [0, "x"], [1, "x"], HEADS, [2, "x"], [3, "x"], HEADS, [4, "x"]]


@pytest.mark.parametrize(("is_rtl", "expected"), [(True, True), (False, False)])
def test_a_sheet_for_persian_and_hebrew_begins_on_the_right(is_rtl: bool, expected: bool) -> None:
    assert (b'rightToLeft="1"' in xlsx_sheets(as_xlsx(LINES, is_rtl=is_rtl))[0]) == expected
