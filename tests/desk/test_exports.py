"""Exports: whole lists as files, for the eyes of who asked, checked again when they are fetched."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client

from shenava.attachments.models import File
from shenava.common import clock
from shenava.complaints import actions, exporting, sweeps
from shenava.complaints.models import Complaint, Export
from shenava.journal.actions import Refused
from shenava.journal.models import Entry
from shenava.people.models import Party
from shenava.people.parties import Introduction
from tests.complaints.spreadsheets import csv_lines, xlsx_lines
from tests.world import MONDAY, World, log_in

PAGE = "/desk/exports/"
ASKED = {"form": "csv", "column": ["reference", "title"], "query": ""}


def login(party: Party) -> Client:
    return log_in(Client(), party)


def ask(client: Client, **more: object) -> Export:
    """Ask for an export, as the list's form does; the worker has not come to it yet."""
    answer = client.post(PAGE, {**ASKED, **more})
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    return Export.objects.latest("pk")


def made(client: Client, **more: object) -> Export:
    """An export that the worker has written."""
    export = ask(client, **more)
    sweeps.export(export_id=export.pk)
    return Export.objects.get(pk=export.pk)


def fetched(client: Client, export: Export) -> bytes:
    answer = client.get(f"{PAGE}{export.pk}/file/")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)  # type: ignore[arg-type]


def test_a_list_is_exported_as_it_is_narrowed_ordered_and_shown(world: World) -> None:
    with clock.set_to(MONDAY - timedelta(days=1)):
        first = world.complaint(record_type="enquiry", title="Where is the branch?")
    with clock.set_to(MONDAY):
        second = world.complaint(record_type="enquiry", title="=cmd|' /C calc'!A0")
        world.taken()
        sara = login(world.sara)
        export = made(sara, query="?record_type=enquiry&after=x&order=-received_at")
        assert csv_lines(fetched(sara, export)) == [
            ["Number", "Title"],
            [str(second.reference), "'" + second.title],
            [str(first.reference), first.title],
        ]


def test_an_xlsx_shows_words_and_dates_as_the_reader_reads_them(world: World) -> None:
    with clock.set_to(MONDAY):
        complaint = world.complaint(complainant=Introduction(name="مهسا کیان‌پور"))
        sara = login(world.sara)
        world.sara.user.language = "fa"
        world.sara.user.save()
        export = made(sara, form="xlsx", column=["reference", "complainant", "received_at", "reopened_count"])
        lines = xlsx_lines(fetched(sara, export))
    assert lines == [
        ["شماره", "شاکی", "دریافت", "بازگشایی"],
        [complaint.reference, "مهسا کیان‌پور", "1405/09/02 12:30", 0],
    ]


def test_every_line_is_written_however_many_pages_they_fill(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "PAGE", 3)
    references = sorted(str(world.complaint().reference) for _ in range(8))
    sara = login(world.sara)
    export = made(sara)
    assert sorted(line[0] for line in csv_lines(fetched(sara, export))[1:]) == references
    assert (export.whole, export.written, len(export.complaints)) == (8, 8, 8)


def test_only_what_the_asking_person_sees_is_in_it(world: World) -> None:
    of_service, of_sales = world.complaint(), world.complaint(unit=world.sales)
    about_sara = world.complaint()
    Complaint.objects.filter(pk=about_sara.pk).update(excluded=[world.sara.pk])
    sara, auditor = login(world.sara), login(world.auditor)
    assert {line[0] for line in csv_lines(fetched(sara, made(sara)))[1:]} == {of_service.reference}
    all_three = {of_service.reference, of_sales.reference, about_sara.reference}
    assert {line[0] for line in csv_lines(fetched(auditor, made(auditor)))[1:]} == all_three


def test_nothing_can_be_fetched_any_more_once_a_line_of_it_is_hidden(world: World) -> None:
    hidden, _other = world.complaint(), world.complaint()
    sara = login(world.sara)
    export = made(sara)
    Complaint.objects.filter(pk=hidden.pk).update(excluded=[world.sara.pk])
    answer = sara.get(f"{PAGE}{export.pk}/file/")
    assert answer.status_code == 403
    assert "no longer within your reach" in answer.content.decode()
    Complaint.objects.filter(pk=hidden.pk).update(excluded=[], readers=[])
    assert sara.get(f"{PAGE}{export.pk}/file/").status_code == 403


def test_nobody_else_sees_or_fetches_an_export(world: World) -> None:
    world.complaint()
    export = made(login(world.sara))
    for other in (world.manager, world.auditor, world.reza):
        client = login(other)
        assert client.get(f"{PAGE}{export.pk}/file/").status_code == 404
        assert client.get(PAGE).context["exports"] == []
    assert login(world.manager).get(f"{PAGE}999/file/").status_code == 404


def test_an_administrator_is_refused_and_nothing_is_begun(world: World) -> None:
    assert login(world.administrator).post(PAGE, ASKED).status_code == 403
    assert not Export.objects.exists()
    assert not Entry.objects.filter(kind="export.asked").exists()


def test_a_fourth_export_waits_until_one_is_ready(world: World) -> None:
    sara = login(world.sara)
    first, *_ = [ask(sara) for _ in range(3)]
    answer = sara.post(PAGE, ASKED)
    assert answer.status_code == 403
    assert "Three exports" in answer.content.decode()
    assert Export.objects.count() == 3
    sweeps.export(export_id=first.pk)
    ask(sara)


def test_asking_and_making_stand_in_the_journal(world: World) -> None:
    world.complaint()
    export = made(login(world.sara))
    told = Entry.objects.filter(stream__name="exports").order_by("seq")
    assert list(told.values_list("kind", "by_id", "data")) == [
        ("export.asked", world.sara.pk, {"export": export.pk, "form": "csv"}),
        ("export.made", world.system.pk, {"export": export.pk, "lines": 1}),
    ]


def test_an_export_that_is_made_twice_is_made_once(world: World) -> None:
    export = made(login(world.sara))
    sweeps.export(export_id=export.pk)
    assert File.objects.count() == 1
    assert Entry.objects.filter(kind="export.made").count() == 1


def test_the_page_tells_how_far_it_is_and_offers_what_is_ready(world: World) -> None:
    sara = login(world.sara)
    export = ask(sara)
    assert 'hx-trigger="every 2s"' in sara.get(PAGE).content.decode()
    Export.objects.update(whole=2000, written=1000)
    assert '<progress max="2000" value="1000">' in sara.get(PAGE).content.decode()
    sweeps.export(export_id=export.pk)
    shown = sara.get(PAGE).content.decode()
    assert f"{PAGE}{export.pk}/file/" in shown
    assert "hx-trigger" not in shown


def test_what_fails_is_told_and_leaves_no_file(world: World) -> None:
    world.complaint()
    export = ask(login(world.sara))
    Export.objects.update(filters={"no such question": True})
    with pytest.raises(TypeError):
        sweeps.export(export_id=export.pk)
    assert Export.objects.get().failed_at is not None
    assert not File.objects.exists()
    assert "It could not be made" in login(world.sara).get(PAGE).content.decode()


def test_what_a_worker_left_behind_is_told_as_failed_after_an_hour(world: World) -> None:
    with clock.set_to(MONDAY):
        ask(login(world.sara))
    with clock.set_to(MONDAY + timedelta(minutes=59)):
        sweeps.tidy_exports()
    assert Export.objects.get().failed_at is None
    with clock.set_to(MONDAY + timedelta(minutes=61)):
        sweeps.tidy_exports()
    assert Export.objects.get().failed_at is not None


def test_a_file_is_gone_after_seven_days(world: World, django_capture_on_commit_callbacks: object) -> None:
    with clock.set_to(MONDAY):
        sara = login(world.sara)
        export = made(sara)
        path = Path(export.file.path)
        assert path.exists()
    with clock.set_to(MONDAY + timedelta(days=6)), django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        sweeps.tidy_exports()
    assert path.exists()
    with clock.set_to(MONDAY + timedelta(days=7, minutes=1)):
        assert login(world.sara).get(f"{PAGE}{export.pk}/file/").status_code == 404
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            sweeps.tidy_exports()
    assert not path.exists()
    assert not Export.objects.exists()
    assert not File.objects.exists()


def test_an_export_carries_the_name_of_the_view_it_was_made_from(world: World) -> None:
    sara = login(world.sara)
    sara.post("/desk/complaints/views/", {"name": "Late / soon", "query": "?late=on"})
    mine = sara.get("/desk/complaints/").context["looks"].views[0]
    assert made(sara, view=mine.pk).file.name.startswith("Late")  # type: ignore[union-attr]
    assert made(login(world.reza), view=mine.pk).file.name.startswith("complaints")  # type: ignore[union-attr]


def test_whoever_asked_cancels_it_and_the_worker_then_writes_nothing(world: World) -> None:
    world.complaint()
    sara = login(world.sara)
    export = ask(sara)
    sara.post(f"{PAGE}{export.pk}/cancellation/")
    sweeps.export(export_id=export.pk)
    cancelled = Export.objects.get()
    assert (cancelled.cancelled_at is not None, cancelled.file, cancelled.whole) == (True, None, None)
    assert "cancelled" in sara.get(PAGE).content.decode()
    assert Entry.objects.filter(kind="export.cancelled", by=world.sara).count() == 1
    assert sara.get(f"{PAGE}{export.pk}/file/").status_code == 404


def test_an_export_that_is_being_written_stops_at_its_next_page(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "PAGE", 2)
    for _ in range(5):
        world.complaint()
    export = ask(login(world.sara))
    pages = exporting._pages(export)
    assert len(next(pages)) == 2
    actions.cancel_export(Export.objects.get(), by=world.sara)
    with pytest.raises(exporting.StoppedError):
        exporting._goes_on(export, written=2)
    exporting._hand_over(export, BytesIO(b"half"), [])
    stopped = Export.objects.get()
    assert (stopped.file, stopped.failed_at, stopped.finished_at, File.objects.count()) == (None, None, None, 0)


def test_a_cancelled_export_makes_room_for_another(world: World) -> None:
    sara = login(world.sara)
    first, *_ = [ask(sara) for _ in range(3)]
    sara.post(f"{PAGE}{first.pk}/cancellation/")
    ask(sara)
    assert Export.objects.unfinished().count() == 3


def test_what_is_ready_or_anothers_is_not_cancelled(world: World) -> None:
    world.complaint()
    sara = login(world.sara)
    ready, waiting = made(sara), ask(sara)
    assert sara.post(f"{PAGE}{ready.pk}/cancellation/").status_code == 403
    assert login(world.manager).post(f"{PAGE}{waiting.pk}/cancellation/").status_code == 404
    with pytest.raises(Refused):
        actions.cancel_export(waiting, by=world.manager)
    assert not Export.objects.exclude(cancelled_at=None).exists()
    assert not Entry.objects.filter(kind="export.cancelled").exists()
