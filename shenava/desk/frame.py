"""Frames: a page of its own inside a page, that can run and load nothing."""

from __future__ import annotations

from django.http import HttpResponse

FRAME = """<!doctype html>
<meta charset="utf-8">
<title></title>
<style>
html {{ background: #fff; color: #000; font: 15px/1.6 system-ui, sans-serif; overflow-wrap: anywhere }}
img, table {{ max-inline-size: 100% }}
</style>
<body dir="{}">{}
"""
"""Letters are written for white paper: they keep it in the dark theme too."""
FRAME_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"


def framed(html: str, *, direction: str = "auto") -> HttpResponse:
    """HTML that is safe already, alone under a policy that allows nothing."""
    response = HttpResponse(FRAME.format(direction, html))
    response.headers["Content-Security-Policy"] = FRAME_POLICY
    return response
