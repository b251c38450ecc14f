"""Once: what the database keeps unique is told to whoever comes a moment too late, as a sentence at the field."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from psycopg.errors import UniqueViolation


@contextmanager
def told_if_taken(sentence: Promise | str, *, field: str = "") -> Iterator[None]:
    """Write inside; raises ValidationError with the sentence, at the field if one is named, where it is taken."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as refused:
        if not isinstance(refused.__cause__, UniqueViolation):
            raise
        told = str(sentence)
        raise ValidationError({field: told} if field else told) from refused
