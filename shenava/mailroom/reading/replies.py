"""Only what is new in a letter: without the mail it answers, and without the signature below it.

When in doubt nothing is cut: a reader can skip a quotation, but a lost sentence of a complainant is lost.
"""

from __future__ import annotations

from . import quotes
from .plain import CUT, to_text

_SCANNED_LINES = 3_000


def new_text(text: str) -> str:
    """The new words of a plain text. Never empty where the text is not: then the whole text is the answer."""
    lines = text.split("\n")
    seen = [quotes.bare(line) for line in lines]
    fenced = _fenced(seen)
    kept = _without_quotation(lines, seen, fenced)
    kept = _without_signature(kept)
    result = _trimmed(kept)
    return result if result.strip() else _trimmed(lines)


def new_text_of_html(html: str) -> str:
    """The new words of an HTML body: what the mail program itself marked as quoted goes first."""
    marked = to_text(html, marks=True)
    before, cut, after = marked.partition(CUT)
    if cut and before.strip():
        return new_text(before)
    return new_text((before + after).replace(CUT, ""))


def _fenced(lines: list[str]) -> set[int]:
    """Lines between ``` marks: code, in which nothing is a quotation."""
    inside: set[int] = set()
    marks = [index for index, line in enumerate(lines) if line.strip().startswith("```")]
    for start, end in zip(marks[::2], marks[1::2], strict=False):
        inside.update(range(start, end + 1))
    return inside


def _without_quotation(lines: list[str], seen: list[str], fenced: set[int]) -> list[str]:
    for at in range(min(len(lines), _SCANNED_LINES)):
        if at in fenced or not seen[at].strip():
            continue
        length = _quotation_starts(seen, at)
        if length:
            return _around(lines, seen, at, length)
    return lines


def _quotation_starts(seen: list[str], at: int) -> int:
    """How many lines announce a quotation at `at`; 0 where none begins."""
    line = seen[at]
    if quotes.reply_marker(line):
        return 1
    if quotes.separator(line):
        return _with_headers(seen, at)
    announced = quotes.header_block(seen, at) or quotes.attribution(seen, at)
    return announced or _announced_by_what_follows(seen, at)


def _with_headers(seen: list[str], at: int) -> int:
    below = _next_words(seen, at + 1)
    block = quotes.header_block(seen, below, needed=2) if below is not None else 0
    return below + block - at if below is not None and block else 1


def _announced_by_what_follows(seen: list[str], at: int) -> int:
    """Lines that prove nothing alone: a name with "wrote", a rule, the words "original message"."""
    line, below = seen[at], _next_words(seen, at + 1)
    if below is None:
        return 0
    if quotes.undated_attribution(line) and quotes.is_quoted(seen[below]) and not quotes.is_quoted(line):
        return 1
    ruled = quotes.RULE.match(line) is not None or quotes.bare_separator(line)
    return 1 if ruled and quotes.header_block(seen, below, needed=1) else 0


def _next_words(seen: list[str], at: int) -> int | None:
    return next((index for index in range(at, min(at + 6, len(seen))) if seen[index].strip()), None)


def _around(lines: list[str], seen: list[str], at: int, length: int) -> list[str]:
    """The words before a quotation; answers between or below its lines stay, with what they answer."""
    before, start = lines[:at], at + length
    first = _next_words(seen, start)
    if first is None or not quotes.is_quoted(seen[first]) or quotes.is_quoted(seen[at]):
        return before if _has_words(before) else lines[start:]
    rest = _split_answers(lines[first:], seen[first:])
    return before + rest


def _split_answers(lines: list[str], seen: list[str]) -> list[str]:
    """Of a marked quotation and what follows: nothing, the words below it, or all where they alternate."""
    own = [index for index, line in enumerate(seen) if line.strip() and not quotes.is_quoted(line)]
    own = [index for index in own if not _is_wrapped(seen, index)]
    if not own or _is_only_footer([seen[index] for index in own]):
        return []
    last_quoted = max(index for index, line in enumerate(seen) if quotes.is_quoted(line))
    if own[0] > last_quoted:
        return lines[own[0] :]
    return lines


def _is_wrapped(seen: list[str], index: int) -> bool:
    """A quoted line that a program broke in two: its rest stands without the mark, between marked lines."""
    above = index > 0 and quotes.is_quoted(seen[index - 1]) and len(seen[index - 1]) > 60
    below = index + 1 < len(seen) and quotes.is_quoted(seen[index + 1])
    return above and below and len(seen[index]) < 60


def _is_only_footer(own: list[str]) -> bool:
    """Signature or list footer below the quotation."""
    return bool(quotes.SIGNATURE.match(own[0]) or quotes.RULE.match(own[0]) or quotes.mobile_signature(own[0]))


def _has_words(lines: list[str]) -> bool:
    return any(line.strip() and not quotes.DELIMITER.match(quotes.bare(line)) for line in lines)


def _without_signature(lines: list[str]) -> list[str]:
    """Up to the first signature mark that has words above it, then without quoted lines at the end."""
    seen = [quotes.bare(line) for line in lines]
    fenced = _fenced(seen)
    first = next((at for at, line in enumerate(lines) if _has_words([line])), len(lines))
    for at in range(first + 1, len(seen)):
        line = seen[at]
        if at in fenced:
            continue
        if quotes.SIGNATURE.match(line) or quotes.mobile_signature(line) or _is_list_footer(seen, at):
            lines = lines[:at]
            break
    return _without_trailing_quote(lines)


def _is_list_footer(seen: list[str], at: int) -> bool:
    below = " ".join(seen[at + 1 : at + 4]).lower()
    return quotes.RULE.match(seen[at]) is not None and (
        "mailing list" in below or "unsubscribe" in below or "listinfo" in below
    )


def _without_trailing_quote(lines: list[str]) -> list[str]:
    end = len(lines)
    while end and (not lines[end - 1].strip() or quotes.is_quoted(quotes.bare(lines[end - 1]))):
        end -= 1
    return lines[:end] if end else lines


def _trimmed(lines: list[str]) -> str:
    """Without empty lines around and without lines of bare dashes at the end."""
    end = len(lines)
    while end and (not lines[end - 1].strip() or quotes.DELIMITER.match(quotes.bare(lines[end - 1]))):
        end -= 1
    kept = lines[:end] or lines
    return "\n".join(line.rstrip() for line in kept).strip("\n").rstrip()
