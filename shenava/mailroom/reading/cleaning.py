"""A stranger's HTML made harmless: an allow list, nothing that runs, nothing fetched from elsewhere."""

from __future__ import annotations

import re
from functools import lru_cache

import nh3

TAGS = {
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "main",
    "mark",
    "nav",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr",
}
_CELL = {"align", "valign", "colspan", "rowspan", "width", "height", "scope", "headers", "abbr"}
ATTRIBUTES = {
    "*": {"dir", "lang", "title", "style"},
    "a": {"href", "name"},
    "img": {"src", "alt", "width", "height"},
    "td": _CELL,
    "th": _CELL,
    "table": {"align", "border", "cellpadding", "cellspacing", "width", "summary"},
    "tr": {"align", "valign"},
    "p": {"align"},
    "div": {"align"},
    "col": {"span", "width"},
    "colgroup": {"span", "width"},
    "ol": {"start", "type", "reversed"},
    "ul": {"type"},
    "li": {"value"},
    "bdo": {"dir"},
    "time": {"datetime"},
    "del": {"datetime"},
    "ins": {"datetime"},
}
DROPPED_WHOLE = {"script", "style", "title", "head", "template", "noscript", "noembed", "noframes", "xml"}
STYLES = {
    "direction",
    "text-align",
    "font-weight",
    "font-style",
    "text-decoration",
    "unicode-bidi",
    "vertical-align",
    "white-space",
}
_PICTURE = re.compile(r"data:image/(?:png|gif|jpe?g|webp);base64,[A-Za-z0-9+/=\s]*\Z", re.IGNORECASE)
_CID = re.compile(r"cid:[^\s\"'<>]{1,300}\Z", re.IGNORECASE)


def _allowed(tag: str, attribute: str, value: str) -> str | None:
    """Addresses of pictures only within the message; a style that could fetch anything is dropped."""
    if attribute == "src":
        value = value.strip()
        return value if _CID.match(value) or (len(value) < 2_000_000 and _PICTURE.match(value)) else None
    if attribute == "href" and value.strip().lower().startswith(("data:", "cid:")):
        return None
    if attribute == "style" and ("(" in value or "\\" in value or "@" in value):
        return None
    return value


def cleaned(html: str) -> str:
    """Clean HTML of a body fragment. Links keep http, https, mailto and tel; pictures only cid: and data:."""
    safe = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        clean_content_tags=DROPPED_WHOLE - {"head", "xml"},
        attribute_filter=_allowed,
        strip_comments=True,
        link_rel="noopener noreferrer nofollow",
        url_schemes={"http", "https", "mailto", "tel", "cid", "data"},
        filter_style_properties=STYLES,
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )
    return safe.replace(' style=""', "").strip()


@lru_cache(maxsize=1)
def outlined(html: str) -> str:
    """Well-formed HTML that still carries class and id, for reading structure from; never for showing."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={"*": {"class", "id", "style"}, "a": {"href"}, "img": {"alt"}, "ol": {"start"}},
        clean_content_tags=DROPPED_WHOLE - {"head", "xml"},
        strip_comments=True,
        link_rel=None,
    )
