"""Words: whatever is typed becomes a question that PostgreSQL can read, and a word meets its own beginning."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shenava.common.text import fold
from shenava.complaints.index.words import MOST_WORDS, ask, code_words, document, ends_of, phone_words, words_of

REPEATABLE = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def meets(words: dict[str, list[str]], text: str, weights: str = "") -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsvector @@ %s::tsquery", [document(words), ask(text, weights=weights).whole])
        return bool(cursor.fetchone()[0])


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("ماشین لباسشویی می‌لرزد", "ماشين میلرزد"),
        ("كيان‌پور", "کیانپور"),
        ("۱۴۰۵", "1405"),
        ("מכונת כביסה רועשת", "כביס"),
        ("שלום", "שלומ"),
        ("The machine shakes", "MACH shak"),
        ("photo_12-final.JPG", "final jpg"),
        ("E-21", "e-21"),
        ("مُحَمَّد", "محمد"),
    ],
)
def test_words_are_found_however_they_are_written(db: None, written: str, typed: str) -> None:
    assert meets({"B": words_of(written)}, typed)
    assert not meets({"B": words_of(written)}, f"{typed} elsewhere")


@pytest.mark.parametrize("typed", ["0912 345", "+98 912 345 6789", "00989123456789", "345-6789", "56789", "912345"])
def test_a_telephone_number_is_found_by_its_beginning_and_its_end(db: None, typed: str) -> None:
    assert meets({"A": phone_words("+989123456789", "0912 345 6789", "9123456789")}, typed)


@pytest.mark.parametrize("typed", ["SN-2024/AB-17", "sn2024ab17", "SN 2024", "AB17", "ab-17", "024ab17"])
def test_a_serial_is_found_by_its_beginning_and_its_end(db: None, typed: str) -> None:
    assert meets({"A": code_words("SN-2024/AB-17")}, typed)


def test_the_middle_of_a_word_finds_nothing_and_the_end_only_of_names_and_codes(db: None) -> None:
    assert meets({"A": [*words_of("کیان‌پور"), *ends_of(words_of("کیان‌پور"))]}, "پور")
    assert not meets({"B": words_of("کیان‌پور")}, "پور")
    assert not meets({"A": phone_words("+989123456789")}, "23456")


def test_words_said_inside_are_met_by_nobody_who_asks_for_public_ones(db: None) -> None:
    words = {"A": ["mahsa"], "B": ["drum"], "C": ["batch"]}
    assert meets(words, "mahsa drum batch")
    assert meets(words, "mahsa drum", weights="AB")
    assert not meets(words, "batch", weights="AB")


@pytest.mark.parametrize("typed", ["", "a", "- & | ! ( ) : * ' \\", "ا", "%", "\x00"])
def test_what_has_no_word_of_two_letters_is_no_question(typed: str) -> None:
    assert not ask(typed)


@REPEATABLE
@given(st.text(max_size=200))
def test_whatever_is_typed_or_written_can_be_read_by_postgresql(db: None, text: str) -> None:
    question = ask(text)
    assert len(question.terms) <= MOST_WORDS
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsvector, %s::tsquery", [document({"A": words_of(text)}), question.whole])


@REPEATABLE
@given(st.text(alphabet="abcكيیאבגםן۱۲3'\\:*&|!()- ", min_size=2, max_size=30))
def test_every_text_is_found_by_itself(db: None, text: str) -> None:
    typed = " ".join(fold(text).split()[:3])
    words = {"A": [*code_words(text), *words_of(text)]}
    assert not ask(typed) or meets(words, typed)


def test_a_text_beyond_all_measure_is_kept_as_far_as_it_goes(db: None) -> None:
    endless = " ".join(f"{number:x}" + "ﷺ" * 10 for number in range(20_000))
    assert meets({"A": ["mahsa"], "B": words_of(endless)}, "mahsa")
