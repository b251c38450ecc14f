"""The row of a file. The bytes lie on the disk under a random key; the name is only a word."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models

from shenava.attachments.kinds import INLINE


class File(models.Model):
    """Bytes that somebody handed in, as they came, with what we found them to be."""

    key = models.CharField(max_length=64, unique=True, editable=False)
    sha256 = models.CharField(max_length=64, db_index=True, editable=False)
    size = models.BigIntegerField(editable=False)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey("people.Party", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(size__gte=0), name="a_file_has_a_size"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where the bytes lie: two levels of folders keep each folder small."""
        return Path(settings.FILES_DIR) / self.key[:2] / self.key[2:4] / self.key

    @property
    def is_picture(self) -> bool:
        """May a page show it as a picture?"""
        return self.content_type in INLINE
