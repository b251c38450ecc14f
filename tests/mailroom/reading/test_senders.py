"""Who wrote: a sender that two programs could read differently is never clear."""

import pytest

from shenava.mailroom.reading import read


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"From: a@evil.example\r\nFrom: ceo@corp.example\r\n",
        b"From: a@evil.example, ceo@corp.example\r\n",
        b"From: a@evil.example <ceo@corp.example>\r\n",
        b"From: <a@evil.example> <ceo@corp.example>\r\n",
        b"From: ceo@corp.example\x00 <a@evil.example>\r\n",
        b"From: ceo@corp.example (<a@evil.example>)\r\n",
        b'From: "ceo@corp.example" <a@evil.example>\r\n',
        b"From: =?utf-8?q?ceo=40corp.example?= <a@evil.example>\r\n",
        b"From: <=?utf-8?q?ceo=40corp.example?=>\r\n",
        b"From: Sara\r\n",
        b"From: <sara@example.com\r\n",
        b"From: sara@example.com@evil.example\r\n",
        b"From: undisclosed:;\r\n",
    ],
)
def test_an_ambiguous_sender_is_unclear(head: bytes) -> None:
    reading = read(head + b"Subject: x\r\n\r\nhello")
    assert not reading.sender_is_clear
    assert any(defect.startswith("sender unclear") for defect in reading.defects)


@pytest.mark.parametrize(
    ("head", "name", "email"),
    [
        (b"From: sara@example.com", "", "sara@example.com"),
        (b"From: Sara Amini <sara@example.com>", "Sara Amini", "sara@example.com"),
        (b'From: "Amini, Sara" <sara@example.com>', "Amini, Sara", "sara@example.com"),
        (b'From: "sara@example.com" <sara@example.com>', "sara@example.com", "sara@example.com"),
        (b"From: sara@example.com (Sara Amini)", "Sara Amini", "sara@example.com"),
        (b"From: =?windows-1256?B?0+XR?= <sara@example.com>", "سهر", "sara@example.com"),
        ("From: سارا امینی <sara@example.com>".encode(), "سارا امینی", "sara@example.com"),
        (b"From: =?UTF-8?B?2LPYp9ix?= =?UTF-8?B?2Kc=?= <sara@example.com>", "سارا", "sara@example.com"),
        (b"From: =?UTF-8?B?2LPYp9ix2A==?= =?UTF-8?B?pw==?= <sara@example.com>", "سارا", "sara@example.com"),
    ],
)
def test_an_ordinary_sender_is_clear(head: bytes, name: str, email: str) -> None:
    reading = read(head + b"\r\nSubject: x\r\n\r\nhello")
    assert (reading.from_name, reading.from_email, reading.sender_is_clear) == (name, email, True)


def test_a_line_break_in_a_name_never_reaches_us() -> None:
    reading = read(b"From: =?utf-8?q?Bob=0D=0ABcc:_x=40evil.example?= <bob@example.com>\r\n\r\nhello")
    assert "\n" not in reading.from_name
    assert "\r" not in reading.from_name


def test_the_topmost_authentication_results_are_read() -> None:
    reading = read(
        b"Authentication-Results: mx.example.org (v2); spf=pass smtp.mailfrom=a; dkim=fail header.d=b; dmarc=none\r\n"
        b"Authentication-Results: evil.example; spf=pass; dkim=pass; dmarc=pass\r\nFrom: a@b.example\r\n\r\nhello"
    )
    auth = reading.auth
    assert (auth.authserv_id, auth.spf, auth.dkim, auth.dmarc) == ("mx.example.org", "pass", "fail", "none")


@pytest.mark.parametrize(
    "results",
    [
        b"mx.example.org; spf=pass smtp.mailfrom=dmarc=pass@evil.example",
        b'mx.example.org; spf=pass smtp.mailfrom="a; dmarc=pass"@evil.example',
        b"mx.example.org; spf=pass (of (a) ; dmarc=pass b) smtp.mailfrom=evil.example",
        b"mx.example.org; spf=pass (a; dmarc=pass",
        b'mx.example.org; spf=pass reason="a; dmarc=pass',
    ],
)
def test_words_of_the_sender_within_results_prove_nothing(results: bytes) -> None:
    reading = read(b"Authentication-Results: " + results + b"\r\nFrom: a@b.example\r\n\r\nhello")
    assert reading.auth.dmarc is None


def test_of_several_signatures_that_of_the_senders_domain_is_told() -> None:
    reading = read(
        b"Authentication-Results: mx.example.org; dkim=pass header.d=esp.example; dkim=fail header.d=sub.b.example;\r\n"
        b" dkim=pass header.i=@b.example\r\nFrom: A <a@sub.b.example>\r\n\r\nhello"
    )
    assert (reading.auth.dkim, reading.auth.dkim_domain) == ("pass", "b.example")


def test_ids_stand_without_brackets() -> None:
    reading = read(b"Message-ID: <a@b>\r\nIn-Reply-To: <c@d>\r\nReferences: <e@f>\r\n <c@d>\r\n\r\nhello")
    assert (reading.message_id, reading.in_reply_to, reading.references) == ("a@b", "c@d", ("e@f", "c@d"))
