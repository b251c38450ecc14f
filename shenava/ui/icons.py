"""Icons, inline: drawn by Lucide, read from its package once each."""

from __future__ import annotations

import re
import zipfile
from functools import lru_cache
from importlib.resources import files

from django.utils.safestring import SafeString, mark_safe

ATTRIBUTES = (
    'viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" '
    'stroke-linejoin="round" aria-hidden="true"'
)
POINTING = frozenset({"arrow-left", "arrow-right", "chevron-left", "chevron-right", "send", "undo-2", "log-out"})


@lru_cache(maxsize=256)
def icon(name: str) -> SafeString:
    """An icon as inline SVG; those that point somewhere turn around in right-to-left pages."""
    with zipfile.ZipFile(str(files("lucide") / "lucide.zip")) as archive:
        drawing = archive.read(f"{name}.svg").decode()
    inner = re.sub(r"\s+", " ", drawing[drawing.index(">") + 1 : drawing.rindex("</svg>")]).strip()
    css = "icon flip" if name in POINTING else "icon"
    return mark_safe(f'<svg class="{css}" {ATTRIBUTES}>{inner}</svg>')
