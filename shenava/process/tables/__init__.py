"""Decision tables as data: cells that compare, rows that are tried in order, and what they leave out. Pure."""

from shenava.process.tables.analysis import Analysis, Gap, Hidden, Overlap, analyse
from shenava.process.tables.cells import OPERATORS, Condition, holds
from shenava.process.tables.domain import Domain, Listed, Numbers, Part, Texts
from shenava.process.tables.table import Fault, FaultyTableError, Table, decide, faults_of, load, row_for

__all__ = [
    "OPERATORS",
    "Analysis",
    "Condition",
    "Domain",
    "Fault",
    "FaultyTableError",
    "Gap",
    "Hidden",
    "Listed",
    "Numbers",
    "Overlap",
    "Part",
    "Table",
    "Texts",
    "analyse",
    "decide",
    "faults_of",
    "holds",
    "load",
    "row_for",
]
