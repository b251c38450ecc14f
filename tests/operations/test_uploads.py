"""Uploads through the real server: ten large files arrive, and what is too large is refused unstored."""

from __future__ import annotations

import re
import socket
import urllib.request
from contextlib import closing, suppress
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from tests.attachments.samples import png
from tests.journeys.product import Product

MEGABYTE = 1024 * 1024
TOO_MUCH = 2048 * MEGABYTE
HIDDEN = re.compile(rb'name="(csrfmiddlewaretoken|submission)" value="([^"]+)"')
BOUNDARY = "parts-of-a-form"
COUNT = """
from shenava.attachments.models import File
from shenava.complaints.models import Complaint
print(Complaint.objects.count(), File.objects.count(), sum(File.objects.values_list("size", flat=True)))
"""


def field(name: str, value: str) -> bytes:
    return f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()


def file(name: str, content: bytes) -> bytes:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n'
    return f"{head}Content-Type: image/png\r\n\r\n".encode() + content + b"\r\n"


def memory_of(pid: int) -> int:
    """What a process holds in memory, in bytes."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) * 1024


def sent_before_refusal(product: Product, head: str, chunk: bytes, *, limit: int) -> tuple[int, bytes]:
    """Send a body without end; how much went through until the server hung up, and what it answered."""
    sent, answer = 0, b""
    with closing(socket.create_connection(("127.0.0.1", product.port), timeout=30)) as connection:
        connection.sendall(head.encode())
        with suppress(ConnectionError, TimeoutError):
            while sent < limit and not answer:
                connection.sendall(chunk)
                sent += len(chunk)
                connection.setblocking(False)
                with suppress(BlockingIOError):
                    answer = connection.recv(65536)
                connection.settimeout(30)
        with suppress(ConnectionError, TimeoutError):
            answer += connection.recv(65536)
    return sent, answer


@pytest.mark.parametrize("announced", [True, False], ids=["announced", "in chunks"])
def test_two_gigabytes_are_refused_before_they_are_stored(
    peopled: Product, announced: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "passing").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "passing"))
    peopled.start()
    web = peopled.children()["web"]
    before = memory_of(web)
    length = f"Content-Length: {TOO_MUCH}" if announced else "Transfer-Encoding: chunked"
    head = (
        f"POST /complaints/new/ HTTP/1.1\r\nHost: localhost\r\n{length}\r\n"
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n\r\n"
    )
    body = bytes(MEGABYTE)
    chunk = body if announced else f"{MEGABYTE:x}\r\n".encode() + body + b"\r\n"
    sent, answer = sent_before_refusal(peopled, head, chunk, limit=TOO_MUCH)
    assert sent < 100 * MEGABYTE
    assert answer.split(b" ", 2)[1] in ((b"413",) if announced else (b"403", b"411", b"413"))
    assert memory_of(web) - before < 100 * MEGABYTE
    assert not list((tmp_path / "passing").glob("*.upload"))
    assert peopled.python(COUNT).split() == ["1", "0", "0"]


def test_ten_files_of_twenty_megabytes_arrive(peopled: Product) -> None:
    peopled.start()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    address = f"{peopled.url}/complaints/new/"
    with browser.open(address, timeout=30) as page:
        hidden = {name.decode(): value.decode() for name, value in HIDDEN.findall(page.read())}
    picture = png()
    large = picture + bytes(20 * MEGABYTE - len(picture))
    said = {"description": "Ten pictures.", "record_type": "complaint", "subject": "product", "name": "Mahsa"}
    parts = [field(name, value) for name, value in (hidden | said).items()]
    parts += [file(f"{number}.png", large[:-1] + bytes([number])) for number in range(10)]
    content = b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()
    asked = urllib.request.Request(
        address, content, {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", "Referer": address}
    )
    with browser.open(asked, timeout=120) as answer:
        assert answer.url.endswith("/receipt/"), answer.read().decode()
    assert peopled.python(COUNT).split() == ["2", "10", str(10 * 20 * MEGABYTE)]
