"""The external bodies a new organisation of a country begins with; each can be renamed, and others added."""

from __future__ import annotations

from shenava.common import clock
from shenava.people.models import BodyKind, ExternalBody, Party, PartyKind

BY_COUNTRY: dict[str, tuple[tuple[str, str], ...]] = {
    "IR": (
        ("سازمان حمایت مصرف‌کنندگان و تولیدکنندگان (۱۲۴)", BodyKind.CONSUMER_PROTECTION),
        ("تعزیرات حکومتی", BodyKind.TRADE_AUTHORITY),
        ("شورای حل اختلاف", BodyKind.COURT),
        ("دادگستری", BodyKind.COURT),
        ("مجلس شورای اسلامی", BodyKind.PARLIAMENT),
    ),
    "IL": (
        ("הרשות להגנת הצרכן ולסחר הוגן", BodyKind.CONSUMER_PROTECTION),
        ("בית המשפט לתביעות קטנות", BodyKind.COURT),
        ("נציב תלונות הציבור", BodyKind.OMBUDSMAN),
        ("הכנסת", BodyKind.PARLIAMENT),
    ),
}


def deliver(country: str) -> int:
    """Add the bodies of a country where there are none yet; how many."""
    told = BY_COUNTRY.get(country, ()) if not ExternalBody.objects.exists() else ()
    for name, kind in told:
        party = Party.objects.create(kind=PartyKind.AUTHORITY, name=name, created_at=clock.now())
        ExternalBody.objects.create(party=party, kind=kind)
    return len(told)
