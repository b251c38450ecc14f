"""What one line of a letter is: the start of a quotation, a header of an older mail, a signature, or "
"words."""

from __future__ import annotations

import re

from . import phrases

_MARKS = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad]")
_EDGE = r"[\s*_>|#=:\-–—\[\]]*"
_END = r"\s*(?:[:：]\s*)?[*_]{0,2}\s*$"
_ADDRESS = re.compile(r"[^\s<>@\[\]()]{1,80}@[^\s<>@\[\]()]{1,100}")
_NUMBER = re.compile(r"\d+")
ATTRIBUTION_END = re.compile(rf"(?:(?<!\w)(?:{phrases.WROTE})|{phrases.WROTE_JOINED}){_END}", re.IGNORECASE)
# "schrieb John Doe <john@…>:" and its like: the verb before the name
_VERB_FIRST = re.compile(
    rf"(?<!\w)(?:{phrases.WROTE})(?!\w)(?:[^:：]|(?<=\d):(?=\d)){{0,160}}[:：][*_]{{0,2}}\s*$", re.IGNORECASE
)
_LEAD = re.compile(rf"^[\s*_>«\"'(\[\-–—]{{0,8}}(?:{phrases.LEAD})", re.IGNORECASE)
_DATED = re.compile(
    r"^[\s*>]{0,6}(?:\d{4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?|\d{1,2}[./]\d{1,2}[./]\d{2,4})[,\s].{2,160}$"
)
_DATE_NAME = re.compile(
    r"^[\s*>]{0,6}\d{4}[-/]\d{1,2}[-/]\d{1,2}(?:[ ,T]+\d{1,2}:\d\d(?::\d\d)?(?: ?(?:[AP]M|GMT|"
    r"UTC)?(?: ?[+-]\d\d:?\d\d)?)?)"
    r"\s+(?:\S+\s+){0,5}\S+:?\s*$"
)
_TIME_FIRST = re.compile(r"^[\s*>]{0,6}\d{1,2}[:.]\d\d.{0,60}\d{4}.{0,120}<[^<>@\s]+@[^<>\s]+>\s*:\s*$")
_LABELS = {
    "from": phrases.FROM,
    "date": phrases.DATE,
    "to": phrases.TO,
    "cc": phrases.CC,
    "subject": phrases.SUBJECT,
    "other": phrases.OTHER,
}
_LABEL = {
    kind: re.compile(rf"^[\s>|]{{0,12}}[*_]{{0,2}}\s?(?:{words})\s?[*_]{{0,2}}\s?[:：]", re.IGNORECASE)
    for kind, words in _LABELS.items()
}
_ORIGINAL = re.compile(
    rf"^[\s>*_#]{{0,8}}[-–—_=*]{{1,40}}\s*\[?(?:{phrases.ORIGINAL})\]?[^-–—_=\n]{{0,60}}[\s:]{{0,3}}[-–—_=*]{{0,40}}\s*[:：]?\s*$",
    re.IGNORECASE,
)
_BEGIN = re.compile(rf"^[\s>*_-]{{0,8}}(?:{phrases.BEGIN})\s*[:：]?[\s*]*$", re.IGNORECASE)
_BARE_ORIGINAL = re.compile(rf"^[\s>*]{{0,6}}(?:{phrases.ORIGINAL})[ \w®]{{0,30}}[:：]?\s*$", re.IGNORECASE)
_ABOVE = re.compile(phrases.ABOVE, re.IGNORECASE)
_MOBILE = re.compile(rf"^\W{{0,6}}(?:{phrases.MOBILE})\W{{0,6}}$", re.IGNORECASE)
_MESSAGE_OF = re.compile(
    r"^[\s>]{0,6}(?:message du|messaggio del|mensaje del|nachricht vom)\s?[:：]?\s*\d", re.IGNORECASE
)
_BRAND = re.compile(r"^[Ss]ent (?:from|via|with|using)(?: my)?(?: [A-Z][\w-]*){1,3}$")
DELIMITER = re.compile(r"^\s*(?:[-–—=_*#~+ᐧ·.<>]|\u2014){1,200}\s*$")
SIGNATURE = re.compile(r"^\s?(?:--|—|– –|__|-- --|––)\s*$")
RULE = re.compile(r"^\s*(?:_{5,}|-{10,}|={10,}|\*{10,}|~{10,})\s*$")
QUOTED = re.compile(r"^\s{0,3}(?:[>|＞»﴾]|&gt;)")


def bare(line: str) -> str:
    """The line as it looks: without invisible direction marks, with ordinary blanks."""
    return _MARKS.sub("", line).replace("\u00a0", " ").replace("\u202f", " ").rstrip()


def is_quoted(line: str) -> bool:
    """A line that somebody else wrote, by its mark; right-to-left programs put the same mark."""
    return QUOTED.match(line) is not None


def attribution(lines: list[str], at: int) -> int:
    """How many lines from `at` say who wrote when (0: none do). Broken attributions span up to five lines."""
    first = lines[at]
    if not first.strip() or len(first) > 400:
        return 0
    if _one_line(first):
        return 1
    begins = _LEAD.match(first) or (_ADDRESS.search(first) and _NUMBER.search(first))
    return _broken_attribution(lines, at) if begins else 0


def _broken_attribution(lines: list[str], at: int) -> int:
    joined = first = lines[at]
    for count in range(1, 5):
        if at + count >= len(lines) or len(joined) > 400:
            return 0
        following = lines[at + count].strip()
        is_open = joined.count("<") > joined.count(">")
        if not following or (is_quoted(following) and not is_quoted(first) and not is_open):
            return 0
        joined = f"{joined} {following if is_open else following.lstrip('> ')}"
        if _says_who(joined):
            return 0 if _begins_later(lines, at + 1, at + count) else count + 1
    return 0


def _begins_later(lines: list[str], start: int, end: int) -> bool:
    """Whether a line further down is the true first one of the attribution that ends at `end`."""
    for index in range(start, end + 1):
        if _LEAD.match(lines[index]) and _NUMBER.search(lines[index]):
            joined = " ".join(line.strip().lstrip("> ") for line in lines[index : end + 1])
            if _says_who(joined):
                return True
    return False


def _one_line(line: str) -> bool:
    if _says_who(line) or _TIME_FIRST.match(line) or _DATE_NAME.match(line):
        return True
    stripped = line.strip("* \t")
    if _LEAD.match(line) and stripped.endswith((":", "：")) and _ADDRESS.search(line[-120:]):
        return len(_NUMBER.findall(line)) >= 2
    return bool(_DATED.match(line) and _ADDRESS.search(line) and stripped.endswith((":", ">", "：", ")")))


def _says_who(line: str) -> bool:
    """A verb of writing at its place, and proof that it is a machine's line: an address, or a date."""
    if not (ATTRIBUTION_END.search(line[-60:]) or _VERB_FIRST.search(line[-260:])):
        return False
    if _ADDRESS.search(line):
        return True
    return len(_NUMBER.findall(line)) >= 2 and (_LEAD.match(line) is not None or _NUMBER.search(line[:30]) is not None)


def undated_attribution(line: str) -> bool:
    """ "Sara wrote:" proves nothing by itself; with quoted lines below it does."""
    return (
        len(line) < 120 and ATTRIBUTION_END.search(line[-60:]) is not None and line.rstrip("* ").endswith((":", "："))
    )


def label(line: str) -> str | None:
    """Which header of an older mail this line repeats, if any."""
    if len(line) > 1_000:
        return None
    return next((kind for kind, pattern in _LABEL.items() if pattern.match(line)), None)


def header_block(lines: list[str], at: int, needed: int = 3) -> int:
    """How many lines from `at` repeat the headers of an older mail (0: fewer than `needed` kinds of them)."""
    if label(lines[at]) in {None, "cc", "other"}:
        return 0
    kinds: list[str] = []
    last, since = at, 0
    for index in range(at, min(at + 24, len(lines))):
        kind = label(lines[index])
        if kind is not None:
            kinds.append(kind)
            last, since = index, 0
        else:
            since += 1
        if since > 2 or (since and not lines[index].strip(" >|") and len(set(kinds)) >= needed):
            break
    found = set(kinds)
    named = "from" in found and bool(found & {"date", "subject", "to"})
    if needed == 1:
        return last - at + 1 if "from" in found and (named or _ADDRESS.search(lines[at])) else 0
    return last - at + 1 if len(found) >= needed and (named or {"date", "subject"} <= found) else 0


def separator(line: str) -> bool:
    """A line that says in words that an older mail follows."""
    if len(line) > 160:
        return False
    return bool(_ORIGINAL.match(line) or _BEGIN.match(line) or _MESSAGE_OF.match(line))


def bare_separator(line: str) -> bool:
    """ "Original message" without dashes: only with headers or quotation below it."""
    return len(line) < 100 and _BARE_ORIGINAL.match(line) is not None


def reply_marker(line: str) -> bool:
    """The line under which nothing of a reply stands, as helpdesks print it."""
    return len(line) < 200 and _ABOVE.search(line) is not None


def mobile_signature(line: str) -> bool:
    """ "Sent from my phone" in its many forms; a sentence that only begins so is none."""
    words = re.sub(r"<[^<>]*>|\(https?:[^()]*\)|https?://\S+", "", line.strip()).strip()
    if not 6 < len(words) < 80 or _MOBILE.match(words) is None:
        return False
    if len(words.split()) > 8 or "," in words:
        return False
    return phrases.DEVICE.search(words) is not None or _BRAND.match(words.strip()) is not None
