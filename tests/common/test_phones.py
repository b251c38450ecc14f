"""Telephone numbers are read as people write them."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shenava.common.phones import phone_e164


@pytest.mark.parametrize(
    ("typed", "region", "kept"),
    [
        ("۰۹۱۲ ۳۴۵ ۶۷۸۹", "IR", "+989123456789"),
        ("0912-345-6789", "IR", "+989123456789"),
        ("٠٢١٨٨٧٧٦٦٥٥", "IR", "+982188776655"),
        ("0098 912 345 6789", "IR", "+989123456789"),
        ("+972 52-345-6789", "IR", "+972523456789"),
        ("052-3456789", "IL", "+972523456789"),
        ("\u202d+98 912 345 6789\u202c", "IL", "+989123456789"),
        ("+44 20 7946 0958", "", "+442079460958"),
    ],
)
def test_a_number_is_kept_in_one_form(typed: str, region: str, kept: str) -> None:
    assert phone_e164(typed, region) == kept


@pytest.mark.parametrize("typed", ["", "no", "12", "0912", "09123456789", "+98", "+1" + "2" * 40])
def test_what_is_no_number_or_local_without_a_region_is_none(typed: str) -> None:
    assert phone_e164(typed, "") is None


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading(text: str) -> None:
    kept = phone_e164(text, "IR")
    assert kept is None or kept.removeprefix("+").isascii()


def test_mobile_numbers_of_iran_come_out_as_others_normalise_them(material: Path) -> None:
    lines = (material / "validators" / "validators.jsonl").read_text(encoding="utf-8").splitlines()
    numbers = [
        case["input"] for case in map(json.loads, lines) if case["kind"] == "ir_mobile" and case["valid"] is True
    ]
    assert len(numbers) >= 3
    assert [number for number in numbers if not (phone_e164(number, "IR") or "").startswith("+989")] == []
