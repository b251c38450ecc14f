"""QR codes as inline SVG, in the colours of the page."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_svg(text: str) -> SafeString:
    """The text as a QR code. The drawing is made of numbers only, so it is safe to put into a page."""
    drawing = segno.make(text, error="m", micro=False).svg_inline(scale=4, border=2, dark="#000", light="#fff")
    return mark_safe(drawing)
