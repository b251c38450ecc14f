"""HTML told as plain text: paragraphs, lists, tables and quotations stay recognisable.

The input has passed the cleaner, so it is well formed and one pass over its tags is enough.
"""

from __future__ import annotations

import html as entities
import re
from dataclasses import dataclass, field

from .cleaning import outlined

_TOKEN = re.compile(r'<(/?)([a-zA-Z0-9]+)((?:[^<>"]|"[^"]*")*)>|([^<]+|<)')
_CLASS = re.compile(r'\b(?:class|id)="([^"]*)"')
_STYLE = re.compile(r'\bstyle="([^"]*)"')
_HREF = re.compile(r'\bhref="([^"]*)"')
_SPACE = re.compile(r"[ \t\r\n\f]+")
_BLOCK = {
    "address",
    "article",
    "aside",
    "center",
    "div",
    "dl",
    "dd",
    "dt",
    "figure",
    "figcaption",
    "footer",
    "form",
    "header",
    "main",
    "nav",
    "section",
    "table",
    "tbody",
    "thead",
    "tfoot",
    "tr",
    "caption",
    "ul",
    "ol",
    "li",
}
_PARAGRAPH = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"}
# Marks that mail programs put around what they quote.
QUOTED_CLASS = re.compile(
    r"gmail_quote(?!_attribution)|yahoo_quoted|moz-cite-prefix|protonmail_quote|zmail_extra|gmail_extra_quote"
    r"|divRplyFwdMsg|appendonsend|OLK_SRC_BODY_SECTION|mail-editor-reference-message|stopSpelling"
    r"|replied-?to-?message|ms-outlook-mobile-reference-message|WordSection_quote|quoted-text-block",
    re.IGNORECASE,
)
_OUTLOOK_BAR = re.compile(r"border:\s*none;\s*border-top:\s*solid #[0-9a-fA-F]{6} 1\.0pt", re.I)
CUT = "\ue000cut\ue000"


@dataclass(slots=True)
class _Page:
    """The text as it grows: finished lines, the line under the pen, and what surrounds it."""

    lines: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    quoted: int = 0
    preformatted: int = 0
    lists: list[int | None] = field(default_factory=list)
    cells: int = 0
    href: str = ""
    linked: list[str] = field(default_factory=list)

    def end_line(self, empty_after: bool = False) -> None:
        text = "".join(self.line)
        text = text if self.preformatted else _SPACE.sub(" ", text).strip(" ")
        if text or empty_after:
            prefix = "> " * min(self.quoted, 10)
            if text:
                self.lines.extend((prefix + one).rstrip() for one in text.split("\n"))
            if empty_after and self.lines and self.lines[-1].strip("> "):
                self.lines.append(prefix.rstrip())
        self.line = []

    def break_line(self) -> None:
        text = "".join(self.line)
        if text.strip():
            self.end_line()
        else:
            self.line = []
            self.lines.append(("> " * min(self.quoted, 10)).rstrip())


def to_text(html: str, marks: bool = False) -> str:
    """Plain text of an HTML body. With `marks`, the spot where a mail program began to quote holds CUT."""
    page = _Page()
    for match in _TOKEN.finditer(outlined(html)):
        closing, tag, attributes, words = match.groups()
        if words is not None:
            _write(page, words)
        elif closing:
            _close(page, tag.lower())
        else:
            _open(page, tag.lower(), attributes, marks)
    page.end_line()
    text = "\n".join(page.lines).replace("\u200b", "").replace("\ufeff", "")
    return re.sub(r"\n(?:[ \t]*\n){2,}", "\n\n", text).strip("\n")


def _write(page: _Page, words: str) -> None:
    letters = entities.unescape(words).replace("\xa0", " ")
    if not page.preformatted:
        letters = _SPACE.sub(" ", letters)
    page.line.append(letters)
    if page.href:
        page.linked.append(letters)


def _open(page: _Page, tag: str, attributes: str, marks: bool) -> None:
    if marks and attributes and _begins_quotation(attributes):
        page.end_line()
        page.lines.append(CUT)
    if tag in _OPENERS:
        _OPENERS[tag](page, attributes)
    elif tag in _PARAGRAPH:
        page.end_line(empty_after=True)
        page.quoted += tag == "blockquote"
        page.preformatted += tag == "pre"
    elif tag in _BLOCK:
        page.end_line()


def _begins_quotation(attributes: str) -> bool:
    named = _CLASS.findall(attributes)
    if any(QUOTED_CLASS.search(one) for one in named):
        return True
    style = _STYLE.search(attributes)
    return style is not None and _OUTLOOK_BAR.search(style.group(1)) is not None


def _close(page: _Page, tag: str) -> None:
    if tag in {"ul", "ol"}:
        page.end_line()
        page.lists = page.lists[-1_000:-1]
    elif tag == "a":
        _end_link(page)
    elif tag in _PARAGRAPH:
        page.end_line(empty_after=tag != "blockquote")
        page.preformatted = max(0, page.preformatted - (tag == "pre"))
        page.quoted = max(0, page.quoted - (tag == "blockquote"))
    elif tag in _BLOCK:
        page.end_line()


def _end_link(page: _Page) -> None:
    """A link whose words do not say where it leads shows its address."""
    said, href = "".join(page.linked).strip(), page.href
    page.href, page.linked = "", []
    plain = href.removeprefix("mailto:").rstrip("/")
    if href.startswith(("http://", "https://")) and said and plain not in said and said not in plain:
        page.line.append(f" <{href}>" if len(href) <= 300 else "")


def _open_list(page: _Page, start: int | None) -> None:
    page.end_line()
    page.lists.append(start)


def _open_item(page: _Page) -> None:
    page.end_line()
    indent = "  " * max(0, min(len(page.lists), 10) - 1)
    number = page.lists[-1] if page.lists else None
    if number is None:
        page.line.append(f"{indent}- ")
    else:
        page.line.append(f"{indent}{number}. ")
        page.lists[-1] = number + 1


def _open_row(page: _Page) -> None:
    page.end_line()
    page.cells = 0


def _open_cell(page: _Page) -> None:
    if page.cells and "".join(page.line).strip():
        page.line.append(" | ")
    page.cells += 1


def _open_link(page: _Page, attributes: str) -> None:
    found = _HREF.search(attributes)
    page.href, page.linked = (entities.unescape(found.group(1)) if found else ""), []


def _rule(page: _Page) -> None:
    page.end_line()
    page.lines.append("_" * 20)


_OPENERS = {
    "br": lambda page, attributes: page.break_line(),
    "hr": lambda page, attributes: _rule(page),
    "ul": lambda page, attributes: _open_list(page, None),
    "ol": lambda page, attributes: _open_list(page, 1),
    "li": lambda page, attributes: _open_item(page),
    "tr": lambda page, attributes: _open_row(page),
    "td": lambda page, attributes: _open_cell(page),
    "th": lambda page, attributes: _open_cell(page),
    "a": _open_link,
}
