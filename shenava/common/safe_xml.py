"""XML from strangers: read without entities, DTDs or anything outside the file, and within limits; and written.

What refuses a file is a code, which the door that shows it words.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, TreeBuilder, indent, tostring
from xml.parsers.expat import ExpatError, ParserCreate

MOST_BYTES = 4_000_000
MOST_ELEMENTS = 100_000
DEEPEST = 60
NEVER_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class UnsafeXMLError(ValueError):
    """A file that is not read. `code`: empty, too_large, too_deep, doctype or not_xml."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def parse(given: bytes) -> Element:
    """The root, its names as `{namespace}name`. Raises UnsafeXMLError, at once where a DOCTYPE begins."""
    if not given.strip():
        raise UnsafeXMLError("empty")
    if len(given) > MOST_BYTES:
        raise UnsafeXMLError("too_large")
    reader = _Reader()
    try:
        return reader.read(given)
    except UnsafeXMLError:
        raise
    except (ExpatError, LookupError, ValueError) as fault:  # an encoding that is not known is one of the latter two
        raise UnsafeXMLError("not_xml") from fault


def text_of(root: Element) -> bytes:
    """The file, indented; characters that XML cannot hold are left out. Names are written as they are."""
    indent(root)
    text = NEVER_IN_XML.sub("", tostring(root, encoding="unicode")).replace("\r", "&#13;")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


class _Reader:
    """Builds the tree while expat reads, and stops at what is refused."""

    def __init__(self) -> None:
        self.tree = TreeBuilder()
        self.depth = self.number = 0
        self.parser = ParserCreate(namespace_separator="}")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self.tree.data

    def read(self, given: bytes) -> Element:
        self.parser.Parse(given, True)
        root: Element = self.tree.close()
        return root

    def _doctype(self, *_told: object) -> None:
        raise UnsafeXMLError("doctype")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.number += 1
        if self.depth > DEEPEST:
            raise UnsafeXMLError("too_deep")
        if self.number > MOST_ELEMENTS:
            raise UnsafeXMLError("too_large")
        self.tree.start(_name(name), {_name(key): value for key, value in attributes.items()})

    def _end(self, name: str) -> None:
        self.depth -= 1
        self.tree.end(_name(name))


def _name(given: str) -> str:
    return "{" + given if "}" in given else given
