"""Reference numbers: 1405-000123, per year of the organisation's calendar, without gaps."""

from __future__ import annotations

from django.db import connection, models

TAKE = """
    WITH taken AS (
        INSERT INTO complaints_referencecounter (year, last) VALUES (%s, 1)
        ON CONFLICT (year) DO UPDATE SET last = complaints_referencecounter.last + 1
        RETURNING year, last)
    UPDATE complaints_complaint SET reference = taken.year || '-' || lpad(taken.last::text, 6, '0')
    FROM taken WHERE id = %s RETURNING reference"""


class ReferenceCounter(models.Model):
    """The last number given in a year."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.year}-{self.last:06d}"


def take_reference(complaint_id: int, *, year: int) -> str:
    """Give the complaint the next number of the year.

    The last statement before commit: whoever comes next waits for this transaction, and a
    transaction that fails gives the number back.
    """
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [year, complaint_id])
        return str(cursor.fetchone()[0])
