"""Placeholders: what may stand in braces in words that an administrator writes, and what becomes of it.

A fixed table. Words are searched for these names and nothing else is read in them: no attributes, no formats.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MEANINGS: dict[str, Promise] = {
    "number": _("reference number of the complaint"),
    "code": _("public code of the complaint"),
    "name": _("name of whoever complained"),
    "received": _("when the complaint was received"),
    "promised": _("until when we promise to answer"),
    "link": _("address of the page where the complaint is followed"),
    "organisation": _("name of the organisation"),
}
PLACEHOLDER = re.compile(r"\{([a-z]+)\}")
BRACES = re.compile(r"\{[^{}\n]*\}?|\}")


def fill(words: str, values: Mapping[str, str]) -> str:
    """Put values where their names stand in braces, once. A name that has no value stays as it is."""
    return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), words)


def strange(words: str, offered: Collection[str]) -> list[str]:
    """What stands in braces and is not offered, or a brace that belongs to nothing; each once, as it is written."""
    known = {f"{{{name}}}" for name in offered}
    return list(dict.fromkeys(found for found in BRACES.findall(words) if found not in known))


def missing(words: str, needed: Collection[str]) -> list[str]:
    """What has to stand in the words and does not, as it would be written."""
    return [place for place in (f"{{{name}}}" for name in needed) if place not in words]
