"""The dossier: a complaint read whole says the same as one of which each thing is asked."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from shenava.attachments import store
from shenava.complaints import actions, personal
from shenava.complaints.dossier import RECORDS, open_dossier
from shenava.complaints.models import Complaint
from shenava.journal.recording import last_entry
from tests.world import World


def eventful(world: World) -> Complaint:
    """One to which much has happened."""
    file = store.take_in(b"A letter.", name="letter.txt")
    complaint = world.complaint(files=(file,))
    actions.take(complaint, by=world.sara)
    commission = actions.Commission(kind="expert", directive="See what shakes.")
    first = actions.refer(complaint, to=world.expert, commission=commission, by=world.sara)
    actions.give_opinion(complaint, referral=first, advice=actions.Advice("The drum."), by=world.expert)
    actions.refer(complaint, to=world.expert, commission=commission, by=world.sara)
    actions.note(complaint, text="It is the drum.", by=world.sara)
    actions.name_staff(complaint, staff=world.reza, by=world.sara)
    personal.keep_writing(world.sara, complaint, "note", "Perhaps")
    personal.toggle_flag(world.sara, complaint)
    return Complaint.objects.for_page().get(pk=complaint.pk)


def test_what_it_reads_is_what_stands_on_record(world: World) -> None:
    complaint = eventful(world)
    plain = {name: sorted(row.pk for row in getattr(complaint, name).all()) for name in RECORDS}
    items, tasks = complaint.open_items, complaint.open_tasks
    again = Complaint.objects.for_page().get(pk=complaint.pk)
    with CaptureQueriesContext(connection) as asked:
        dossier = open_dossier(again, world.sara)
        found = {name: sorted(row.pk for row in getattr(again, name).all()) for name in RECORDS}
        names = {str(opinion.by) for referral in again.referrals.all() for opinion in referral.opinions.all()}
        files = [file.name for message in again.messages.all() for file in message.files.all()]
    assert len(asked) == 2
    assert (found, sorted(again.open_items), again.open_tasks) == (plain, sorted(items), tasks)
    assert (names, files) == ({str(world.expert)}, ["letter.txt"])
    assert (dossier.seq, dossier.drafts, dossier.is_flagged) == (last_entry(complaint), {"note": "Perhaps"}, True)


def test_each_referral_has_its_own_opinions_in_the_order_in_which_they_were_sent(world: World) -> None:
    complaint = eventful(world)
    open_dossier(complaint, world.sara)
    referrals = list(complaint.referrals.all())
    assert [len(referral.opinions.all()) for referral in referrals] == [1, 0]
    assert [referral.pk for referral in referrals] == sorted(referral.pk for referral in referrals)
    assert {item.referral for item in complaint.work_items.all() if item.kind == "referral"} == set(referrals)


def test_the_draft_and_the_flag_are_the_readers_own(world: World) -> None:
    dossier = open_dossier(eventful(world), world.manager)
    assert (dossier.drafts, dossier.is_flagged) == ({}, False)
