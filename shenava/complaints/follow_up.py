"""Follow-up: what follows every fact of a complaint. People are told; machines will be, later."""

from __future__ import annotations

from procrastinate.contrib.django import app

from shenava.journal.models import Entry

NEXT_JOBS = {"complaint.registered": "complaints.acknowledge"}


@app.task(name="complaints.follow", queue="follow", pass_context=False)
def follow(*, entry_id: int) -> None:
    """Do what follows one entry. Safe to run twice: each next job looks at what is already done."""
    entry = Entry.objects.select_related("stream").get(pk=entry_id)
    job = NEXT_JOBS.get(entry.kind)
    if job is not None:
        complaint_id = int(entry.stream.name.partition(":")[2])
        app.configure_task(job, queue="follow").defer(complaint_id=complaint_id)


def defer(entry_id: int) -> None:
    """Put the follow-up of an entry into the queue, in the transaction that wrote it."""
    follow.defer(entry_id=entry_id)
