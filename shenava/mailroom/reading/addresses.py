"""Addresses as people and programs really write them, and the question whether a sender is beyond doubt.

A sender that two programs could read differently is how strangers speak in another's name, so doubt is said
aloud and the letter is never tied to a known person by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .charsets import decode
from .headers import Headers, unfolded
from .shapes import Defects, Limits, Mailbox
from .words import decode_words

_ADDRESS = re.compile(r"[^\s<>@,;:\"()\[\]]{1,256}@[^\s<>@,;:\"()]{1,255}")
_QUOTED_LOCAL = re.compile(r'"[^"\\<>]{1,64}"@[^\s<>@,;:"()]{1,255}')
_PLAIN = re.compile(r"[^\s<>@,;:\"()\[\]\\\x00-\x1f\x7f]{1,64}@[^\s<>@,;:\"()\\\x00-\x1f\x7f]{1,253}\Z")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|<[^<>]*>|[,;:()<>"]|\\.|[^,;:()<>"\\]+', re.DOTALL)
_PAIR = re.compile(r"\\(.)", re.DOTALL)
_ENCODED = re.compile(r"=\?[^?\s]{1,60}\?[bqBQ]\?[^?\s]*\?=")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")


def mailboxes(headers: Headers, name: str, defects: Defects, limits: Limits) -> tuple[Mailbox, ...]:
    """Every address under that header name, in order, at most `limits.recipients`."""
    found: list[Mailbox] = []
    for value in headers.every(name):
        for mailbox in split_addresses(decode(unfolded(value), None, headers.hint), limits.recipients + 1):
            if len(found) >= limits.recipients:
                defects.say(f"limits: more than {limits.recipients} addresses in {name}")
                return tuple(found)
            found.append(mailbox)
    return tuple(found)


def split_addresses(letters: str, at_most: int = 51) -> list[Mailbox]:
    """The addresses of one header value. Linear in its length; comments never recurse."""
    found = []
    for tokens in _entries(letters):
        mailbox = _mailbox(tokens)
        if mailbox.email or mailbox.name:
            found.append(mailbox)
        if len(found) >= at_most:
            break
    return found


def _entries(letters: str) -> Iterator[list[str]]:
    """The tokens of each entry: cut at commas and semicolons outside quotes, comments and brackets."""
    tokens: list[str] = []
    depth = 0
    for token in _TOKEN.findall(letters):
        depth = max(0, depth + {"(": 1, ")": -1}.get(token, 0)) if token in "()" else depth
        if depth == 0 and token in {",", ";"}:
            yield tokens
            tokens = []
        elif depth == 0 and token == ":" and not any("@" in one for one in tokens):
            tokens = []
        else:
            tokens.append(token)
    yield tokens


def _mailbox(tokens: list[str]) -> Mailbox:
    """One entry: the last angle bracket is the address, a trailing comment is a name of the old style."""
    words, comments, angles = _sorted_out(tokens)
    if angles:
        email = _bare(angles[-1])
        name = _spoken(words) or _spoken(comments)
        return Mailbox(name, email) if email or name else Mailbox()
    joined = "".join(words).strip()
    found = _ADDRESS.search(joined) or _QUOTED_LOCAL.search(joined)
    if found is None and (within := _ADDRESS.search("".join(comments))) is not None:
        return Mailbox(_spoken(words), _clean(within.group()))
    if found is None:
        return Mailbox("", _clean(joined)) if " " not in joined and joined else Mailbox(_spoken(words), "")
    rest = joined[: found.start()] + " " + joined[found.end() :]
    name = _spoken(comments) or _clean(decode_words(rest.replace('"', "")))
    return Mailbox(name, _clean(found.group()).strip("'"))


def _sorted_out(tokens: list[str]) -> tuple[list[str], list[str], list[str]]:
    words: list[str] = []
    comments: list[str] = []
    angles: list[str] = []
    depth = 0
    for token in tokens:
        if token in {"(", ")"}:
            depth = max(0, depth + (1 if token == "(" else -1))
        elif depth:
            comments.append(token)
        elif token.startswith("<"):
            angles.append(token)
        elif token != ">":
            words.append(token)
    return words, comments, [angle for angle in angles if len(angle) > 1] or angles[:0]


def _bare(angle: str) -> str:
    """The address within angle brackets, without an obsolete route or mailto."""
    inner = decode_words(angle.strip("<>")).strip()
    spoken = [word for word in inner.split() if "@" in word]
    inner = spoken[-1] if spoken and '"' not in inner and len(inner.split()) > 1 and "@" in inner else inner
    inner = inner.rpartition(":")[2] if inner.lower().startswith(("mailto:", "@", "smtp:")) else inner
    return _clean(inner.strip("'\" ") if inner.count('"') != 2 else inner)


def _spoken(words: list[str]) -> str:
    """A display name for people: quotes and backslashes undone, encoded words decoded."""
    spoken = "".join(_unquoted(word) for word in words)
    return _clean(decode_words(spoken.strip()).strip().strip("'\"").strip())


def _unquoted(word: str) -> str:
    return _PAIR.sub(r"\1", word[1:-1] if len(word) > 1 and word[0] == word[-1] == '"' else word)


def _clean(letters: str) -> str:
    return re.sub(r"\s+", " ", _CONTROL.sub("", letters)).strip()


def sender(headers: Headers, found: tuple[Mailbox, ...], defects: Defects) -> tuple[Mailbox, bool]:
    """The sender as best understood, and whether nobody could read it otherwise (security: X-03)."""
    doubts = list(_doubts(headers, found))
    for doubt in doubts:
        defects.say(f"sender unclear: {doubt}")
    best = next((mailbox for mailbox in found if "@" in mailbox.email), found[0] if found else Mailbox())
    if not best.email:
        best = Mailbox(best.name, _stand_in(headers))
    return best, not doubts


def _stand_in(headers: Headers) -> str:
    """Without an address in From, the next best one to show; it never makes the sender clear."""
    for name in ("sender", "reply-to", "return-path"):
        for mailbox in split_addresses(headers.letters(name), 1):
            if "@" in mailbox.email:
                return mailbox.email
    return ""


def _doubts(headers: Headers, found: tuple[Mailbox, ...]) -> Iterator[str]:
    values = headers.every("from")
    raw = b" ".join(values)
    letters = decode(unfolded(raw))
    if len(values) != 1:
        yield f"{len(values)} From headers"
    if len(found) != 1:
        yield f"{len(found)} addresses in From"
    if b"\x00" in raw or re.search(rb"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]", raw):
        yield "control characters in From"
    yield from _doubts_of_form(letters)
    if found:
        yield from _doubts_of_address(found[0])


def _doubts_of_form(letters: str) -> Iterator[str]:
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', '""', letters)
    if re.sub(r"\([^()]*\)", "", bare).count("@") > 1:
        yield "more than one @"
    if bare.count("<") > 1 or bare.count(">") > 1 or bare.count("<") != bare.count(">"):
        yield "angle brackets do not match"
    if re.search(r"\([^()]*[@<>,\\(]", bare):
        yield "an address within a comment"
    inside = re.search(r"<([^<>]*)>", bare)
    if inside is not None and (_ENCODED.search(inside.group(1)) or "(" in inside.group(1)):
        yield "the address is encoded"
    if inside is None and (_ENCODED.search(bare.split("@")[0][-200:]) and "@" in bare):
        yield "the address is encoded"


def _doubts_of_address(mailbox: Mailbox) -> Iterator[str]:
    if not _PLAIN.match(mailbox.email):
        yield "not an address"
    shown = {one.strip(".'").lower() for one in _ADDRESS.findall(mailbox.name)}
    if shown - {mailbox.email.lower()}:
        yield "the name shows another address"
