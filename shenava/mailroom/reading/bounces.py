"""A mail server's report that something we sent did not arrive: whom it concerns, why, and which message."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .automatic import is_absence
from .charsets import decode
from .headers import Headers, split_head
from .mime import Part
from .notices import amazon_notice
from .reasons import kind_of, reason_of
from .shapes import Bounce, Defects, Failure, Limits

_DAEMON = re.compile(
    r"mailer-?daemon|post_?master|mail(?:er)?[-_. ]?(?:delivery|daemon|system|admin|master)|"
    r"delivery[-_ ]?(?:sub)?system|"
    r"mail_?deliver|mdaemon|mmdf|bounce|symantec_antivirus|mail ?router|bigfish|exchange.{0,10}(?:server|"
    r"administrator)|"
    r"microsoftexchange|administrator|system ?attendant|amazonses|mail-?relay|no-?reply@(?:bounce|ezweb)|"
    r"mail-?server|mailgate|smtp",
    re.IGNORECASE,
)
_SYSTEM = re.compile(r"mailer-?daemon|postmaster|delivery ?(?:sub)?system", re.IGNORECASE)
_SUBJECT = re.compile(
    r"undeliver|un-deliver|non[- ]?deliver|not (?:be )?deliver|returned (?:mail|e-?mail|message|"
    r"to sender)|return(?:ed|ing)? "
    r"(?:e-?)?mail|mail(?:er)? (?:delivery|system|error)|deliver(?:y|ed)? (?:status|fail|error|problem|"
    r"report|notif|delay|"
    r"has)|failure notice|failed (?:mail|delivery)|fail(?:ed|ure) to deliver|mail fail|message (?:status|"
    r"delayed|not|"
    r"could|delivery|you sent)|warning: (?:could not|message)|could not (?:be )?(?:send|deliver|sent)|"
    r"bounced?\b|"
    r"rejected (?:mail|message|posting)|user unknown|unable to deliver|problems? (?:delivering|"
    r"with delivery)|"
    r"mail system error|error sending|nondeliverable|zugestellt|unzustellbar|zustellung|échec|non remis|"
    r"non délivr|"
    r"sin entrega|no (?:se pudo )?entreg|devuelto|devolvid|não entregue|mancat[ao]|recapito|onbestelbaar|"
    r"niet bezorgd|"
    r"kan niet worden|недоставлен|не доставлен|не удалось|niedostarcz|zwrot|未送达|退信|退回|投递失败|配信|"
    r"送信(?:エラー|"
    r"できません)|"
    r"宛先|반송|غير قابل للتسليم|لم يتم تسليم|فشل|تحویل نشد|برگشت|ارسال نشد|לא ניתן למסור|לא נמסר|הודעה חזרה|"
    r"דואר חוזר",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?<![\d.])([245]\.\d{1,2}\.\d{1,3})(?![\d.])")
_ADDRESS = re.compile(r"[^\s<>@\"'(),;:\[\]=]{1,100}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}\.){1,8}[A-Za-z]{2,24}")
_ORIGINAL = re.compile(
    r"^[\s>*-]{0,40}(?:-{3,60}.{0,40}(?:copy|original|returned|message (?:text|header)|header|unsent|"
    r"enclosed|"
    r"below|body).{0,60}|(?:below|following|this) (?:this line )?is a copy of .{0,60}|"
    r"original message (?:follows|headers?).{0,20}|"
    r"(?:your )?(?:original|unsent) message (?:follows|below|is|header)?.{0,30}|return-path: .{0,200}|"
    r"received: (?:from|by) .*|"
    r"\[?message header.{0,20}|copy of (?:the )?message.{0,30}|the header of the original message.{0,40})$",
    re.IGNORECASE | re.MULTILINE,
)
_SAYS = re.compile(
    r"(?:could not be delivered|undeliverable|failed|fatal errors|does ?n[o']t|unknown|said:|refused|"
    r"rejected|\b[45]\d\d[ -]|"
    r"permanent error|not found|unable to|wasn't able|couldn't|full|quota|expired|delivery|not exist|"
    r"disabled)",
    re.IGNORECASE,
)
_STRONG = re.compile(
    r"could not be delivered to|error message below:\s*5\d\d|unable to deliver|"
    r"delivery to the following .{0,30}fail|"
    r"permanent fatal errors|delivery has failed|was not delivered|following recipients? .{0,30}(?:fail|"
    r"not be reached)",
    re.IGNORECASE | re.DOTALL,
)
_COMPLAINT = re.compile(r"^\s*(?:complaint about message from|email feedback report|abuse report|spam report)", re.I)
_MESSAGE_ID = re.compile(r"^\s*message-id:\s*(?:\r?\n[ \t]+)?<([^<>\s]{3,500})>", re.IGNORECASE | re.MULTILINE)
_REPORTS = {"message/delivery-status", "message/global-delivery-status"}
_LIMITS = Limits(headers=60, header_bytes=8 * 1024)


def is_feedback(root: Part) -> bool:
    """An abuse report (ARF): somebody pressed the spam button. Automatic, but nothing bounced."""
    if root.parameters.get("report-type", "").lower() == "feedback-report":
        return True
    if _COMPLAINT.match(root.headers.text("subject")) and root.children:
        return True
    return any(part.content_type == "message/feedback-report" for part in root.walk())


def find_bounce(root: Part, text: str, subject: str) -> Bounce | None:
    """The bounce that a message is, or None. Out-of-office answers, abuse and read reports are none."""
    if is_feedback(root) or root.parameters.get("report-type", "").lower() == "disposition-notification":
        return None
    if (notice := amazon_notice(text)) is not None:
        return notice
    failures = [failure for part in root.walk() if _is_report(part) for failure in _failures(part)]
    if failures:
        return _from_report(root, failures, text)
    if not _looks_returned(root.headers, subject, text):
        return None
    return _from_words(root, text, subject)


def _is_report(part: Part) -> bool:
    if part.content_type in _REPORTS:
        return True
    return part.content_type == "text/plain" and b"\nFinal-Recipient:" in part.source[part.start : part.start + 20_000]


def _failures(part: Part) -> Iterator[Failure]:
    """Each recipient block of a delivery-status part (RFC 3464)."""
    raw = part.content(Defects())[:200_000].replace(b"\r\n", b"\n")
    for block in raw.split(b"\n\n")[:200]:
        start = block.lower().find(b"-recipient:")
        if start < 0:
            continue
        lines = block[block.rfind(b"\n", 0, start) + 1 :] if b"final-recipient" not in block[:40].lower() else block
        head = split_head(lines, 0, len(lines), Defects(), _LIMITS)[0]
        recipient = _address(head.text("final-recipient")) or _address(head.text("original-recipient"))
        diagnostic = _spoken(head.text("diagnostic-code"))
        yield Failure(recipient, head.token("action") or None, _first_code(head.text("status")), diagnostic or None)


def _spoken(diagnostic: str) -> str:
    kind, semicolon, words = diagnostic.partition(";")
    return (words if semicolon and len(kind) < 30 and " " not in kind.strip() else diagnostic).strip()


def _from_report(root: Part, failures: list[Failure], text: str) -> Bounce | None:
    bad = [one for one in failures if one.action not in {"delivered", "relayed", "expanded"}]
    if not bad:
        return None
    chosen = next((one for one in bad if one.action == "failed"), bad[0])
    said = f"{chosen.diagnostic or ''}\n{_own_words(text)}" if _is_thin(chosen.diagnostic) else chosen.diagnostic or ""
    status = _better_code(chosen.status, said)
    reason = reason_of(chosen.diagnostic or "", status, chosen.recipient)
    if reason is None or _is_thin(chosen.diagnostic):
        reason = reason_of(said, status, chosen.recipient) or reason
    return Bounce(
        kind=kind_of(reason, status, chosen.action),
        recipient=chosen.recipient or _named(_own_words(text)),
        status=status,
        reason=reason,
        original_message_id=_original_id(root, text),
        diagnostic=chosen.diagnostic or _first_sentence(text),
        recipients=tuple(bad[:50]),
    )


def _is_thin(diagnostic: str | None) -> bool:
    """Whether the report itself says too little to know why."""
    return diagnostic is None or len(re.sub(r"[\d\s.=-]+", "", diagnostic)) < 8


def _looks_returned(headers: Headers, subject: str, text: str) -> bool:
    """A report in prose: from a mail system, saying so in its subject or words."""
    if headers.has("x-failed-recipients"):
        return True
    if is_absence(subject):
        return False
    sender = headers.letters("from")[:300]
    words = _own_words(text)
    titled = _SUBJECT.search(subject[:300]) is not None
    from_nobody = headers.letters("return-path").replace(" ", "") == "<>"
    if _SYSTEM.search(sender) or (from_nobody and _DAEMON.search(sender)):
        return titled or _STRONG.search(words) is not None or _names_a_failure(words)
    proven = _CODE.search(words) or _ORIGINAL.search(text[:100_000]) or re.search(r"\b5\d\d[ -]", words)
    if from_nobody or _DAEMON.search(sender):
        return bool((titled or _STRONG.search(words)) and (proven or from_nobody))
    return bool(titled and _names_a_failure(words) and proven)


def _names_a_failure(words: str) -> bool:
    return _SAYS.search(words) is not None and _ADDRESS.search(words) is not None


def _from_words(root: Part, text: str, subject: str) -> Bounce:
    words = _own_words(text)
    recipient = _address(root.headers.text("x-failed-recipients")) or _named(words) or _original_to(root, text)
    said = _around(words, recipient)
    status = _better_code(None, said) or _better_code(None, words)
    reason = reason_of(said, None, recipient) or reason_of(words, status, recipient) or reason_of(subject, None)
    failure = Failure(recipient, "failed", status, said[:500] or None)
    return Bounce(
        kind_of(reason, status, None),
        recipient,
        status,
        reason,
        _original_id(root, text),
        said[:500],
        (failure,),
    )


def _own_words(text: str) -> str:
    """The report without the returned message below it."""
    text = text[:100_000]
    found = _ORIGINAL.search(text, 40)
    words = text[: found.start()] if found is not None and len(text[: found.start()].strip()) > 40 else text
    return words[:8_000]


def _named(words: str) -> str | None:
    """The address nearest to the complaint about it; the sender's own is usually named first or not at "
    "all."""
    for pattern in (
        r"^\s*<([^<>\s]+@[^<>\s]+)>\s*:?",
        r"(?:to|recipient|user|address)[:s]?\s+<?([^<>\s:]+@[^<>\s:]+)>?",
    ):
        found = re.search(pattern, words, re.IGNORECASE | re.MULTILINE)
        if found is not None and _ADDRESS.fullmatch(found.group(1).rstrip(".")):
            return found.group(1).rstrip(".")
    found = _ADDRESS.search(words)
    return found.group() if found is not None else None


def _around(words: str, recipient: str | None) -> str:
    """What is said about one recipient: from its name on, or all where it is not named."""
    at = words.find(recipient) if recipient else -1
    if at < 0:
        return words
    begun = max(words.rfind("\n\n", 0, at), 0)
    return words[begun : at + 1_500].strip()


def _first_code(letters: str) -> str | None:
    found = re.search(r"[245]\.\d{1,3}\.\d{1,3}", letters)
    return found.group() if found is not None else None


def _better_code(status: str | None, said: str) -> str | None:
    """The most telling RFC 3463 code: one with a detail, the report's own first."""
    if status is not None and not status.endswith(".0.0"):
        return status
    codes = [str(code) for code in _CODE.findall(said)]
    telling = [code for code in codes if not code.endswith(".0")]
    telling = telling or [code for code in codes if not code.endswith(".0.0")]
    return next(iter(telling), None) or status or next(iter(codes), None)


def _address(letters: str) -> str | None:
    found = _ADDRESS.search(letters.rpartition(";")[2])
    return found.group() if found is not None else None


def _first_sentence(text: str) -> str | None:
    return next((line.strip()[:500] for line in text.split("\n") if _SAYS.search(line)), None)


def _original(root: Part) -> bytes:
    for part in root.walk():
        if part.content_type in {
            "message/rfc822",
            "text/rfc822-headers",
            "message/rfc822-headers",
            "message/global",
        }:
            return part.content(Defects())[:64_000]
    return b""


def _original_id(root: Part, text: str) -> str | None:
    """The id of our message that came back, from what was returned of it, else from the references."""
    letters = decode(_original(root))
    found = _MESSAGE_ID.search(letters) or _MESSAGE_ID.search(text)
    if found is not None:
        return found.group(1)
    return next(iter(root.headers.ids("in-reply-to") or root.headers.ids("references")[-1:]), None)


def _original_to(root: Part, text: str) -> str | None:
    found = re.search(r"^to:\s*(.{3,300})$", decode(_original(root)) or text, re.IGNORECASE | re.MULTILINE)
    return _address(found.group(1)) if found is not None else None
