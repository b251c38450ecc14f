"""Sealed archives: without the passphrase nobody reads, changes, shortens or lengthens one unseen."""

from __future__ import annotations

import io

import pytest

from shenava.operations.sealing import CHUNK, MAGIC, SealedReader, SealedWriter, SealError

PASSPHRASE = "correct horse battery staple"
WORDS = b"Mahsa Kianpour, +98 912 345 67 89. " * 70_000
HEADER = len(MAGIC) + 16 + 32


@pytest.fixture(scope="module")
def archive() -> bytes:
    """Two chunks and a bit."""
    target = io.BytesIO()
    writer = SealedWriter(target, PASSPHRASE)
    writer.write(WORDS)
    writer.finish()
    assert len(WORDS) > 2 * CHUNK
    return target.getvalue()


def opened(archive: bytes, passphrase: str = PASSPHRASE) -> bytes:
    return SealedReader(io.BytesIO(archive), passphrase).read()


def test_what_was_sealed_comes_back_and_cannot_be_read_in_between(archive: bytes) -> None:
    assert opened(archive) == WORDS
    assert b"Mahsa" not in archive


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK])
def test_any_length_comes_back(size: int) -> None:
    target = io.BytesIO()
    writer = SealedWriter(target, PASSPHRASE)
    writer.write(bytes(size))
    writer.finish()
    assert opened(target.getvalue()) == bytes(size)


def test_a_wrong_passphrase_is_told_apart_from_damage(archive: bytes) -> None:
    with pytest.raises(SealError, match="passphrase is wrong"):
        opened(archive, "correct horse battery stable")


@pytest.mark.parametrize("place", [0, len(MAGIC), HEADER - 1, HEADER, HEADER + CHUNK, HEADER + CHUNK + 16, -1])
def test_one_flipped_bit_anywhere_is_refused(archive: bytes, place: int) -> None:
    changed = bytearray(archive)
    changed[place] ^= 1
    with pytest.raises(SealError):
        opened(bytes(changed))


@pytest.mark.parametrize("length", [0, 10, HEADER, HEADER + CHUNK + 16, HEADER + 2 * (CHUNK + 16), -1])
def test_a_truncated_archive_is_refused(archive: bytes, length: int) -> None:
    with pytest.raises(SealError):
        opened(archive[:length])


def test_a_lengthened_or_rearranged_archive_is_refused(archive: bytes) -> None:
    piece = CHUNK + 16
    first, second, rest = (
        archive[HEADER : HEADER + piece],
        archive[HEADER + piece :][:piece],
        archive[HEADER:][2 * piece :],
    )
    for wrong in (archive + b"\0", archive + archive, archive[:HEADER] + second + first + rest):
        with pytest.raises(SealError):
            opened(wrong)
