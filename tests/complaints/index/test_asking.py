"""Asking: what is found equals what may be seen, in either shape, page after page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shenava.common import clock
from shenava.complaints import actions
from shenava.complaints.actions import Addition, Advice, Commission
from shenava.complaints.index import asking, keeping
from shenava.complaints.index.asking import FREQUENT, find, saying
from shenava.complaints.models import Complaint, SearchRow
from shenava.complaints.policy import may_read
from shenava.pages.excerpts import excerpts
from shenava.people.models import Party
from shenava.people.parties import Introduction
from shenava.people.standing import standing_of
from tests.world import World

CAST = ("sara", "reza", "manager", "agent", "expert", "auditor", "administrator", "system")
QUIET = Commission(kind="consult", directive="Ask the zebrafish.", is_confidential=True)
SHAPES = {"sampled": {}, "indexed": {"SAMPLE": 1, "FREQUENT": 9, "HEARD": 0.1}, 
          "walked": {"SAMPLE": 2, "FREQUENT": 0, "WALK": 99},
          "capped": {"SAMPLE": 1, "FREQUENT": 9, "HEARD": 0.1, "CANDIDATES": 2}}  # fmt: skip


def hits(party: Party, text: str) -> list[int]:
    return list(find(standing_of(party), text).ids)


def kept() -> None:
    """The follow-up of everything that has happened."""
    keeping.keep_all(keeping.unkept())


@pytest.fixture(params=SHAPES)
def shape(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each way in which the rows are asked."""
    for name, value in SHAPES[request.param].items():
        monkeypatch.setattr(asking, name, value)
    return str(request.param)


def several(world: World) -> list[Complaint]:
    """Complaints of two units, one that names its officer, one referred to another unit, one quietly."""
    mine, foreign = world.taken(), world.complaint(unit=world.sales)
    about, asked, quiet = world.complaint(), world.taken(), world.taken()
    Complaint.objects.filter(pk=about.pk).update(excluded=[world.sara.pk, world.manager.pk])
    actions.refer(asked, to=world.reza, commission=Commission(kind="copy", directive="See."), by=world.sara)
    actions.refer(quiet, to=world.reza, commission=QUIET, by=world.sara)
    kept()
    return [mine, foreign, about, asked, quiet]


def test_for_every_role_the_hits_equal_what_is_visible_newest_first(world: World, shape: str) -> None:
    several(world)
    for who in CAST:
        party = getattr(world, who)
        visible = Complaint.objects.visible_to(party).order_by("-received_at", "-pk")
        assert hits(party, "machine") == [one.pk for one in visible], who
        assert hits(party, "shak 1200 e-21") == [one.pk for one in visible], who


def test_the_complainant_finds_what_is_his_by_what_was_said_to_him(world: World, shape: str) -> None:
    mine, _other = several(world)[:2]
    actions.note(mine, text="Three others of this batch.", by=world.sara)
    kept()
    assert hits(mine.complainant, "machine") == [mine.pk]
    assert hits(mine.complainant, "batch") == []
    assert hits(world.sara, "batch") == [mine.pk]


def test_a_confidential_referral_is_found_by_whoever_may_read_it(world: World, shape: str) -> None:
    quiet = several(world)[-1]
    referral = quiet.referrals.get()
    actions.give_opinion(quiet, referral=referral, advice=Advice("The axolotl is worn."), by=world.reza)
    kept()
    for who in CAST:
        party = getattr(world, who)
        readable = may_read(standing_of(party), quiet, referral)
        assert hits(party, "zebrafish") == [quiet.pk] * readable, who
        assert hits(party, "axolotl machine") == [quiet.pk] * readable, who


def judged(world: World) -> Complaint:
    """Decided, answered, rejected, answered again, closed, and opened again: each with words of its own."""
    complaint = world.taken()
    findings = {complaint.issue_lines.get().pk: actions.LineFinding("upheld", "The okapi was worn.")}
    actions.decide(complaint, findings=findings, reasons="The quokka is ours to mend.", by=world.sara)
    actions.respond(complaint, text="We mend it.", by=world.sara)
    actions.record_rejection(complaint, text="The narwhal still shakes.", by=complaint.complainant)
    actions.respond(complaint, text="We mend it again.", by=world.sara)
    actions.close(complaint, text="The pangolin cannot be had.", by=world.sara)
    actions.reopen(complaint, text="The capybara came after all.", by=world.manager)
    kept()
    return complaint


@pytest.mark.parametrize("word", ["okapi", "quokka", "narwhal", "pangolin", "capybara"])
def test_reasons_and_decisions_are_found_by_whoever_may_read_them(world: World, shape: str, word: str) -> None:
    complaint = judged(world)
    for who in CAST:
        party = getattr(world, who)
        visible = Complaint.objects.visible_to(party).exists()
        assert hits(party, word) == [complaint.pk] * visible, who
    Complaint.objects.update(excluded=[world.sara.pk])
    kept()
    assert hits(world.sara, word) == []


def test_the_complainant_finds_the_reasons_that_he_gave_himself_alone(world: World) -> None:
    complaint = judged(world)
    words = ["okapi", "quokka", "narwhal", "pangolin", "capybara"]
    assert [word for word in words if hits(complaint.complainant, word)] == ["narwhal"]
    quoted = [excerpts([complaint], [word], standing_of(complaint.complainant))[0].kind for word in words]
    assert quoted == ["", "", "own_reason", "", ""]
    assert excerpts([complaint], ["okapi"], standing_of(world.sara))[0].kind == "issue"


def test_nobody_named_in_it_finds_even_the_confidential_part(world: World) -> None:
    quiet = several(world)[-1]
    Complaint.objects.filter(pk=quiet.pk).update(excluded=[world.reza.pk, world.manager.pk])
    kept()
    assert hits(world.reza, "zebrafish") == hits(world.manager, "zebrafish") == []
    assert hits(world.sara, "zebrafish") == [quiet.pk]


def test_whoever_has_left_finds_nothing(world: World) -> None:
    several(world)
    world.sara.user.is_active = False
    world.sara.user.save()
    assert hits(Party.objects.get(pk=world.sara.pk), "machine") == []


@pytest.mark.parametrize(
    "typed",
    ["Mahsa", "kianp", "anpour", "mahsa@example", "+98 912 345", "6789", "sn-77", "12b", "زانتی", "invoice.pdf"],
)
def test_a_complaint_is_found_by_name_number_serial_and_message(world: World, typed: str) -> None:
    who = Introduction(name="Mahsa Kianpour", email="mahsa@example.com", phone="+989123456789")
    complaint = world.complaint(complainant=who, serial="SN-77/12B")
    world.complaint(complainant=None)
    addition = Addition(text="نوشته بودم ضمانت‌نامه‌ی زانتیا", channel="phone", files=(named_file("invoice.pdf"),))
    actions.add_information(complaint, addition=addition, by=world.agent)
    kept()
    assert hits(world.sara, typed) == [complaint.pk]


@pytest.mark.parametrize("part", [lambda c: c.reference, lambda c: c.reference[-4:], lambda c: c.public_code[:5],
                                  lambda c: c.public_code.lower()])  # fmt: skip
def test_a_complaint_is_found_by_its_number_and_its_code(world: World, part) -> None:  # type: ignore[no-untyped-def]
    world.complaint()
    complaint = world.complaint()
    kept()
    assert hits(world.sara, part(complaint)) == [complaint.pk]


def test_pages_follow_each_other_without_gap_or_repetition(world: World, shape: str) -> None:
    moments = [clock.now() - timedelta(hours=hours) for hours in (3, 1, 2, 1, 5)]
    complaints = [world.complaint(received_at=at) for at in moments]
    kept()
    expected = [one.pk for one in sorted(complaints, key=lambda one: (one.received_at, one.pk), reverse=True)]
    standing, cursor, seen = standing_of(world.manager), "", []
    for _page in range(3):
        found = find(standing, "machine", after=cursor, size=2)
        seen += found.ids
        cursor = found.next_cursor or ""
    assert (seen, cursor) == (expected, "")


def test_a_cursor_that_was_tampered_with_gives_the_first_page(world: World) -> None:
    several(world)
    standing = standing_of(world.manager)
    first = find(standing, "machine").ids
    for cursor in ("x", "1-", "9" * 40 + "-1", "1-1' OR 1=1", "\x00"):
        assert find(standing, "machine", after=cursor).ids == first


def test_what_the_cap_left_out_is_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"SAMPLE": 1, "FREQUENT": 9, "HEARD": 0.1, "WALK": 1, "CANDIDATES": 2}.items():
        monkeypatch.setattr(asking, name, value)
    several(world)
    assert find(standing_of(world.manager), "machine").is_partial


def test_a_search_takes_two_queries_and_never_more_than_four(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    several(world)
    standing = standing_of(world.sara)
    with CaptureQueriesContext(connection) as usual:
        find(standing, "machine")
    monkeypatch.setattr(asking, "SAMPLE", 1)
    monkeypatch.setattr(asking, "FREQUENT", 0)
    with CaptureQueriesContext(connection) as most:
        find(standing, "machine")
    assert (len(usual), len(most)) == (2, 4)


def test_rows_are_kept_by_the_follow_up_and_mended_by_the_check(world: World) -> None:
    complaint, other = several(world)[:2]
    assert keeping.unkept() == keeping.differing() == []
    SearchRow.objects.filter(complaint=complaint).update(readers=[])
    SearchRow.objects.filter(complaint=other).update(document="'nonsense':1")
    assert keeping.unkept() == [complaint.pk]
    assert keeping.differing() == [complaint.pk, other.pk]
    keeping.keep_all(keeping.differing())
    assert keeping.differing() == []


def named_file(name: str):  # type: ignore[no-untyped-def]
    from shenava.attachments.models import File

    return File.objects.create(
        key=name, sha256="0" * 64, size=1, name=name, content_type="text/plain", taken_at=clock.now()
    )


def test_a_condition_finds_frequent_and_rare_words_alike(world: World) -> None:
    frequent = {world.complaint(description="The drum rattles.").pk for _ in range(FREQUENT)}
    rare = world.complaint(description="A zebrafish in the drum.").pk
    keeping.keep_all(keeping.unkept())
    assert set(Complaint.objects.filter(saying("rattl")).values_list("pk", flat=True)) == frequent
    assert list(Complaint.objects.filter(saying("zebrafish drum")).values_list("pk", flat=True)) == [rare]
    assert not Complaint.objects.filter(saying("nothing")).exists()
    assert not Complaint.objects.filter(saying("?")).exists()


@pytest.mark.parametrize(("walk", "is_gathered"), [(0, False), (20_000, True)])
def test_where_a_wave_of_others_hides_a_word_the_statistics_say_whether_it_is_common(
    world: World, monkeypatch: pytest.MonkeyPatch, walk: int, is_gathered: bool
) -> None:
    said = {world.complaint(description="The drum rattles.").pk for _ in range(3)}
    world.complaint(description="Nothing of it.")
    keeping.keep_all(keeping.unkept())
    monkeypatch.setattr(asking, "SAMPLE", 1)
    monkeypatch.setattr(asking, "WALK", walk)
    found = Complaint.objects.filter(saying("rattles"))
    assert ("unnest" in str(found.query)) == is_gathered
    assert set(found.values_list("pk", flat=True)) == said
