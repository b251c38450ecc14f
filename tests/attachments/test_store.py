"""Taking files in."""

import hashlib
import io
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from shenava.attachments import store
from shenava.attachments.models import File
from tests.attachments.samples import png

NAMES = [
    "../../etc/passwd", "..\\..\\x", "\u200b.htaccess", "con.txt", "x" * 5000, "invoice\u202egnp.exe",
    "nul\0.txt", 'a"; filename=b', "<img src=x onerror=alert(1)>", "", "صورت‌حساب.pdf",
]  # fmt: skip


@pytest.mark.django_db
def test_a_file_is_kept_whole_under_a_random_key_for_its_owner_only() -> None:
    content = bytes(range(256)) * 5000
    file = store.take_in(io.BytesIO(content), name="bytes.bin")
    assert file.path.read_bytes() == content
    assert (file.size, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert file.path.stat().st_mode & 0o777 == 0o600
    assert file.key not in file.name


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_no_name_leads_out_of_the_folder(name: str, settings) -> None:
    file = File.objects.get(pk=store.take_in(b"x", name=name).pk)
    assert file.path.resolve().is_relative_to(Path(settings.FILES_DIR).resolve())
    assert file.path.name == file.key
    assert 0 < len(file.name) <= 200
    assert not set(file.name) & set("\0\r\n\u202e\u200b")


@pytest.mark.django_db
def test_the_limit_is_taken_and_one_byte_more_is_not(settings) -> None:
    settings.MAX_FILE_BYTES = 1000
    assert store.take_in(b"x" * 1000, name="a").size == 1000
    with pytest.raises(store.TooLarge):
        store.take_in(io.BytesIO(b"x" * 1001), name="b")
    assert File.objects.count() == 1
    assert len([path for path in Path(settings.FILES_DIR).rglob("*") if path.is_file()]) == 1


@pytest.mark.django_db
def test_mail_is_kept_whole_whatever_its_size(settings) -> None:
    settings.MAX_FILE_BYTES = 10
    assert store.take_in(b"x" * 1000, name="a", limit=0).size == 1000


@pytest.mark.django_db
def test_a_disk_at_its_reserve_takes_nothing_in(monkeypatch, settings) -> None:
    monkeypatch.setattr(store, "RESERVE_BYTES", 10**18)
    monkeypatch.setattr(store, "RESERVE_SHARE", 1.0)
    with pytest.raises(store.OutOfSpace):
        store.take_in(b"x", name="a")
    assert not File.objects.exists()
    assert not [path for path in Path(settings.FILES_DIR).rglob("*") if path.is_file()]


@pytest.mark.django_db
def test_bytes_without_a_row_are_found(settings) -> None:
    kept = store.take_in(b"x", name="kept")
    lost = store.take_in(b"y", name="lost")
    File.objects.filter(pk=lost.pk).delete()
    assert kept.path.exists()
    assert list(store.orphans(older_than_seconds=-60)) == [lost.path]
    assert list(store.orphans()) == []


def test_a_picture_may_be_handed_in_and_is_still_readable_afterwards() -> None:
    upload = SimpleUploadedFile("a.png", png())
    store.check_upload(upload)
    assert upload.read() == png()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pdf", b"", "empty"),
        ("a.pdf", b"%PDF-" + b"x" * 2000, "too_large"),
        ("a.svg", b"<svg/>", "type"),
        ("a.png", b"<html>", "type"),
        ("a.zip", b"PK\x05\x06" + bytes(18), "type"),
    ],
)
def test_what_the_portal_does_not_take_is_said_in_a_sentence(name, content, code, settings) -> None:
    settings.MAX_FILE_BYTES = 1000
    with pytest.raises(ValidationError) as refused, translation.override("en"):
        store.check_upload(SimpleUploadedFile(name, content))
    assert refused.value.code == code
    assert name in refused.value.messages[0]


def test_too_many_files_are_refused_together_with_what_is_wrong_in_them(settings) -> None:
    settings.MAX_FILES = 2
    uploads = [SimpleUploadedFile(f"{number}.txt", b"") for number in range(3)]
    with pytest.raises(ValidationError) as refused:
        store.check_uploads(uploads)
    assert [error.code for error in refused.value.error_list] == ["too_many", "empty", "empty"]
