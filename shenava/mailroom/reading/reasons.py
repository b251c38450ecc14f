"""Why a message was not delivered, in the words commonly used for it, from what the refusing server wrote.

The first row that fits wins, so narrow reasons stand before wide ones. Only a dead address is hard: a full
mailbox, a filter or a broken network says nothing about whether the complainant can be reached tomorrow.
"""

from __future__ import annotations

import re

HARD = {"userunknown", "hostunknown", "hasmoved", "notaccept"}
_ROWS: tuple[tuple[str, str], ...] = (
    ("vacation", r"out of (?:the )?office|on vacation|auto(?:matic)?[- ]?reply"),
    ("notaccept", r"indicated no smtp service|does not accept (?:any )?(?:e?mail|email) \(?nullmx|nullmx|"
                  r"does not (?:accept|receive) (?:any )?mail\b|"
                  r"host/domain does not accept mail|name server: \.: host not found|"
                  r"mail receiving disabled|"
                  r"MX: malformed or unexpected name server reply|sorry, i couldn't find a mail exchanger|"
                  r"destination seem to reject all mails|no valid mail exchanger|cannot find a mail server"),
    ("blocked", r"my name was rejected|invalid ip for sending"),
    ("speeding", r"has sent to too many recipients this hour|too fast, slow down|sending (?:rate|too)|"
                 r"rate limit|"
                 r"rate that prevents|temporarily rate limited|throttl"),
    ("toomanyconn", r"too many (?:recipients|connections|concurrent|simultaneous|sessions|messages|"
                    r"errors from your ip)|"
                    r"frequency limited|connections? (?:rate )?(?:limit|exceed)|max number of connections"),
    ("authfailure", r"dmarc|dkim|\bspf\b|sender policy framework|unauthenticated email|5\.7\.(?:26|509|23|"
                    r"20)\b|"
                    r"not authenticated|fails? to pass authentication"),
    ("requireptr", r"reverse dns|\bptr\b|\brdns\b|reverse hostname|fcrdns|cannot find your hostname|"
                   r"hostname not found|ip name lookup failed|no valid sender domain|fix reverse"),
    ("badreputation", r"reputation|senderscore|has a poor"),
    ("virusdetected", r"virus|malware|infected|trojan|suspicious attachment|infected file"),
    ("spamdetected", r"\bspam\b(?!haus|cop)|\bube\b|unsolicited|bulk mail|blacklisted url|appears to be spam|"
                     r"junk mail|"
                     r"considered (?:as )?(?:spam|junk)|considéré comme spam|message content rejected, ube"),
    ("norelaying", r"relay(?:ing)? (?:access )?(?:denied|not (?:allowed|permitted))|unable to relay|"
                   r"not permitted to relay|"
                   r"relaying|configured to relay|email address is not verified|relay prohibited|"
                   r"we do not relay"),
    ("mailboxfull", r"mail ?box (?:is )?(?:full|size limit|.{0,20}exceed)|mailbox.{0,30}(?:full|quota)|"
                    r"over ?quota|"
                    r"quota (?:exceeded|.{0,20}exceed)|exceed.{0,20}quota|out of (?:storage|quota)|"
                    r"boite .{0,20}pleine|"
                    r"user is over|insufficient system storage for|not enough (?:storage )?space|"
                    r"quotaexceeded|"
                    r"account is (?:full|over)|storage (?:is )?full|mailfolder is full|exceeded (?:his|"
                    r"its|their|the) "
                    r"(?:disk )?(?:quota|space|storage)|sorry, the recipient.{0,30}full|"
                    r"over the maximum allowed|"
                    r"recipient storage full|no space left for this user|保存容量|mailbox_full|"
                    r"disk (?:space )?quota|"
                    r"would exceed.{0,30}(?:limit|mailbox)|mailbox limit|too full|"
                    r"recipient.{0,40}exceed.{0,20}storage"),
    ("suspend", r"(?:account|mailbox|user|recipient|email).{0,40}(?:disabled|suspended|inactive|blocked|"
                r"deactivated|"
                r"discontinued|frozen|locked|expired|bloqu)|not active|inactive (?:user|"
                r"account)|"
                r"compte .{0,40}(?:bloqu|suspend)|has been disabled|temporarily locked|mailbox is frozen|"
                r"no longer active"),
    ("hasmoved", r"has moved|not our (?:user|customer)|new address|5\.1\.6\b|has been replaced by|"
                 r"no longer valid, please use"),
    ("rejected", r"domain of sender|sender (?:address )?(?:rejected|denied|domain)|address of sender|"
                 r"sender verify failed|"
                 r"unverified sender|backscatter|does not exist\s*\(?#?5\.1\.8|invalid sender|bad sender|"
                 r"\b5\.1\.8\b|\b5\.1\.7\b|sender is not|mail from .{0,40}(?:refused|rejected|denied)|"
                 r"(?:group|list).{0,60}(?:not allowed|permission to post|may not exist|restricted|"
                 r"not have permission)|"
                 r"you (?:might|may) not have permission to post|not a registered gateway user|"
                 r"empty envelope senders|"
                 r"senders? not allowed|is not a (?:local )?(?:sender)|null sender"),
    ("exceedlimit", r"message length exceeds|exceeds (?:the )?limit set by recipient|\b5\.2\.3\b"),
    ("mesgtoobig", r"(?:message|mail).{0,30}(?:too (?:big|large)|size|exceeds).{0,40}(?:limit|maximum|max|"
                   r"big|large|allowed)?|"
                   r"(?:max|exceed).{0,20}message size|too large|\b5\.3\.4\b|data size exceeded"),
    ("userunknown", r"見つかりません|リストにありません|存在しません|宛先不明|"
                    r"recipient address rejected: access denied|"
                    r"#5\.1\.[01]\b|check if (?:the )?address is correct|"
                    r"user (?:is )?(?:unknown|not (?:found|known|exist)|does ?n[o']t exist)|unknown (?:user|"
                    r"recipient|address|"
                    r"local[- ]part|mailbox|e-?mail)|no such (?:user|recipient|mailbox|address|person|"
                    r"account|local)|"
                    r"recipient (?:not found|unknown|address (?:unknown|rejected: (?:user|undeliverable|"
                    r"unknown|invalid))|"
                    r"rejected|does not exist|is (?:not|un)known|invalid|no[t]? (?:found|exist|"
                    r"on server))|recipnotfound|"
                    r"(?:invalid|bad|unrouteable|non-?existent|undeliverable|unroutable) (?:recipient|"
                    r"address|mailbox|user|"
                    r"e-?mail|destination)|(?:mailbox|account|address|user|recipient|email).{0,60}"
                    r"(?:does not exist|doesn't exist|not exist|not found|unknown|unavailable|invalid|"
                    r"not listed|not known|"
                    r"couldn't be found|wasn't found|could ?n[o']t be found|nicht gefunden|inconnu|"
                    r"no longer (?:exist|valid))|"
                    r"no mailbox (?:here|by that name)|not (?:a valid|a known|listed in|our|in our|exist)|"
                    r"no account|"
                    r"(?:said|is) unknown|destinataire inconnu|adresse .{0,30}(?:inconnue|invalide)|"
                    r"\bnot found\b.{0,20}user|"
                    r"this user doesn't have|dosn't exist|user.{0,40}not (?:listed|exist)|"
                    r"sorry, no mailbox|is not a valid|"
                    r"usuario desconocido|não existe|no existe|не (?:найден|существует|зарегистрирован)|"
                    r"non esiste|"
                    r"unbekannt|onbekende|okänd|invalid mailbox|delivery to .{1,80} is not possible|"
                    r"rcpt.{0,30}unknown|"
                    r"bad destination|can't verify recipient|cannot be found|unknown in (?:local|virtual|"
                    r"relay)"),
    ("hostunknown", r"host (?:or domain name )?(?:not found|unknown|is unknown)|unknown (?:host|domain)|"
                    r"no such (?:domain|host)|"
                    r"(?:domain|host).{0,40}(?:does not exist|not found|doesn't exist|unknown|invalid|"
                    r"not reachable|"
                    r"couldn't be found|no mx)|invalid domain|nxdomain|unrouteable address|"
                    r"name (?:or service )?not known|"
                    r"couldn't find any host|no route to (?:mail )?host named|"
                    r"all relevant mx records point to non-existent|"
                    r"i couldn't find any host named|illegal host/domain|nonexistent domain|"
                    r"recipient's domain"),
    ("systemfull", r"insufficient (?:disk|system storage|system resources)|(?:disk|file system|"
                   r"mail system) (?:is )?full|"
                   r"not enough disk|no space left"),
    ("expired", r"expired|retry time|timed? ?out|timeout|connection (?:refused|timed|reset|lost)|"
                r"too long in the queue|"
                r"delivery time|been in (?:the )?(?:queue|system)|not been able to (?:deliver|"
                r"be delivered)|could not connect|"
                r"could not be delivered for|giving up|retry.{0,20}(?:exceeded|limit|timeout)|delayed|"
                r"was unable to connect|"
                r"not (?:yet )?been delivered|unable to (?:connect|deliver this message after)|"
                r"\b4\.4\.[127]\b|"
                r"deliver(?:y|ed).{0,40}(?:for|after|within) .{0,20}(?:hour|day|minute)|too old|"
                r"server .{0,30}did not respond|sorry, .{0,30}wasn't able to establish an smtp connection"),
    ("networkerror", r"network (?:error|is unreachable)|no route to host|dns (?:error|lookup|query|failure|"
                     r"server)|"
                     r"loop|too many hops|hop count|host (?:is )?(?:not reach|unreach|down|not respond)|"
                     r"name service error|"
                     r"mail for .{0,60}loops back|domain (?:lookup|name resolution)|unable to resolve|"
                     r"\b[45]\.4\.[346]\b|"
                     r"lost connection|host name lookup|malformed or unexpected|smtp protocol returned|"
                     r"bad gateway"),
    ("blocked", r"block(?:ed|list)|black ?list|listed (?:at|by|in|on)|rbl|spamhaus|spamcop|"
                r"access denied.{0,40}ip|"
                r"client host|banned|bad helo|helo command rejected|your (?:ip|host|server|network|"
                r"email) .{0,60}"
                r"(?:reject|refus|denied|not allowed|not permitted|banned)|connection (?:rejected|refused|"
                r"denied|dropped)|"
                r"not (?:allowed|accepted) from|mail from .{0,60} refused|ip address .{0,60}(?:reject|"
                r"not allowed|denied)|"
                r"dynamic|bulk.{0,20}host|connections? not accepted|closing connection|sender ip|"
                r"no access from|dnsbl"),
    ("notcompliantrfc", r"rfc ?[25]?82[12]|rfc53|multiple addresses|duplicate header|not compliant|"
                        r"headers? missing|"
                        r"message is missing|must have a from|this message is not rfc"),
    ("policyviolation", r"polic(?:y|ies)|protocol violation|prohibited|not accepted for|local_policy|"
                        r"disallowed|"
                        r"(?:attachment|file|extension).{0,40}(?:not allowed|banned|rejected|blocked)|"
                        r"denied by|"
                        r"domain (?:restriction|restricted)|message rejected"),
    ("contenterror", r"content (?:rejected|error|not)|headers too large|5\.6\.[01]\b|improper use of 8-bit|"
                     r"mime|"
                     r"charset|conversion|message (?:header|content)|malformed"),
    ("securityerror", r"authenticat|authoriz|access denied|tls|ssl|certificate|security|5\.7\.[0-9]|"
                      r"verification failure|"
                      r"executable files are not allowed"),
    ("syntaxerror", r"syntax|sequence of commands|command .{0,30}not (?:implemented|recogni)|bad command|"
                    r"\b50[0-4] "),
    ("filtered", r"filter|restricted|not (?:allowed|permitted|willing)|rejected|refused|denied|bounced"),
    ("mailererror", r"mailer (?:error|returned)|procmail|pipe|command (?:died|failed|output)|"
                    r"exit(?:ed)? (?:status|code|with)|"
                    r"x-unix|local delivery|dot-forward|return code|temporary failure"),
    ("systemerror", r"system error|server (?:error|configuration)|internal (?:server )?error|configuration|"
                    r"could not load|"
                    r"i/o error|unable to (?:open|write|process)|local error|resource|protocol error|"
                    r"out of memory|"
                    r"can't create|service (?:unavailable|refuse)"),
    ("onhold", r"try again|please (?:retry|try)|greylist|deferred|temporar|later"),
)  # fmt: skip
_TABLE = tuple((reason, re.compile(pattern, re.IGNORECASE | re.DOTALL)) for reason, pattern in _ROWS)
_BY_STATUS = {
    "1.1": "userunknown", "1.0": "userunknown", "1.2": "hostunknown", "1.3": "userunknown", "1.6": "hasmoved",
    "1.7": "rejected", "1.8": "rejected", "1.10": "userunknown", "2.0": "filtered", "2.1": "suspend",
    "2.2": "mailboxfull", "2.3": "exceedlimit", "2.4": "filtered", "3.0": "systemerror", "3.1": "systemfull",
    "3.2": "notaccept", "3.4": "mesgtoobig", "3.5": "systemerror", "4.1": "expired", "4.2": "expired",
    "4.3": "systemerror", "4.4": "hostunknown", "4.5": "systemfull", "4.6": "networkerror", "4.7": "expired",
    "4.14": "networkerror", "4.310": "networkerror", "4.312": "networkerror", "5.2": "syntaxerror",
    "5.3": "toomanyconn", "6.0": "contenterror", "6.1": "contenterror", "7.0": "securityerror",
    "7.1": "securityerror", "7.9": "securityerror", "7.26": "authfailure", "7.25": "requireptr",
}  # fmt: skip
# These carriers answer "unknown user" where the owner of the telephone filters, too.
_CARRIER = re.compile(r"@(?:[\w-]+\.)?(?:docomo|ezweb)\.(?:\w+\.)?ne\.jp", re.IGNORECASE)
_AFTER_DATA = re.compile(
    r"in reply to (?:the )?(?:end of )?data command|failed after i sent the message|"
    r"after (?:end of )?data:|smtp command[-\s:]*data\b|>>> data\b(?!.*>>> rcpt)|end of data:",
    re.IGNORECASE | re.DOTALL,
)


def reason_of(diagnostic: str, status: str | None, recipient: str | None = None) -> str | None:
    """One word for why (userunknown, mailboxfull, expired …), from the server's words first, then the "
    "code."""
    words = diagnostic[:4_000]
    found = next((reason for reason, pattern in _TABLE if pattern.search(words)), None) if words else None
    if found == "userunknown" and (_AFTER_DATA.search(words) or _CARRIER.search(recipient or "")):
        return "filtered"
    by_status = _BY_STATUS.get((status or "").partition(".")[2])
    if found in {None, "filtered", "onhold", "securityerror", "mailererror", "systemerror"} and by_status:
        return by_status
    return found or by_status


def kind_of(reason: str | None, status: str | None, action: str | None) -> str:
    """hard, soft or unknown. What is still being tried is never hard."""
    if action == "delayed" or ((status or "").startswith("4") and action != "failed"):
        return "soft"
    if reason is None:
        return "unknown"
    return "hard" if reason in HARD else "soft"
