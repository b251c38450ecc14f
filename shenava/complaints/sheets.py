"""Sheets: lines of values written into a CSV or XLSX file as they come, however many they are."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from typing import BinaryIO, Protocol

import xlsxwriter

from shenava.complaints.columns import Value

SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
LINES = 1_048_576  # a sheet of XLSX has no more
MOMENT = "yyyy-mm-dd hh:mm"


class Sheet(Protocol):
    """A file that is being written. Moments have no time zone: they are as a wall clock shows them."""

    def line(self, values: Sequence[Value]) -> None:
        """One more line."""

    def close(self) -> None:
        """The last line was written; the file is whole after this."""


def is_dangerous(text: str) -> bool:
    """Would a spreadsheet take this text for a formula?"""
    return text.startswith(SIGNS)


def harmless(text: str) -> str:
    """The text behind an apostrophe, if a spreadsheet would take it for a formula."""
    return f"'{text}" if is_dangerous(text) else text


class CsvSheet:
    """CSV after RFC 4180, with the mark by which spreadsheets know UTF-8."""

    def __init__(self, file: BinaryIO, heads: Sequence[str], *, is_rtl: bool = False) -> None:
        self._text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=False)
        self._lines = csv.writer(self._text)
        self.line(heads)

    def line(self, values: Sequence[Value]) -> None:
        self._lines.writerow([self._shown(value) for value in values])

    def close(self) -> None:
        self._text.flush()
        self._text.detach()

    def _shown(self, value: Value) -> str | int:
        if isinstance(value, datetime):
            return value.strftime("%Y-%m-%d %H:%M")
        return value if isinstance(value, int) else harmless(value or "")


class XlsxSheet:
    """XLSX, line by line without keeping them; what does not fit a sheet goes on in the next."""

    def __init__(self, file: BinaryIO, heads: Sequence[str], *, is_rtl: bool = False, lines: int = LINES) -> None:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(file, options)
        self._bold = self._book.add_format({"bold": True})
        self._quoted = self._book.add_format({"quote_prefix": True})
        self._moment = self._book.add_format({"num_format": MOMENT})
        self._heads, self._is_rtl, self._most = list(heads), is_rtl, lines
        self._begin_sheet()

    def line(self, values: Sequence[Value]) -> None:
        if self._row == self._most:
            self._begin_sheet()
        for column, value in enumerate(values):
            self._cell(column, value)
        self._row += 1

    def close(self) -> None:
        self._book.close()

    def _begin_sheet(self) -> None:
        self._sheet = self._book.add_worksheet()
        if self._is_rtl:
            self._sheet.right_to_left()
        self._sheet.freeze_panes(1, 0)
        self._sheet.set_column(0, max(len(self._heads) - 1, 0), 18)
        for column, head in enumerate(self._heads):
            self._sheet.write_string(0, column, head, self._bold)
        self._row = 1

    def _cell(self, column: int, value: Value) -> None:
        if isinstance(value, datetime):
            self._sheet.write_datetime(self._row, column, value, self._moment)
        elif isinstance(value, int):
            self._sheet.write_number(self._row, column, value)
        elif value:
            self._sheet.write_string(self._row, column, value, self._quoted if is_dangerous(value) else None)


SHEETS: dict[str, type[CsvSheet] | type[XlsxSheet]] = {"csv": CsvSheet, "xlsx": XlsxSheet}
