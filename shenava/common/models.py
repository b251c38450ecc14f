"""Rows of the common room."""

from __future__ import annotations

from django.db import models


class Budget(models.Model):
    """How often something was done in a window of time: attempts, mails, codes."""

    key = models.CharField(max_length=200)
    window_start = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window_start"], name="one_budget_a_window")]

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"
