"""Competences: what somebody knows about, and in which languages, so that the most able person handles it (D08)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from shenava.complaints.models.category import Category


class Competence(models.Model):
    """One person's competence. A category of the upper level stands for all below it."""

    party = models.OneToOneField("people.Party", on_delete=models.PROTECT, primary_key=True, related_name="competence")
    categories = models.ManyToManyField(Category, related_name="+", blank=True)
    languages = ArrayField(models.CharField(max_length=5), default=list, blank=True)

    def __str__(self) -> str:
        return str(self.party_id)
