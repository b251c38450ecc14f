"""The language of a mail, by its letters: enough to answer in the right one of the three."""

from __future__ import annotations

import re

HEBREW = re.compile("[\u05d0-\u05ea]")
ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3]")
LETTER = re.compile(r"[^\W\d_]")
SHARE = 0.3


def language_of(text: str, *, otherwise: str) -> str:
    """fa, he or en; `otherwise` where there are no letters. Names of products in Latin letters do not count
    against Persian or Hebrew."""
    sample = text[:5000]
    letters = len(LETTER.findall(sample))
    if not letters:
        return otherwise
    counts = {"he": len(HEBREW.findall(sample)), "fa": len(ARABIC.findall(sample))}
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] >= SHARE * letters else "en"
