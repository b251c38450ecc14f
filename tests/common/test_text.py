"""What strangers write becomes safe to store, and one key finds every way of writing it."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shenava.common.text import clean, clean_name, fold, fold_phone, fold_serial, shorten

ZWNJ = "\u200c"
NASTY = st.text(
    st.one_of(
        st.characters(exclude_categories=()),
        st.sampled_from("\0\t\r\n\x1b\x85\ud800\u2028\u200b\u200c\u200d\u200e\u200f\u202e\u2066\u2069\ufeff \u00a0"),
        st.sampled_from("aeİßǅﬁΐ\u0301\u0345\u0654\u093cیيىکكهةۀأآم ن ا ه א ם ב\u05b8\u05be۱٣"),
    ),
    max_size=40,
)
OVERRIDES = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def is_kept(letter: str) -> bool:
    return letter in "\n\t" or unicodedata.category(letter) not in {"Cc", "Cs"}


@given(NASTY, st.booleans())
def test_clean_text_is_storable_and_cleaning_twice_is_cleaning_once(text: str, multiline: bool) -> None:
    cleaned = clean(text, multiline=multiline)
    assert clean(cleaned, multiline=multiline) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert all(is_kept(letter) for letter in cleaned)
    assert cleaned == cleaned.strip()
    cleaned.encode()


@given(NASTY)
def test_a_single_line_has_one_blank_between_words(text: str) -> None:
    assert clean(text, multiline=False).split() == clean(text, multiline=False).split(" ") or not clean(text)


@given(NASTY)
@example("e\u200b\u0301")
@example("a \u200c\u200e\u200c b")
@example("a \x00\u200c\x00 b")
def test_a_clean_name_turns_nothing_around_and_cleaning_twice_is_cleaning_once(text: str) -> None:
    name = clean_name(text)
    assert clean_name(name) == name
    assert unicodedata.is_normalized("NFC", name)
    assert not OVERRIDES & set(name)
    assert all(is_kept(letter) for letter in name)
    assert "\n" not in name
    assert name == name.strip(" \u200c\u200d\u200e\u200f\u061c")


@given(NASTY)
@example("می می روم ها ها")
@example("کتاب می ها تر")
@example("\u1e9e \u0345 \u03d2 \ufdfa")
def test_folding_twice_is_folding_once_and_leaves_nothing_unseen(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert unicodedata.is_normalized("NFC", folded)
    assert not OVERRIDES & set(folded)
    assert all(is_kept(letter) for letter in folded)


@given(NASTY)
def test_folding_does_not_depend_on_cleaning_or_on_the_unicode_form(text: str) -> None:
    assert fold(clean(text)) == fold(text) == fold(clean_name(text))
    assert fold(unicodedata.normalize("NFD", clean(text))) == fold(text)


@given(NASTY, st.integers(0, 40))
def test_shortened_text_fits_and_only_loses_its_end(text: str, length: int) -> None:
    short = shorten(text, length)
    assert len(short) <= length or short == text
    assert short == text or text.startswith(short.removesuffix("…"))


def test_line_ends_of_every_system_become_one_newline() -> None:
    assert clean("یک\r\nدو\rسه\u2028چهار") == "یک\nدو\nسه\nچهار"


def test_null_bytes_escapes_and_half_surrogates_are_removed() -> None:
    assert clean("a\x00b\x1b[31m\ud83d c") == "ab[31m c"


def test_a_tab_stays_in_prose_and_is_a_blank_in_a_line() -> None:
    assert clean("a\tb") == "a\tb"
    assert clean(" a\t \n b ", multiline=False) == "a b"


def test_a_name_loses_overrides_and_keeps_the_non_joiner_inside_a_word() -> None:
    assert clean_name("\u202eexe.\u2066فاکتور\u2069") == "exe.فاکتور"
    assert clean_name(f"{ZWNJ}سپیده{ZWNJ}{ZWNJ}دم{ZWNJ} \u200fکریمی\u200f") == f"سپیده{ZWNJ}دم \u200fکریمی"


@pytest.mark.parametrize("nothing", ["", " ", "\u200b", "\u3164", "\u2060\u200e", "\u202e \u202c", "\U000e0041", "\0"])
def test_a_name_of_nothing_that_shows_is_empty(nothing: str) -> None:
    assert clean_name(nothing) == ""


SAME = [
    ("علي", "علی"),
    ("كيك", "کیک"),
    ("خانۀ ما", "خانه ما"),
    ("خانهٔ ما", "خانه ما"),
    ("شركة", "شرکه"),
    ("آب", "اب"),
    ("مسؤول", "مسوول"),
    ("رئیس", "رییس"),
    ("إمضاء", "امضاء"),
    ("مُحَمَّد", "محمد"),
    ("شـــنوا", "شنوا"),
    ("۱۴۰۵-٠٠٠١٢٣", "1405-000123"),
    ("1405–000123", "1405-000123"),
    ("\u20661405-000123\u2069", "1405-000123"),
    ("שָׁלוֹם", "שלומ"),
    ("לקוחות ומוצרים", "לקוחות ומוצרימ"),
    ("בית־ספר", "בית-ספר"),
    ("צה״ל", 'צה"ל'),
    ("Café ÉCLAIR", "cafe eclair"),
    ("Straße", "strasse"),
    ("Ａ１", "a1"),
    ("  a \u00a0 b ", "a b"),
]


@pytest.mark.parametrize(("written", "key"), SAME)
def test_ways_of_writing_one_thing_have_one_key(written: str, key: str) -> None:
    assert fold(written) == key


@pytest.mark.parametrize(
    ("apart", "joined"),
    [
        ("می روم", "میروم"),
        ("نمی دهند", "نمیدهند"),
        ("کالا ها", "کالاها"),
        ("پاسخ های دیر", "پاسخهای دیر"),
        ("بزرگ ترین", "بزرگترین"),
        ("کتاب هایشان.", "کتابهایشان."),
    ],
)
def test_persian_written_apart_with_a_non_joiner_or_joined_is_found_alike(apart: str, joined: str) -> None:
    with_joiner = apart.replace(" ", ZWNJ, 1)
    assert fold(apart) == fold(with_joiner) == fold(joined)


def test_words_that_only_look_like_prefixes_stay_apart() -> None:
    assert fold("ماه می سال جدید") == "ماه می سال جدید"
    assert fold("میز و قلمی نو") == "میز و قلمی نو"
    assert fold("تر و خشک") == "تر و خشک"


@pytest.mark.parametrize("typed", ["sn-12 34/ab", "SN1234AB", "ＳＮ ۱۲۳۴ ab", "sn_12.34‑AB"])
def test_a_serial_is_one_however_it_is_typed(typed: str) -> None:
    assert fold_serial(typed) == "SN1234AB"


@pytest.mark.parametrize("typed", ["+98 912 345 6789", "0098-912-345-6789", "(+98) ۹۱۲ ۳۴۵ ۶۷۸۹"])
def test_an_international_number_is_compared_by_its_digits(typed: str) -> None:
    assert fold_phone(typed) == "+989123456789"


def test_a_local_number_keeps_its_zero() -> None:
    assert fold_phone("۰۹۱۲ ۳۴۵ ۶۷ ۸۹") == "09123456789"
    assert fold_phone("unknown") == ""


@pytest.mark.parametrize(
    ("text", "length", "short"),
    [
        ("شنوا", 4, "شنوا"),
        ("شکایت تازه", 7, "شکایت…"),
        ("cafe\u0301s", 5, "caf…"),
        ("ab👨\u200d👩\u200d👧", 6, "ab…"),
        ("a👍🏽b", 3, "a…"),
        ("a🇮🇷b", 3, "a…"),
        (f"می{ZWNJ}روم", 4, "می…"),
        ("e" + "\u0301" * 50, 10, "…"),
        ("abc", 1, "…"),
        ("abc", 0, ""),
    ],
)
def test_shortening_never_cuts_a_combined_letter(text: str, length: int, short: str) -> None:
    assert shorten(text, length) == short


# The operations of other libraries that follow the same rule as `fold`, and the cases in which they
# follow a rule of their own: joining any two parts of a compound, spacing around digits.
ALIKE = (
    "hazm.normalizer.correct_spacing",
    "hazm.normalizer.remove_diacritics",
    "hazm.normalizer.seperate_mi",
    "hazm.normalizer.token_spacing",
    "persian-tools.digits",
    "persian-tools.halfSpace",
    "persian-tools.toPersianChars",
)
OTHER_RULE = {"مسافت۹ کیلومتر", "اخلال گر", "هم زمان", "به هر حال", "به وجود آمد", "این جا است"} | {
    "می تواند به هر حال کوچک تر بماند"
}


def text_of(value: object) -> str:
    return " ".join(value) if isinstance(value, list) else str(value)


def test_other_libraries_answer_has_the_key_of_its_question(material: Path) -> None:
    lines = (material / "text_norm" / "text_norm.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [case for case in map(json.loads, lines) if case["op"].startswith(ALIKE)]
    pairs = [(text_of(case["input"]), text_of(case["expected"])) for case in cases]
    compared = [(said, wanted) for said, wanted in pairs if said not in OTHER_RULE]
    assert len(compared) >= 30
    assert [(said, wanted) for said, wanted in compared if fold(said) != fold(wanted)] == []
