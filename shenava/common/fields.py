"""Form fields for what people write: cleaned, limited, refused in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shenava.common.dates import digits
from shenava.common.phones import phone_e164
from shenava.common.text import clean, clean_name

TOO_LONG = _("Please keep this to {limit} characters; it has {length} now.")
LONGEST_PHONE = 60


class _Written(forms.CharField):
    """What all written fields share: cleaning first, then a limit that says how long the text is."""

    def __init__(self, *, max_length: int, **kwargs: Any) -> None:
        self.limit = max_length
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("dir", "auto")
        self.widget.attrs["data-limit"] = str(max_length)

    def to_python(self, value: Any) -> str:
        text = self.cleaned(str(value)) if value not in self.empty_values else ""
        if len(text) > self.limit:
            language = get_language() or "en"
            limit, length = digits(self.limit, language), digits(len(text), language)
            raise forms.ValidationError(str(TOO_LONG).format(limit=limit, length=length), code="max_length")
        return text

    def cleaned(self, text: str) -> str:
        """How this kind of text is cleaned."""
        return clean(text, multiline=False)


class LineField(_Written):
    """One line of text."""

    def __init__(self, *, max_length: int = 200, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)

    def cleaned(self, text: str) -> str:
        return clean_name(text)


class NameField(LineField):
    """A name of a person, a company, a unit."""

    def __init__(self, *, max_length: int = 200, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        self.widget.attrs.setdefault("autocomplete", "name")


class ProseField(_Written):
    """Several lines of text."""

    widget = forms.Textarea

    def __init__(self, *, max_length: int = 20_000, rows: int = 5, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        self.widget.attrs.setdefault("rows", str(rows))

    def cleaned(self, text: str) -> str:
        return clean(text)


class EmailAddressField(forms.EmailField):
    """An e-mail address, in small letters."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=254, **kwargs)
        self.widget.attrs |= {"dir": "ltr", "autocomplete": "email"}

    def to_python(self, value: Any) -> str:
        return clean_name(str(value)).lower() if value not in self.empty_values else ""


class PhoneField(forms.CharField):
    """A telephone number as people write it, kept as +989123456789. `region` (IR, IL ..., or who knows it)
    reads numbers without a country."""

    default_error_messages = {"invalid": _("This is not a telephone number. Write it with its area code.")}

    def __init__(self, *, region: str | Callable[[], str], **kwargs: Any) -> None:
        self.region = region
        super().__init__(**kwargs)
        self.widget.input_type = "tel"
        self.widget.attrs |= {"dir": "ltr", "autocomplete": "tel"}

    def to_python(self, value: Any) -> str:
        if value in self.empty_values:
            return ""
        text = str(value)
        region = self.region if isinstance(self.region, str) else self.region()
        number = phone_e164(text, region) if len(text) <= LONGEST_PHONE else None
        if number is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return number
