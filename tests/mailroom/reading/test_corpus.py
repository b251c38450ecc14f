"""Held to the collected mail: everything stated of it is read, or stands below with its reason."""

import json
import time
from typing import Any

import pytest

from shenava.mailroom.reading import read
from shenava.mailroom.reading.shapes import KEYS
from shenava.mailroom.reading.words import decode_words

from . import corpus
from .corpus import needs_corpus, raw, rows

MAIL = rows("emails/emails.jsonl")
BOUNCES = rows("emails_bounce/bounces.jsonl")
REPLIES = rows("emails_reply/replies.jsonl")
TNEF = rows("emails_tnef/tnef.jsonl")
STATED = [row for row in MAIL if set(row["expect"]) & set(corpus.CHECKS)]

_ENCODED_HASH = "the source hashes the nested message as its server sent it, not as it stands in the file"
_OUR_TITLE = "the source shows the <title> of a page as text; it belongs to no letter"
_WE_DECODE = "the source gives up; we read the words"
_BROKEN_SPLIT = "a multipart that is never closed or cut wrongly on purpose: we show all of its words"

DIFFERENT = {
    "phpimap/embedded_email": _ENCODED_HASH,
    "phpimap/embedded_email_without_content_disposition": _ENCODED_HASH,
    "phpimap/example_bounce": _ENCODED_HASH,
    "phpimap/four_nested_emails": _ENCODED_HASH,
    "phpimap/imap_mime_header_decode_returns_false": _WE_DECODE,
    "rubymail/attachment_emails/attachment_message_rfc822": "the source counts the files inside a forwarded mail",
    "rubymail/multipart_report_emails/report_422": "a delay is no bounce to the source; we show it as a soft one",
    "rubymail/rfc2822/example11": "the source keeps the obsolete route before an address",
    "stalwart/legacy/017": "the source leaves the picture undecoded",
    "stalwart/legacy/048": "the source leaves the picture undecoded",
    "stalwart/legacy/049": "the source shows uuencoded files as text; we make files of them",
    "stalwart/malformed/002": _BROKEN_SPLIT,
    "stalwart/malformed/007": "the source makes a file of nothing",
    "stalwart/malformed/009": _BROKEN_SPLIT,
    "stalwart/malformed/011": _BROKEN_SPLIT,
    "stalwart/malformed/016": _BROKEN_SPLIT,
    "stalwart/malformed/019": "bytes overwritten at random: nobody can know",
    "stalwart/rfc/001": "a word without @ is a local address or a name; the source says name",
    "stalwart/thirdparty/000": "of two plain alternatives the source shows both, we the longer",
    "zammad/mail016": _OUR_TITLE,
    "zammad/mail018": "the source leaves UTF-7 undecoded",
    "zammad/mail019": _OUR_TITLE,
    "zammad/mail025": "the source shows a uuencoded file as text; we make a file of it",
    "zammad/mail026": _OUR_TITLE,
    "zammad/mail031": "we turn the ideographic blank within a name into a plain one",
    "zammad/mail047": _OUR_TITLE,
    "zammad/mail062": "the source makes a file of the second HTML part; we join it to the text",
    "zammad/mail076": "the source keeps a stray angle bracket in the address",
    "zammad/mail087": "the source keeps the name in the address",
    "zammad/mail092": "the source rewrites the delivery report",
    "zbateson/m1011": "raw UTF-7 in headers, and a body that is broken UTF-7",
    "zbateson/m4002": "the source does not count the signature",
    "zbateson/m4004": "the source does not count the signature",
}


@needs_corpus
@pytest.mark.parametrize("manifest", [MAIL, BOUNCES, REPLIES, TNEF], ids=["mail", "bounces", "replies", "tnef"])
def test_no_letter_raises_is_slow_or_cannot_be_written_as_json(manifest: list[dict[str, Any]]) -> None:
    for row in manifest:
        begun = time.process_time()
        reading = read(raw(row))
        spent = time.process_time() - begun
        assert list(json.loads(json.dumps(reading.as_json()))) == list(KEYS), row["id"]
        assert not [defect for defect in reading.defects if defect.startswith("failed")], row["id"]
        assert spent < 1.0, row["id"]


@needs_corpus
@pytest.mark.parametrize("row", STATED, ids=[row["id"] for row in STATED])
def test_a_letter_is_read_as_its_source_states(row: dict[str, Any]) -> None:
    differs = list(corpus.disagreements(read(raw(row)), row["expect"]))
    assert bool(differs) == (row["id"] in DIFFERENT), differs


@needs_corpus
def test_encoded_words_are_decoded_as_stated() -> None:
    for row in rows("emails/header_decoding.jsonl"):
        assert decode_words(row["encoded"]) == row["decoded"], row["id"]


# Replies

_KEEPS_SIGN_OFF = "a closing formula and a name stay: they may be all that says who complains"
REPLY_DIFFERENT = {
    "hebrew/18": "answers between quoted lines stay with the lines they answer",
    "mailparserreply/email_1_3": _KEEPS_SIGN_OFF,
    "mailparserreply/email_2_1": "the source keeps the rule above the quoted headers",
    "mailparserreply/email_nl_1_2": "the source keeps the rule above the quoted headers",
    "mailparserreply/email_pl_1_1": _KEEPS_SIGN_OFF,
    "talon_sig/jeff": _KEEPS_SIGN_OFF,
    "talon_sig/long": "contact lines below a name stay: a complaint needs them",
    "talon_std/iphone": "the source keeps 'Sent from my iPhone', all others drop it",
}


def _as_mail(row: dict[str, Any]) -> bytes:
    kind = row["format"].partition(" ")[0]
    head = f"From: Sara <sara@example.com>\nContent-Type: {kind}; charset=utf-8\n\n".encode()
    return raw(row) if kind == "rfc822" else head + raw(row)


@needs_corpus
@pytest.mark.parametrize("row", REPLIES, ids=[row["id"] for row in REPLIES])
def test_a_reply_keeps_its_new_words_only(row: dict[str, Any]) -> None:
    differs = list(corpus.reply_disagreements(read(_as_mail(row)).reply_text, row["expect"]))
    assert bool(differs) == (row["id"] in REPLY_DIFFERENT), differs


# Bounces: single verdicts of the source are its own heuristics, so the shares are held, not each case.


def _judged(row: dict[str, Any]) -> tuple[bool, bool]:
    """(whether it is a bounce as stated, whether hard or soft as stated of one of its recipients)."""
    bounce, expect = read(raw(row)).bounce, row["expect"]
    if bounce is None or not expect["is_bounce"]:
        return (bounce is not None) == expect["is_bounce"], not expect["is_bounce"]
    return True, (bounce.kind == "hard") in [report["hard_bounce"] for report in expect["reports"]]


@needs_corpus
def test_bounces_of_seventy_mail_systems_are_recognised() -> None:
    missed = [row["id"] for row in BOUNCES if not _judged(row)[0]]
    assert missed == ["sisimai/lhost-fml-03"]  # a mailing list's loop alarm: nothing of ours was refused


@needs_corpus
def test_hard_and_soft_agree_for_nine_of_ten_bounces() -> None:
    """Most of the rest is "550 user unknown" without a code: the source calls it a filter, we a dead address."""
    agreeing = sum(_judged(row)[1] for row in BOUNCES)
    assert agreeing >= len(BOUNCES) * 0.9


@needs_corpus
def test_every_bounce_names_a_recipient() -> None:
    bounces = [bounce for row in BOUNCES if (bounce := read(raw(row)).bounce) is not None]
    assert [bounce for bounce in bounces if bounce.recipient is None] == []


@needs_corpus
def test_answering_machines_and_abuse_reports_are_automatic_and_no_bounces() -> None:
    machines = [read(raw(row)) for row in BOUNCES if row["expect"]["kind"] in {"auto_reply", "feedback_loop"}]
    assert machines
    assert all(reading.automatic and reading.bounce is None for reading in machines)


# TNEF


@needs_corpus
@pytest.mark.parametrize("row", TNEF, ids=[row["id"] for row in TNEF])
def test_a_winmail_is_opened(row: dict[str, Any]) -> None:
    reading = read(raw(row))
    hashes = {one["sha256"] for one in reading.attachments}
    bodies = {"body.html", "message.html"}
    stated = row["expect"].get("attachment_names", row["expect"].get("list_file", []))
    extracted = [one for one in row["expect"].get("extracted_files", []) if one["name"] not in bodies]
    assert set(stated) - bodies <= {one["filename"] for one in reading.attachments}
    assert {one["sha256"] for one in extracted} <= hashes
    assert bool(row["expect"].get("body_kind")) <= bool(reading.text)
