"""A sealed value opens only with the installation's key and for its own purpose."""

import base64

import pytest
from django.core.exceptions import FieldError
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from shenava.common.sealed import BrokenSealError, SealedTextField, open_sealed, seal
from tests.world import World

LETTERS = st.text(st.characters(exclude_categories=("Cs",)))


@given(LETTERS)
def test_what_was_sealed_opens_for_its_purpose(text: str) -> None:
    assert open_sealed(seal(text, purpose="test"), purpose="test") == text


def test_a_value_does_not_open_for_another_purpose() -> None:
    with pytest.raises(BrokenSealError):
        open_sealed(seal("secret", purpose="people.totp"), purpose="messages.imap")


def test_a_value_does_not_open_with_another_key(settings) -> None:  # type: ignore[no-untyped-def]
    token = seal("secret", purpose="test")
    settings.SECRET_KEY = "another key of another installation"
    with pytest.raises(BrokenSealError):
        open_sealed(token, purpose="test")


@given(st.integers(0, 33), st.integers(0, 7))
def test_any_changed_bit_breaks_the_seal(place: int, bit: int) -> None:
    raw = bytearray(base64.urlsafe_b64decode(seal("secret", purpose="test").removeprefix("s1.")))
    raw[place] ^= 1 << bit
    with pytest.raises(BrokenSealError):
        open_sealed("s1." + base64.urlsafe_b64encode(bytes(raw)).decode(), purpose="test")


@given(st.text(max_size=60))
def test_no_text_that_is_no_seal_opens(text: str) -> None:
    with pytest.raises(BrokenSealError):
        open_sealed(text, purpose="test")


def test_the_same_text_is_sealed_differently_each_time() -> None:
    assert seal("secret", purpose="test") != seal("secret", purpose="test")


def test_a_sealed_field_names_its_purpose_in_migrations() -> None:
    assert SealedTextField(purpose="test").deconstruct()[3] == {"purpose": "test"}


def test_a_sealed_field_is_plain_in_the_program_and_sealed_in_the_database(world: World) -> None:
    user = world.sara.user
    user.totp_secret = "JBSWY3DPEHPK3PXP"
    user.save()
    user.refresh_from_db()
    with connection.cursor() as cursor:
        cursor.execute("SELECT totp_secret FROM people_user WHERE id = %s", [user.pk])
        stored = cursor.fetchone()[0]
    assert user.totp_secret == "JBSWY3DPEHPK3PXP"
    assert stored.startswith("s1.")
    assert "JBSWY3DPEHPK3PXP" not in stored


def test_searching_by_a_sealed_value_is_refused_instead_of_finding_nothing(world: World) -> None:
    users = type(world.sara.user).objects
    with pytest.raises(FieldError):
        users.filter(totp_secret="JBSWY3DPEHPK3PXP")
    assert users.filter(totp_secret__isnull=False).exists()
