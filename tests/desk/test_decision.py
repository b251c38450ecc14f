"""Deciding on the desk: the summary, the checklist and the decision on the page, and whoever is involved out of it."""

from __future__ import annotations

from django.test import Client

from shenava.common import clock
from shenava.complaints import actions
from shenava.complaints.models import Complaint
from shenava.people.models import Party
from tests.world import World, log_in


def login(party: Party) -> Client:
    """A browser of somebody's own."""
    return log_in(Client(), party)


def page(complaint: Complaint) -> str:
    return f"/desk/complaints/{complaint.reference}/"


def test_the_agent_confirms_the_summary_and_the_page_shows_it(world: World) -> None:
    complaint = world.complaint()
    agent = login(world.agent)
    said = {"text": "It shakes when it spins.", "channel": "phone", "confirmed_on": "1405/09/01"}
    agent.post(page(complaint) + "summaries/", said)
    shown = agent.get(page(complaint)).content.decode()
    assert "It shakes when it spins." in shown
    assert "Confirmed by the complainant (telephone)" in shown


def test_a_confirmation_that_has_not_come_yet_is_refused_at_the_field(world: World) -> None:
    complaint = world.complaint()
    said = {"text": "It shakes.", "channel": "phone", "confirmed_on": "1490/01/01"}
    answer = login(world.agent).post(page(complaint) + "summaries/", said)
    assert answer.status_code == 422
    assert "This day has not come yet." in answer.content.decode()
    assert complaint.summaries.count() == 0


def test_an_officer_decides_every_line_on_one_form(world: World) -> None:
    complaint = world.taken()
    line = complaint.issue_lines.get()
    sara = login(world.sara)
    said = {f"finding-{line.pk}": "partly", f"reasons-{line.pk}": "The drum is worn.", "reasons": "Half is ours."}
    sara.post(page(complaint) + "decisions/", said)
    assert complaint.decisions.get().finding == "partly"
    shown = sara.get(page(complaint)).content.decode()
    assert "Half is ours." in shown
    assert "Decide anew" in shown


def test_of_two_who_decide_at_once_the_second_is_told_and_decides_with_open_eyes(world: World) -> None:
    complaint = world.taken()
    line = complaint.issue_lines.get()
    sara, manager = login(world.sara), login(world.manager)
    seen = [one.get(page(complaint)).context["seq"] for one in (sara, manager)]
    said = {f"finding-{line.pk}": "upheld", f"reasons-{line.pk}": "It is worn.", "reasons": "All ours."}
    assert sara.post(page(complaint) + "decisions/", said | {"seen": seen[0]}).status_code == 302
    answer = manager.post(page(complaint) + "decisions/", said | {"reasons": "Mine.", "seen": seen[1]})
    assert answer.status_code == 409
    assert "Sara Rostami</bdi> decided" in answer.content.decode()
    assert complaint.decisions.get().by == world.sara
    manager.post(page(complaint) + "decisions/", said | {"reasons": "Mine.", "seen": answer.context["seq"]})
    assert complaint.decisions.last().revision_of == complaint.decisions.first()


def test_a_line_without_a_finding_comes_back_with_what_was_typed(world: World) -> None:
    complaint = world.taken()
    answer = login(world.sara).post(page(complaint) + "decisions/", {"reasons": "Half is ours."})
    assert answer.status_code == 422
    assert "Half is ours." in answer.content.decode()
    assert complaint.decisions.count() == 0


def test_the_checklist_says_who_is_not_heard_and_the_page_why_nothing_is_decided(world: World) -> None:
    complaint = world.taken(by=world.manager)
    manager = login(world.manager)
    manager.post(page(complaint) + "named-staff/", {"staff": world.reza.pk})
    shown = manager.get(page(complaint)).content.decode()
    assert shown.count("not heard yet") == 2
    assert "Decide: The complainant has to be heard first." in shown
    for side in ("complainant", world.reza.pk):
        manager.post(page(complaint) + "hearings/", {"side": side, "heard_on": "1405/09/01", "note": "It was so."})
    shown = manager.get(page(complaint)).content.decode()
    assert "not heard yet" not in shown
    assert "Decide:" not in shown


def test_whoever_declares_a_conflict_leaves_the_page_for_good(world: World) -> None:
    complaint = world.taken()
    sara = login(world.sara)
    answer = sara.post(page(complaint) + "conflicts/", {"reason": "He is my brother."}, follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0] == "/desk/cartable/received/"
    assert sara.get(page(complaint)).status_code == 404
    assert complaint.reference not in sara.get("/desk/complaints/").content.decode()
    assert sara.post(page(complaint) + "notes/", {"text": "Still here."}).status_code == 404
    assert complaint.notes.count() == 0


def test_a_conflict_without_a_reason_changes_nothing(world: World) -> None:
    complaint = world.taken()
    assert login(world.sara).post(page(complaint) + "conflicts/").status_code == 422
    complaint.refresh_from_db()
    assert complaint.excluded == []


def test_a_complaint_about_staff_opened_by_an_officer_tells_that_management_decides(world: World) -> None:
    complaint = world.complaint(subject="staff")
    actions.take(complaint, by=world.sara)
    shown = login(world.sara).get(page(complaint)).content.decode()
    assert "decided by a complaints manager" in shown


def test_what_was_merged_into_it_shows_beside_its_own_judgement_and_hearings(world: World) -> None:
    first, second = world.complaint(subject="staff"), world.complaint(subject="staff")
    actions.assess(second, look=actions.Look(4, 4), by=world.agent)
    actions.record_hearing(
        second, side=second.complainant, heard_on=clock.now().date(), note="It was me, too.", by=world.sara
    )
    actions.mark_duplicate(second, of=first, by=world.manager)
    shown = login(world.sara).get(page(first)).content.decode()
    assert "A complaint merged into this one brought it along." in shown
    assert "Complainants of what was merged into it" in shown
    assert "It was me, too." in shown


def test_a_review_is_asked_for_and_answered_on_the_page(world: World) -> None:
    complaint = world.responded()
    login(world.agent).post(page(complaint) + "reviews/", {"text": "She says nobody looked at the drum."})
    manager = login(world.manager)
    shown = manager.get(page(complaint), {"do": "outcome"}).content.decode()
    assert "Under review" in shown
    assert "She says nobody looked at the drum." in shown
    assert f'action="{page(complaint)}outcome/"' in shown
    assert (
        f'action="{page(complaint)}outcome/"'
        not in login(world.sara).get(page(complaint), {"do": "outcome"}).content.decode()
    )
    assert manager.post(page(complaint) + "outcome/", {"result": "stands"}).status_code == 422
    manager.post(page(complaint) + "outcome/", {"result": "stands", "text": "The drum was looked at twice."})
    assert complaint.reviews.get().result == "stands"
    assert "answered the review: the answer stands" in manager.get(page(complaint)).content.decode()
