"""The rows of the journal: streams and their entries. Entries are only ever added."""

from __future__ import annotations

from django.db import models


class Stream(models.Model):
    """The head of one chain. The row is what a writer locks; the entries are the truth."""

    name = models.CharField(max_length=80, unique=True)
    seq = models.BigIntegerField(default=0)
    head = models.CharField(max_length=64, default="")

    def __str__(self) -> str:
        return self.name


class Entry(models.Model):
    """One fact at its place in a stream, with the hash of the entry before it.

    The hash covers stream, seq, time in microseconds, kind, version, data and actors.
    """

    stream = models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="entries")
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=80)
    version = models.PositiveSmallIntegerField()
    data = models.JSONField()
    by = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey("people.Party", on_delete=models.PROTECT, null=True, related_name="+")
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stream", "seq"], name="one_entry_at_each_place"),
        ]
        indexes = [models.Index(fields=["by", "-at"], name="entry_by_at")]

    def __str__(self) -> str:
        return f"{self.stream_id}/{self.seq} {self.kind}"
