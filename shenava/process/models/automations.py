"""The rows of automations: when something is the case, a verb is done by the program; and what they have done."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LANGUAGES = ("en", "fa", "he")


class Measure(models.TextChoices):
    """In what a time is counted: the time of the calendar by which a unit works, or any time."""

    WORKING_HOURS = "working_hours", _("working hours")
    WORKING_DAYS = "working_days", _("working days")
    HOURS = "hours", _("hours")
    DAYS = "days", _("days")


class Automation(models.Model):
    """When (`occasion`), if (`conditions`), do (`deed` with its `arguments`).

    `looked_until`: up to which moment the clock has been looked at. `paused_at`: it did more in an hour than its
    `budget` and was stopped. `rev` counts the wordings, so that nobody overwrites another unseen.
    """

    names = models.JSONField(default=dict)
    occasion = models.CharField(max_length=80)
    amount = models.PositiveSmallIntegerField(null=True)
    measure = models.CharField(max_length=14, choices=Measure.choices, blank=True)
    conditions = models.JSONField(default=list)
    deed = models.CharField(max_length=40)
    arguments = models.JSONField(default=dict)
    position = models.PositiveSmallIntegerField(default=10)
    budget = models.PositiveIntegerField(default=60)
    is_on = models.BooleanField(default=False)
    looked_until = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    rev = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(budget__range=(1, 10_000)), name="an_automation_has_a_budget"),
            models.CheckConstraint(
                condition=Q(is_on=False) | Q(paused_at=None), name="an_automation_that_was_stopped_is_off"
            ),
        ]

    def __str__(self) -> str:
        return self.name("en")

    @property
    def journal_stream(self) -> str:
        """The stream that this automation's facts go to."""
        return f"process:automation:{self.pk}"

    def name(self, language: str) -> str:
        """Its name in a language, else in one that it has a name in."""
        found = (self.names.get(one) for one in (language, *LANGUAGES))
        return next((name for name in found if name), "")

    @property
    def is_timed(self) -> bool:
        """Does the clock set it off, and not a fact?"""
        return self.occasion.partition(":")[0] != "fact"


class Firing(models.Model):
    """An automation was set off for a complaint, once for each occasion: what came of it.

    `seq` is how far the complaint's journal had come then; `depth` how many automations in a row set off each other.
    """

    class Result(models.TextChoices):
        DONE = "done", pgettext_lazy("an automation was", "done")
        REFUSED = "refused", pgettext_lazy("an automation was", "refused")
        STOPPED = "stopped", pgettext_lazy("an automation was", "stopped")
        FAILED = "failed", pgettext_lazy("an automation was", "failed")

    automation = models.ForeignKey(Automation, on_delete=models.PROTECT, related_name="firings")
    complaint = models.ForeignKey("complaints.Complaint", on_delete=models.PROTECT, related_name="firings")
    occasion = models.CharField(max_length=80)
    deed = models.CharField(max_length=40)
    at = models.DateTimeField()
    result = models.CharField(max_length=10, choices=Result.choices)
    reason = models.TextField(blank=True)
    depth = models.PositiveSmallIntegerField(default=1)
    seq = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["automation", "complaint", "occasion"], name="an_automation_fires_once_an_occasion"
            ),
        ]
        indexes = [
            models.Index(fields=["automation", "-at"], name="firing_of_automation"),
            models.Index(fields=["complaint", "seq"], name="firing_of_complaint"),
        ]

    def __str__(self) -> str:
        return f"{self.automation_id} {self.complaint_id} {self.result}"
