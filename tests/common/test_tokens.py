"""Secrets are long, kept as hashes, forgiving to type; codes and tokens serve one purpose for a time."""

import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shenava.common import clock, tokens
from shenava.common.tokens import StaleTokenError, purpose_token, read_purpose_token


def test_a_link_secret_has_256_bit_and_is_kept_as_its_hash() -> None:
    plain, kept = tokens.new_token()
    assert re.fullmatch(r"[\w-]{43}", plain)
    assert kept == tokens.digest(plain)
    assert plain not in kept
    assert tokens.new_token()[0] != plain


def test_the_hash_is_sha_256_in_hex() -> None:
    assert tokens.digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_human_secret_has_130_bit_without_letters_that_look_alike() -> None:
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{6}", tokens.human_secret())


PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
WAYS = [
    str.lower,
    lambda secret: secret.replace("-", " "),
    lambda secret: secret.replace("-", "").replace("0", "o").replace("1", "l"),
    lambda secret: secret.replace("0", "O").replace("1", "I").replace("-", "–"),
    lambda secret: f" \u200e{secret}\u200f\n".translate(PERSIAN),
]


@pytest.mark.parametrize("way", WAYS)
def test_a_human_secret_is_itself_however_it_is_typed(way) -> None:  # type: ignore[no-untyped-def]
    secret = tokens.secret_for("some mark", purpose="tracking")
    every = "01234-56789-ABCDE-FGHJK-MNPQRS"
    assert tokens.normalise_human_secret(way(secret)) == secret.replace("-", "")
    assert tokens.normalise_human_secret(way(every)) == every.replace("-", "")


@given(st.text(max_size=40))
def test_normalising_a_secret_twice_is_normalising_it_once(text: str) -> None:
    once = tokens.normalise_human_secret(text)
    assert tokens.normalise_human_secret(once) == once


def test_the_secret_of_a_mark_is_the_same_for_its_purpose_and_needs_our_key(settings) -> None:  # type: ignore[no-untyped-def]
    secret = tokens.secret_for("mark", purpose="tracking")
    assert tokens.secret_for("mark", purpose="tracking") == secret
    assert tokens.secret_for("mark", purpose="receipt") != secret
    assert tokens.secret_for("marl", purpose="tracking") != secret
    settings.SECRET_KEY = "another key of another installation"
    assert tokens.secret_for("mark", purpose="tracking") != secret


def test_a_code_of_a_complaint_is_read_in_any_digits_and_case() -> None:
    assert tokens.normalise_code(" ۱۴۰۵–۰۰۰ ۱۲۳ ") == "1405-000123"
    assert tokens.normalise_code("ab-12") == "AB-12"


def test_a_one_time_code_is_eight_digits_and_kept_with_argon2() -> None:
    code = tokens.short_code()
    kept = tokens.hash_code(code)
    assert re.fullmatch(r"[0-9]{8}", code)
    assert kept.startswith("$argon2id$")
    assert tokens.check_code(code, kept)
    assert not tokens.check_code(f"{(int(code) + 1) % 10**8:08d}", kept)
    assert not tokens.check_code(code, "no hash at all")
    assert tokens.hash_code(code) != kept


def test_the_digits_of_a_code_are_found_between_anything() -> None:
    assert tokens.normalise_digits(" ۱۲۳۴-٥٦٧٨ ") == "12345678"


def test_a_token_carries_its_payload_until_it_ends_by_our_clock() -> None:
    token = purpose_token({"complaint": 7}, purpose="accept", max_age=timedelta(hours=1))
    with clock.shifted(timedelta(minutes=59)):
        assert read_purpose_token(token, purpose="accept") == {"complaint": 7}
    with clock.shifted(timedelta(minutes=61)), pytest.raises(StaleTokenError):
        read_purpose_token(token, purpose="accept")


def test_a_token_of_one_purpose_is_none_for_another() -> None:
    token = purpose_token(7, purpose="accept", max_age=timedelta(hours=1))
    with pytest.raises(StaleTokenError):
        read_purpose_token(token, purpose="reject")


@given(st.text(max_size=40))
def test_no_text_is_taken_for_a_token(text: str) -> None:
    with pytest.raises(StaleTokenError):
        read_purpose_token(text, purpose="accept")
