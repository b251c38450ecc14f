"""Signed references: nobody who did not get our mail can refer to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shenava.messages.references import Reference, complaint_of, sign

ID = sign(7, 12, "care.arman.example")


def test_a_reference_leads_back_to_its_complaint_and_mail() -> None:
    assert complaint_of([ID]) == Reference(7, 12)


def test_a_mail_about_no_complaint_still_has_a_reference() -> None:
    assert complaint_of([sign(None, 3, "arman.example")]) == Reference(None, 3)


@pytest.mark.parametrize("bit", range(7))
def test_one_flipped_bit_anywhere_is_no_reference(bit: int) -> None:
    for place in range(len(ID)):
        flipped = ID[:place] + chr(ord(ID[place]) ^ (1 << bit)) + ID[place + 1 :]
        assert complaint_of([flipped]) is None, flipped


@pytest.mark.parametrize(
    "forged",
    [
        ID.replace("c7.", "c8."),
        ID.replace("o12.", "o13."),
        ID.replace("c7.", "c07."),
        ID.replace("c7.o12", "c71.o2"),
    ],
)
def test_a_signature_does_not_fit_another_complaint(forged: str) -> None:
    assert complaint_of([forged]) is None


def test_the_signature_of_another_installation_counts_for_nothing(settings) -> None:
    settings.SECRET_KEY = "another" * 10
    assert complaint_of([ID]) is None


def test_an_older_key_still_counts_while_it_is_kept(settings) -> None:
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "new" * 20
    assert complaint_of([ID]) == Reference(7, 12)


def test_the_nearest_true_reference_wins_over_older_and_foreign_ones() -> None:
    older, foreign = sign(7, 1, "arman.example"), "<abc@elsewhere.example>"
    assert complaint_of([foreign, f"{older} {foreign}\r\n {ID} {foreign}"]) == Reference(7, 12)


@given(st.text(max_size=400))
def test_no_text_raises(text: str) -> None:
    assert complaint_of([text, f"<c1.o1.{text}@x>"]) is None


def test_a_huge_header_is_read_in_no_time() -> None:
    assert complaint_of(["<c1.o1." * 200_000]) is None
    assert complaint_of([f"<c1.o1.{'a' * 24}@x>" * 20_000 + ID]) == Reference(7, 12)
