"""DMN: our decision tables written as such files, and tables of others read as far as their cells compare. Pure.

FEEL is never evaluated: a cell is one of a few forms, or it is refused, with its row and column.
"""

from shenava.process.dmn.reading import Reading, read
from shenava.process.dmn.writing import write

__all__ = ["Reading", "read", "write"]
