"""Migrations: open runs that go over to another version together, what became of each, and how it stood before."""

from __future__ import annotations

from django.db import models
from django.db.models import Count, F
from django.utils.translation import pgettext_lazy

from shenava.process.models.definitions import ProcessVersion
from shenava.process.models.running import Instance


class Migration(models.Model):
    """Somebody lets the open complaints of one version go on by another. `mapping` says where the work of steps goes
    that are there no more."""

    class Mode(models.TextChoices):
        UNAFFECTED = "unaffected", pgettext_lazy("which complaints go over", "where nothing they passed has changed")
        CHOSEN = "chosen", pgettext_lazy("which complaints go over", "all for which there is a place")

    from_version = models.ForeignKey(ProcessVersion, on_delete=models.PROTECT, related_name="left_by")
    to_version = models.ForeignKey(ProcessVersion, on_delete=models.PROTECT, related_name="reached_by")
    mode = models.CharField(max_length=10, choices=Mode.choices)
    mapping = models.JSONField(default=dict)
    by = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    reverted_by = models.ForeignKey("people.Party", on_delete=models.PROTECT, null=True, related_name="+")
    reverted_at = models.DateTimeField(null=True)
    put_back_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.from_version_id} → {self.to_version_id}"

    @property
    def is_under_way(self) -> bool:
        """Is there still something to be done of it, there or back?"""
        return self.put_back_at is None if self.reverted_at else self.finished_at is None

    def counts(self) -> dict[str, int]:
        """How many came to what."""
        return dict(self.items.order_by().values_list("result").annotate(number=Count("pk")))


class MigrationItem(models.Model):
    """One run of a migration; where it went over, how it stood before, and after how many moves."""

    class Result(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("a complaint that goes over", "waiting")
        MOVED = "moved", pgettext_lazy("a complaint that goes over", "gone over")
        STAYED = "stayed", pgettext_lazy("a complaint that goes over", "stays where it is")
        BACK = "back", pgettext_lazy("a complaint that goes over", "put back")
        MOVED_ON = "moved_on", pgettext_lazy("a complaint that goes over", "not put back")

    class Why(models.TextChoices):
        GONE = "gone", pgettext_lazy("why a complaint stays", "Its step is gone.")
        OTHER = "other", pgettext_lazy("why a complaint stays", "Its step has become something else.")
        JOIN = "join", pgettext_lazy("why a complaint stays", "Branches that came together no longer do.")
        VOICES = "voices", pgettext_lazy("why a complaint stays", "Somebody has said what can be said no more.")
        NOWHERE = "nowhere", pgettext_lazy("why a complaint stays", "What goes on beside it would not fit there.")
        AFFECTED = "affected", pgettext_lazy("why a complaint stays", "A step that it passed has changed.")
        CLOSED = "closed", pgettext_lazy("why a complaint stays", "It was closed meanwhile.")
        ELSEWHERE = "elsewhere", pgettext_lazy("why a complaint stays", "It follows another version by now.")
        MOVED_ON = "moved_on", pgettext_lazy("why a complaint stays", "It has moved on since.")
        REFUSED = "refused", pgettext_lazy("why a complaint stays", "Whoever asked for it may no longer do so.")
        FAILED = "failed", pgettext_lazy("why a complaint stays", "Something went wrong.")

    migration = models.ForeignKey(Migration, on_delete=models.PROTECT, related_name="items")
    instance = models.ForeignKey(Instance, on_delete=models.PROTECT, related_name="+")
    result = models.CharField(max_length=10, choices=Result.choices, default=Result.WAITING)
    why = models.CharField(max_length=10, choices=Why.choices, blank=True)
    before_state = models.JSONField(null=True)
    rev = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(F("migration"), F("instance"), name="a_run_goes_over_once_in_each")]
        indexes = [models.Index(F("migration"), F("result"), F("id"), name="migration_item_next")]

    def __str__(self) -> str:
        return f"{self.migration_id} {self.instance_id} {self.result}"
