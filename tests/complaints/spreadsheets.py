"""Reading spreadsheets back, as far as the tests need it."""

from __future__ import annotations

import csv
import io
import zipfile
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def csv_lines(written: bytes) -> list[list[str]]:
    """The lines of a CSV."""
    return list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))


def xlsx_sheets(written: bytes, name: str = "xl/worksheets/") -> list[bytes]:
    """Parts of an XLSX as they are stored."""
    with zipfile.ZipFile(io.BytesIO(written)) as book:
        return [book.read(part) for part in sorted(book.namelist()) if part.startswith(name)]


def xlsx_lines(written: bytes) -> list[list[object]]:
    """The lines of all sheets, without empty cells: texts and numbers."""
    rows = [row for sheet in xlsx_sheets(written) for row in ElementTree.fromstring(sheet).iter(f"{MAIN}row")]
    return [[_value(cell) for cell in row.iter(f"{MAIN}c") if len(cell)] for row in rows]


def _value(cell: ElementTree.Element) -> object:
    text = cell.find(f"{MAIN}is/{MAIN}t")
    if text is None:
        return float(cell.findtext(f"{MAIN}v") or 0)
    return (text.text or "").replace("_x000D_", "\r")
