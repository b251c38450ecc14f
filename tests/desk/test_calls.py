"""Promised calls on the page of a complaint, in the cartable and on the portal."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from shenava.common import clock
from shenava.complaints.models import Call
from tests.world import World, log_in


def a_day(ahead: int) -> str:
    return (timezone.localdate(clock.now()) + timedelta(days=ahead)).isoformat()


def test_a_call_is_promised_and_kept_from_the_page(world: World) -> None:
    complaint, client = world.taken(), log_in(Client(), world.sara)
    page = f"/desk/complaints/{complaint.reference}/"
    said = {"due_at": a_day(2), "phone": "+98 21 555", "reason": "To agree on a visit."}
    assert client.post(f"{page}calls/", said).status_code == 302
    shown = client.get(page).content.decode()
    assert "A call is promised." in shown and "To agree on a visit." in shown
    assert "Call promised:" in client.get("/desk/cartable/received/").content.decode()
    assert client.post(f"{page}calling/", {"outcome": "reached", "text": "Tuesday suits."}).status_code == 302
    shown = client.get(page).content.decode()
    assert "A call is promised." not in shown and "Tuesday suits." in shown


def test_a_result_needs_its_words_or_its_date_and_keeps_what_was_typed(world: World) -> None:
    complaint, client = world.taken(), log_in(Client(), world.sara)
    page = f"/desk/complaints/{complaint.reference}/"
    client.post(f"{page}calls/", {"due_at": a_day(2), "phone": "021", "reason": "To agree on a visit."})
    empty = client.post(f"{page}calling/", {"outcome": "reached", "text": "", "due_at": ""})
    undated = client.post(f"{page}calling/", {"outcome": "not_reached", "text": "It rang long.", "due_at": ""})
    assert (empty.status_code, undated.status_code) == (422, 422)
    assert "It rang long." in undated.content.decode()
    assert Call.objects.get().attempts == 0
    again = client.post(f"{page}calling/", {"outcome": "not_reached", "due_at": a_day(3)})
    assert (again.status_code, Call.objects.get().attempts) == (302, 1)
