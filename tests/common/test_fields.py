"""Form fields clean what was typed and say in the reader's language what is wrong."""

import pytest
from django import forms
from django.utils import translation

from shenava.common.fields import EmailAddressField, LineField, NameField, PhoneField, ProseField


class Letter(forms.Form):
    """One of each."""

    title = LineField(required=False)
    name = NameField(required=False, max_length=10)
    story = ProseField(required=False)
    email = EmailAddressField(required=False)
    phone = PhoneField(required=False, region="IR")


def filled(**typed: str) -> Letter:
    letter = Letter(typed)
    letter.full_clean()
    return letter


def test_what_was_typed_comes_out_clean() -> None:
    letter = filled(
        title=" Broken\x00 \n kettle\u202e ",
        name="  علي\u200b   رضا ",
        story="یک\r\nدو\x00\u202eسه ",
        email=" Sara@Example.COM\u200f",
        phone="۰۹۱۲ ۳۴۵ ۶۷۸۹",
    )
    assert letter.cleaned_data == {
        "title": "Broken kettle",
        "name": "علي رضا",
        "story": "یک\nدو\u202eسه",
        "email": "sara@example.com",
        "phone": "+989123456789",
    }


def test_nothing_typed_is_empty_text() -> None:
    assert set(filled().cleaned_data.values()) == {""}


@pytest.mark.parametrize("blank", ["", "   ", "\u200b\u200e", "\0"])
def test_a_required_name_that_shows_nothing_is_missing(blank: str) -> None:
    with pytest.raises(forms.ValidationError) as refusal:
        NameField().clean(blank)
    assert refusal.value.code == "required"


def test_a_text_too_long_is_refused_whole_with_both_lengths() -> None:
    with translation.override("en"):
        errors = filled(story="x" * 100_000).errors
    assert errors["story"] == ["Please keep this to 20000 characters; it has 100000 now."]


def test_the_limit_is_told_in_persian_with_persian_digits() -> None:
    with translation.override("fa"):
        errors = filled(name="ن" * 11).errors
    assert errors["name"] == ["لطفاً متن را در ۱۰ نویسه بنویسید؛ اکنون ۱۱ نویسه است."]


def test_the_limit_counts_what_is_kept_not_what_was_typed() -> None:
    assert filled(name="\u200b" * 50 + "  Sara  ").cleaned_data["name"] == "Sara"


@pytest.mark.parametrize(
    "typed", ["sara", "sara@", "a b@example.com", "x" * 300 + "@example.com", "a@b.com\nBcc: c@d.com"]
)
def test_an_address_that_cannot_be_one_is_refused(typed: str) -> None:
    assert filled(email=typed).errors.keys() == {"email"}


@pytest.mark.parametrize("typed", ["12", "call me", "0" * 100_000, "09123456789" + " " * 60 + "junk"])
def test_a_number_that_cannot_be_one_is_refused_never_cut(typed: str) -> None:
    with translation.override("en"):
        errors = filled(phone=typed).errors
    assert errors["phone"] == ["This is not a telephone number. Write it with its area code."]


def test_text_fields_take_the_direction_of_what_is_typed_and_codes_stay_left_to_right() -> None:
    shown = Letter().fields
    directions = {name: field.widget.attrs["dir"] for name, field in shown.items()}
    assert directions == {"title": "auto", "name": "auto", "story": "auto", "email": "ltr", "phone": "ltr"}
