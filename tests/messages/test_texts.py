"""The words of our mails."""

from datetime import UTC, datetime

import pytest

from shenava.messages import placeholders, texts
from shenava.people.models import Organisation

DUE = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
CARE = Organisation(name="Arman Care", calendar_kind="jalali", time_zone="Asia/Tehran")
NASTY = "{link} %(minutes)d {% load x %} <a href=//evil.example>Click</a> http://evil.example {0.__class__}"
FACTS = texts.ComplaintFacts("1405-000123", "K7QX22MPAB", NASTY, DUE, CARE)
LANGUAGES = ["en", "fa", "he"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_acknowledgement_holds_number_code_date_and_way_and_nothing_of_the_complaint(
    language: str,
) -> None:
    wording = texts.acknowledgement(FACTS, language=language)
    assert "1405-000123" in wording.subject
    assert "K7QX22MPAB" in wording.body
    assert "/track/?code=K7QX22MPAB\n" in wording.body
    assert "Arman Care" in wording.body
    assert "evil" not in wording.subject + wording.body
    assert "{" not in wording.subject + wording.body


def test_a_secret_stands_behind_the_hash_only() -> None:
    facts = texts.ComplaintFacts("1405-000123", "K7QX22MPAB", "", None, CARE, secret="s3cret-words")
    body = texts.acknowledgement(facts, language="en").body
    assert body.count("s3cret-words") == 1
    assert "/track/?code=K7QX22MPAB#s3cret-words" in body
    assert "We will answer by" not in body


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_a_response_are_never_read_as_a_template(language: str) -> None:
    assert NASTY in texts.response(FACTS, text=NASTY, language=language).body


def test_a_name_in_braces_is_filled_in_once() -> None:
    assert placeholders.fill("{number} {code} {other}", {"number": "{code}", "code": "x"}) == "{code} x {other}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mail_has_words_and_all_its_places_are_filled(language: str) -> None:
    link = "http://localhost/x"
    wordings = [
        texts.one_time_code("123456", organisation=CARE, language=language),
        texts.invitation(link, ends_at=DUE, organisation=CARE, language=language),
        texts.password_reset(link, ends_at=DUE, organisation=CARE, language=language),
        texts.notice("s", "t", link=link, organisation=CARE),
        texts.response(FACTS, text="t", language=language),
    ]
    for wording in wordings:
        assert wording.subject and wording.body
        assert "{" not in wording.subject + wording.body


def test_a_number_keeps_its_order_among_words_from_right_to_left() -> None:
    assert "\u200e1405-000123\u200e" in texts.acknowledgement(FACTS, language="fa").body
    assert "\u200e" not in texts.acknowledgement(FACTS, language="en").body


def test_a_one_time_code_stands_in_the_body_only() -> None:
    wording = texts.one_time_code("123456", organisation=CARE, language="en")
    assert "123456" in wording.body
    assert "123456" not in wording.subject
