"""Follow-up: what follows every fact of a complaint. It is found by its new words; people are told."""

from __future__ import annotations

from procrastinate.contrib.django import app

from shenava.complaints.index import keeping
from shenava.complaints.questions import ASSIGNEE
from shenava.journal.models import Entry
from shenava.process import automations, deciding

NEXT_JOBS = {
    "complaint.registered": ("complaints.acknowledge", "complaints.distribute"),
    "complaint.routed": ("complaints.distribute",),
    "complaint.assigned": ("complaints.distribute",),
}
NEEDS_TABLE = {"complaints.distribute": ASSIGNEE}
"""Nothing is put into the queue for a table that is not in force."""
MOVES_DATES = frozenset({
    "complaint.registered", "complaint.assessed", "complaint.promise_brought_forward", "complaint.deadline_changed",
    "complaint.promise_applied", "complaint.promises_resumed", "complaint.legal_deadline_extended",
})  # fmt: skip


@app.task(name="complaints.follow", queue="follow", pass_context=False)
def follow(*, entry_id: int) -> None:
    """Do what follows one entry. Safe to run twice: each next job looks at what is already done."""
    entry = Entry.objects.select_related("stream").get(pk=entry_id)
    complaint_id = int(entry.stream.name.partition(":")[2])
    for job in NEXT_JOBS.get(entry.kind, ()):
        if job not in NEEDS_TABLE or deciding.published(NEEDS_TABLE[job]) is not None:
            app.configure_task(job, queue="follow").defer(complaint_id=complaint_id)
    _set_off(entry, complaint_id)
    keeping.keep([complaint_id])


def _set_off(entry: Entry, complaint_id: int) -> None:
    """Automations do what they say in jobs of their own: one that fails takes nothing with it."""
    if automations.set_off_by(entry.kind):
        app.configure_task("complaints.automate", queue="follow").defer(entry_id=entry.pk)
    if entry.kind in MOVES_DATES and automations.has_promised():
        app.configure_task("complaints.look_ahead", queue="follow").defer(complaint_id=complaint_id)


def defer(entry_id: int) -> None:
    """Put the follow-up of an entry into the queue, in the transaction that wrote it."""
    follow.defer(entry_id=entry_id)
