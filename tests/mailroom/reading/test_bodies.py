"""What was written: letters in any charset, HTML made harmless, files with honest names."""

import pytest

from shenava.mailroom.reading import read

PERSIAN = "با سلام، کالای خریداری شده خراب است و هنوز پاسخی نگرفته‌ام. لطفا رسیدگی کنید."
ARABIC = "السلام عليكم، المنتج الذي اشتريته معيب وأريد استرجاع المبلغ"
HEBREW = "שלום, המוצר שקניתי מקולקל ואני מבקש החזר כספי מלא"
RUSSIAN = "Здравствуйте, купленный товар сломан, прошу вернуть деньги"


def _plain(body: bytes, charset: str) -> bytes:
    head = f"Content-Type: text/plain{f'; charset={charset}' if charset else ''}\r\n".encode()
    return b"From: a@b.example\r\n" + head + b"Content-Transfer-Encoding: 8bit\r\n\r\n" + body


@pytest.mark.parametrize(
    ("text", "codec", "declared"),
    [
        (ARABIC, "cp1256", "windows-1256"),
        (ARABIC, "cp1256", "cp1256"),
        (ARABIC, "cp1256", "iso-8859-1"),
        (ARABIC, "cp1256", ""),
        (ARABIC, "cp1256", "utf-8"),
        (ARABIC, "cp1256", "unknown-8bit"),
        (HEBREW, "cp1255", "windows-1255"),
        (HEBREW, "cp1255", "iso-8859-8-i"),
        (HEBREW, "cp1255", "us-ascii"),
        (HEBREW, "cp1255", ""),
        (PERSIAN, "utf-8", "windows-1256"),
        (PERSIAN, "utf-8", "iso-8859-1"),
        (PERSIAN, "utf-8", "x-nonsense"),
        (RUSSIAN, "koi8-r", "koi8-r"),
        (RUSSIAN, "cp1251", ""),
        ("你好，这个产品坏了", "gb18030", "gb2312"),
        ("안녕하세요 제품이 고장났습니다", "cp949", "ks_c_5601-1987"),
        ("Grüße aus Köln, schöne Straße", "latin-1", ""),
        ("Grüße aus Köln", "utf-7", "utf-7"),
    ],
)
def test_letters_are_read_even_where_the_charset_lies(text: str, codec: str, declared: str) -> None:
    assert read(_plain(text.encode(codec), declared)).text == text


def test_a_raw_subject_is_read_in_the_charset_of_the_body() -> None:
    raw = b"Subject: " + "شكوى".encode("cp1256") + b"\r\n" + _plain(ARABIC.encode("cp1256"), "windows-1256")
    assert read(raw).subject == "شكوى"


HOSTILE = """<html><head><title>t</title><style>@import url(//evil/x.css)</style><base href="//evil/"></head>
<body background="//evil/b.gif" onload="x()"><p dir="rtl" style="background:url(//evil/c);text-align:right">سلام
<bdi>Sara</bdi></p><img src="http://evil/pix.gif"><img src="//evil/p.gif" srcset="//evil/q.gif 2x">
<img src="cid:logo@x" alt="logo"><img src="data:image/svg+xml;base64,PHN2Zz4="><a href="jav&#x09;ascript:x()">a</a>
<a href="data:text/html,x">b</a><a href="https://shop.example/">c</a><svg><use href="//evil/s.svg#x"/></svg>
<iframe srcdoc="x"></iframe><form action="//evil"><input name=a></form><table><tr><td>cell</td></tr></table>
<video poster="//evil/v.png"></video><link rel=stylesheet href="//evil/l.css"><script>x()</script></body></html>"""


def test_html_loads_nothing_runs_nothing_and_keeps_its_direction() -> None:
    html = read(b"Content-Type: text/html; charset=utf-8\r\n\r\n" + HOSTILE.encode()).html or ""
    assert "evil" not in html
    assert "script" not in html
    assert "data:" not in html
    assert 'dir="rtl"' in html
    assert "text-align:right" not in html  # the whole style goes where a part of it could fetch
    assert "<bdi>Sara</bdi>" in html
    assert 'src="cid:logo@x"' in html
    assert 'href="https://shop.example/"' in html
    assert "<td>cell</td>" in html


def test_html_becomes_text_with_paragraphs_lists_and_quotations() -> None:
    html = (
        b"<p>Hello</p><p>Two things:</p><ol><li>late</li><li>broken</li></ol><blockquote>old words</blockquote>"
        b'<table><tr><td>No.</td><td>7</td></tr></table><a href="https://shop.example/o/7">my order</a>'
    )
    assert read(b"Content-Type: text/html\r\n\r\n" + html).text == (
        "Hello\n\nTwo things:\n\n1. late\n2. broken\n\n> old words\nNo. | 7\nmy order <https://shop.example/o/7>"
    )


def test_flowed_lines_join() -> None:
    raw = b"Content-Type: text/plain; format=flowed\r\n\r\nThis is one \r\nline.\r\n\r\n-- \r\nSara"
    assert read(raw).text == "This is one line.\n\n-- \nSara"


@pytest.mark.parametrize(
    ("stated", "kept"),
    [
        (b'filename="../../etc/passwd"', "passwd"),
        (b'filename="C:\\Temp\\photo.jpg"', "photo.jpg"),
        (b"filename*=utf-8''%D8%B9%DA%A9%D8%B3.jpg", "عکس.jpg"),
        (b'filename="=?utf-8?B?2LnaqdizLmpwZw==?="', "عکس.jpg"),
        (b"filename*0=long; filename*1=name.pdf", "longname.pdf"),
        ('filename="\u202egpj.exe"'.encode(), "gpj.exe"),
        ('filename="\u200b.htaccess"'.encode(), ".htaccess"),
        (b"filename=a b.pdf", "a b.pdf"),
    ],
)
def test_a_file_name_is_words_never_a_path(stated: bytes, kept: str) -> None:
    raw = b"Content-Type: application/x\r\nContent-Disposition: attachment; " + stated + b"\r\n\r\nbytes"
    assert read(raw).attachments[0]["filename"] == kept


def test_a_forwarded_letter_is_a_file_named_by_its_subject() -> None:
    raw = b"Content-Type: message/rfc822\r\n\r\nSubject: Old complaint\r\n\r\nhello"
    assert read(raw).attachments[0]["filename"] == "Old complaint.eml"


def test_inline_pictures_keep_their_content_id() -> None:
    raw = b"Content-Type: image/png\r\nContent-ID: <logo@x>\r\nContent-Disposition: inline\r\n\r\nbytes"
    assert (read(raw).files[0].inline, read(raw).files[0].content_id) == (True, "logo@x")


@pytest.mark.parametrize("raw", [b"", b"\x00", b"\r\n\r\n", b"no header at all", b"Subject", b":::", b"\xff\xfe\x00"])
def test_nothing_raises(raw: bytes) -> None:
    assert read(raw).attachments == ()
