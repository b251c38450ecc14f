"""Telephone numbers: read as people write them, kept as E.164."""

from __future__ import annotations

import phonenumbers

from shenava.common.text import fold


def phone_e164(text: str, region: str) -> str | None:
    """A number in the form +989123456789; None if it is none. `region` (IR, IL …) reads local numbers."""
    try:
        number = phonenumbers.parse(fold(text), region or None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
