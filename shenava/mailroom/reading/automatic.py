"""Which messages no person wrote for us: answering machines, lists and reports get no automatic answer "
"back."""

from __future__ import annotations

import re

from .headers import Headers

_PRESENT = (
    "x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply", "x-auto-reply-from",
    "x-mail-autoreply", "x-vacation", "x-amazon-auto-reply", "x-away-message",
)  # fmt: skip
_LIST_FIELDS = ("list-id", "list-post", "list-subscribe", "mailing-list", "x-mailing-list", "x-list-id",
                "x-beenthere", "x-mailman-version", "list-archive")  # fmt: skip
_SUBJECT = re.compile(
    r"^\s*(?:(?:re|aw|fw|fwd|sv|vs|antw|odp|پاسخ|השב|תגובה)\s*:\s*){0,3}(?:\[[^\]]{0,40}\]\s*)?(?:"
    r"auto(?:matic|mated|matisch\w*)?[\s_:-]?(?:re(?:ply|sponse|sponder)|response|answer|antwort\w*)|"
    r"autoreply\b|"
    r"out[\s-]of[\s-](?:the[\s-])?office\b|(?:on|away on) (?:vacation|holiday|annual leave)\b|"
    r"vacation (?:notice|reply|response|message)\b|away from (?:my|the) (?:mail|office|desk)\b|"
    r"(?:automatische|automatisk[ta]?|automaattinen) (?:antwort\w*|antwoord|svar|vastaus)|"
    r"automatische? (?:eingangs)?best(?:ä|ae)tigung|abwesenheits?(?:notiz|nachricht|meldung|assistent)|"
    r"abwesend\b|ich bin (?:nicht im b(?:ü|ue)ro|abwesend|im urlaub)|(?:afwezig|afwezigheid)\b|"
    r"r[ée]ponse automatique|absen(?:ce|t)(?: du bureau)?\b|message d'absence|"
    r"respuesta autom[áa]tica|fuera de (?:la )?oficina|ausencia\b|"
    r"resposta autom[áa]tica|fora do escrit[óo]rio|aus[êe]ncia\b|"
    r"risposta automatica|fuori (?:sede|ufficio)|assente\b|assenza\b|"
    r"autosvar\b|frånvaro|frav[æa]r\b|fravær|poissa(?:olo)?\b|poissaoloviesti|lomalla\b|"
    r"ikke (?:på kontoret|til stede)|"
    r"automatyczna odpowied[źz]|odpowied[źz] automatyczna|poza biurem|nieobecno[śs][ćc]|"
    r"автоответ|автоматический ответ|вне офиса|отсутстви[ея]|автоматична відповідь|"
    r"自动回复|自動回覆|自动答复|自動返信|自動応答|不在(?:通知|のお知らせ|連絡)?\s*(?:[:：]|$)|부재중|"
    r"자동\s?(?:회신|응답)|"
    r"otomatik (?:yanıt|cevap)|ofis dışında|"
    r"پاسخ خودکار|پاسخ اتوماتیک|پاسخگوی خودکار|خارج از (?:دفتر|محل کار|اداره)|در مرخصی|"
    r"رد تلقائي|الرد التلقائي|رد آلي|خارج المكتب|في إجازة|"
    r"מענה אוטומטי|תשובה אוטומטית|הודעה אוטומטית|מחוץ למשרד|היעדרות מהמשרד|אינני במשרד|בחופשה"
    r")",
    re.IGNORECASE,
)
_ROBOT = re.compile(r"^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|donotreply|auto-?reply|bounces?)\b", re.I)


def is_list(headers: Headers) -> bool:
    """Whether it came through a mailing list or to many at once."""
    if headers.token("precedence") in {"list", "bulk"}:
        return True
    return any(headers.has(name) for name in _LIST_FIELDS) or headers.has("list-unsubscribe")


def is_automatic(headers: Headers, subject: str, content_type: str) -> bool:
    """Whether a machine sent it: answers, reports, notices. Such a message is kept, and never answered by "
    "ours."""
    return _says_so(headers) or _by_return_path(headers) or _by_form(subject, content_type, headers)


def _says_so(headers: Headers) -> bool:
    submitted = headers.token("auto-submitted")
    if submitted and submitted != "no":
        return True
    if headers.token("precedence") in {"auto_reply", "auto-reply", "autoreply", "bulk", "junk"}:
        return True
    if any(headers.has(name) for name in _PRESENT):
        return True
    if headers.token("x-auto-response-suppress") in {"all"} or "oof" in headers.token("x-auto-response-suppress"):
        return True
    if headers.token("x-ms-exchange-generated-message-source") or headers.token("x-ms-exchange-inbox-rules-loop"):
        return True
    return headers.token("x-loop") != "" or headers.token("delivered-to").startswith("autoresponder")


def _by_return_path(headers: Headers) -> bool:
    if headers.has("return-path") and headers.letters("return-path").replace(" ", "") in {"<>", ""}:
        return True
    address = headers.letters("from").rpartition("<")[2]
    return _ROBOT.match(address.strip()) is not None


def _by_form(subject: str, content_type: str, headers: Headers) -> bool:
    return content_type == "multipart/report" or _SUBJECT.search(subject[:300]) is not None


def is_absence(subject: str) -> bool:
    """Whether a subject is that of an answering machine."""
    return _SUBJECT.search(subject[:300]) is not None
