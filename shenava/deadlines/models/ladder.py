"""The ladder: what happens by itself as the time of a promise is used up."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shenava.deadlines.models.clock import Clock, ClockKind


class Deed(models.TextChoices):
    """What a rung does."""

    TELL = "tell", _("tell")
    REASSIGN = "reassign", _("give it to")
    RAISE = "raise", _("raise its priority")
    REFER = "refer", _("refer it upward to")


class To(models.TextChoices):
    """Whom it is told or given."""

    OWNER = "owner", _("whoever answers for it")
    UNIT = "unit", _("its unit")
    ABOVE = "above", _("the unit above")
    MANAGER = "manager", _("a complaints manager")


class Rung(models.Model):
    """At so many per cent of the working time of a promise something happens, once. `at` is since when it is there:
    what was used up before does not count."""

    kind = models.CharField(max_length=12, choices=ClockKind.choices)
    percent = models.PositiveSmallIntegerField()
    deed = models.CharField(max_length=10, choices=Deed.choices)
    to = models.CharField(max_length=10, choices=To.choices, default=To.OWNER)
    at = models.DateTimeField()
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["kind", "percent", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "percent", "deed", "to"], condition=Q(is_active=True), name="one_rung_at_a_place"
            ),
            models.CheckConstraint(condition=Q(percent__range=(1, 1000)), name="a_rung_has_its_height"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.percent} {self.deed}"


class Escalation(models.Model):
    """A rung was reached: what was done, what was before, and who undid it why."""

    complaint = models.ForeignKey("complaints.Complaint", on_delete=models.PROTECT, related_name="escalations")
    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="escalations")
    rung = models.ForeignKey(Rung, on_delete=models.PROTECT, related_name="escalations")
    kind = models.CharField(max_length=12, choices=ClockKind.choices)
    percent = models.PositiveSmallIntegerField()
    deed = models.CharField(max_length=10, choices=Deed.choices)
    to = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey("process.WorkItem", on_delete=models.PROTECT, null=True, related_name="escalations")
    owner_before = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="+")
    priority_before = models.PositiveSmallIntegerField(null=True)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("people.Party", on_delete=models.PROTECT, null=True, related_name="+")
    undone_because = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["clock", "rung"], name="each_rung_once"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None, undone_because="")
                | (Q(undone_at__isnull=False, undone_by__isnull=False) & ~Q(undone_because="")),
                name="an_escalation_is_undone_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.percent}"
