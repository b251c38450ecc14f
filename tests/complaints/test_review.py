"""Reviews: somebody who had no part in the answer looks at it anew, and those whose answer it was keep out."""

from __future__ import annotations

import pytest

from shenava.complaints import actions, policy
from shenava.complaints.actions import LineFinding
from shenava.complaints.cartable import Desk, received
from shenava.complaints.models import Complaint, Review
from shenava.journal.actions import Refused
from shenava.messages.models import Outgoing
from shenava.people.models import Role
from shenava.people.parties import Introduction
from shenava.people.standing import standing_of
from tests import world as cast
from tests.complaints.reading import everything, kinds, open_holders, running
from tests.world import World

WHY = "Nobody has looked at the drum."


def asked(world: World) -> Complaint:
    """A complaint that Sara answered, and of which Mahsa asks a review."""
    complaint = world.responded()
    actions.ask_review(complaint, text=WHY, by=complaint.complainant)
    return complaint


def fresh(complaint: Complaint) -> Complaint:
    return Complaint.objects.get(pk=complaint.pk)


def test_a_review_lies_with_a_manager_who_had_no_part_and_has_a_promise_of_its_own(world: World) -> None:
    complaint = asked(world)
    review = complaint.reviews.get()
    assert (review.reason, review.by, review.reviewer) == (WHY, complaint.complainant, world.manager)
    assert (review.of_owner, review.closed_at, complaint.stage) == (world.sara, None, "under_review")
    assert received(Desk(standing_of(world.manager))).filter(complaint=complaint).exists()
    assert (open_holders(complaint), running(complaint)) == (["Arash Niknam"], ["acknowledge", "answer"])
    assert (complaint.responded_at, complaint.responses.get().answer) == (None, "rejected")
    assert kinds(complaint)[-1] == "review_asked"


def test_the_complainant_is_told_that_the_request_is_here_and_by_when_it_is_answered(world: World) -> None:
    complaint = world.responded()
    Outgoing.objects.all().delete()
    actions.ask_review(complaint, text=WHY, by=complaint.complainant)
    mail = Outgoing.objects.get()
    assert (mail.to_email, mail.subject) == (
        "mahsa@example.com", f"We have received your request for a review: {complaint.reference}",
    )  # fmt: skip
    assert "by somebody who had no part in our answer" in mail.body


def test_of_several_managers_the_one_with_the_least_open_work_reviews(world: World) -> None:
    second = cast.person("Sahar Second", Role.COMPLAINTS_MANAGER)
    assert asked(world).reviews.get().reviewer == world.manager
    assert asked(world).reviews.get().reviewer == second
    world.taken(by=world.manager)
    assert asked(world).reviews.get().reviewer == second


def test_a_manager_with_less_work_does_not_review_what_he_answered_himself(world: World) -> None:
    second = cast.person("Sahar Second", Role.COMPLAINTS_MANAGER)
    complaint = world.taken(by=second)
    actions.respond(complaint, text="A technician comes.", by=second)
    world.taken(by=world.manager)
    actions.ask_review(complaint, text=WHY, by=complaint.complainant)
    assert complaint.reviews.get().reviewer == world.manager


def test_where_the_manager_answered_the_fallback_holder_reviews(world: World) -> None:
    world.organisation.fallback_holder = world.reza
    world.organisation.save()
    complaint = world.taken(by=world.manager)
    actions.respond(complaint, text="A technician comes.", by=world.manager)
    actions.ask_review(complaint, text=WHY, by=complaint.complainant)
    assert complaint.reviews.get().reviewer == complaint.owner == world.reza
    assert Complaint.objects.visible_to(world.reza).filter(pk=complaint.pk).exists()
    assert "no part" in str(policy.may(world.manager, "answer_review", fresh(complaint)).reason)
    actions.answer_review(complaint, result="stands", text="It was looked at.", by=world.reza)


def test_where_nobody_else_is_there_a_request_lies_with_somebody_all_the_same(world: World) -> None:
    complaint = world.responded()
    actions.record_rejection(complaint, text="No.", by=complaint.complainant)
    actions.respond(complaint, text="A technician comes.", by=world.manager)
    actions.ask_review(complaint, text=WHY, by=complaint.complainant)
    assert complaint.owner == world.manager
    assert policy.may(world.manager, "answer_review", fresh(complaint))


def test_those_whose_answer_it_was_keep_out_of_the_review(world: World) -> None:
    complaint = asked(world)
    cast.person("Sahar Second", Role.COMPLAINTS_MANAGER)
    before = everything(complaint)
    findings = {line.pk: LineFinding("not_upheld", "No.") for line in complaint.issue_lines.all()}
    for verb, details in (
        ("take", {}),
        ("assign", {"to": world.reza}),
        ("decide", {"findings": findings, "reasons": "No."}),
        ("answer_review", {"result": "stands", "text": "No."}),
        ("respond", {"text": "No."}),
    ):
        with pytest.raises(Refused):
            actions.MENU[verb](complaint, by=world.sara, **details)
    with pytest.raises(Refused, match="no part"):
        actions.assign(complaint, to=world.sara, by=world.manager)
    assert everything(complaint) == before


def test_a_manager_who_decided_keeps_out_though_managers_do_everything(world: World) -> None:
    complaint, second = world.taken(), cast.person("Sahar Second", Role.COMPLAINTS_MANAGER)
    findings = {line.pk: LineFinding("not_upheld", "No.") for line in complaint.issue_lines.all()}
    actions.decide(complaint, findings=findings, reasons="No.", by=world.manager)
    actions.respond(complaint, text="No.", by=world.sara)
    actions.ask_review(complaint, text=WHY, by=complaint.complainant)
    assert complaint.owner == second
    refused = {verb for verb in ("take", "assign", "decide", "answer_review", "change_deadline")
               if not policy.may(world.manager, verb, fresh(complaint))}  # fmt: skip
    assert refused == {"take", "assign", "decide", "answer_review", "change_deadline"}
    assert policy.may(world.manager, "note", fresh(complaint))


def test_the_review_is_answered_with_its_result_and_the_word_is_the_complainants(world: World) -> None:
    complaint = asked(world)
    actions.answer_review(complaint, result="changed", text="You are right: a new drum.", by=world.manager)
    review, response = complaint.reviews.get(), complaint.responses.latest("pk")
    assert (review.result, review.response, review.closed_by) == (Review.Result.CHANGED, response, world.manager)
    assert (complaint.stage, response.message.text, response.answer) == (
        "responded", "You are right: a new drum.", "",
    )  # fmt: skip
    assert (running(complaint), response.warn_at is not None) == (["acknowledge"], True)
    assert kinds(complaint)[-1] == "review_answered"
    actions.record_acceptance(complaint, by=complaint.complainant)
    assert complaint.closure_reason == "accepted"


def test_the_answer_to_a_review_is_not_reviewed_again_but_another_answer_is(world: World) -> None:
    complaint = asked(world)
    with pytest.raises(Refused):
        actions.ask_review(complaint, text="Now.", by=complaint.complainant)
    actions.answer_review(complaint, result="stands", text="It was right.", by=world.manager)
    with pytest.raises(Refused, match="external bodies"):
        actions.ask_review(complaint, text="Once more.", by=complaint.complainant)
    assert complaint.reviews.count() == 1
    actions.record_rejection(complaint, text="No.", by=complaint.complainant)
    actions.assign(complaint, to=world.sara, by=world.manager)
    actions.respond(complaint, text="Then a new drum.", by=world.sara)
    assert policy.may(complaint.complainant, "ask_review", fresh(complaint))


def test_a_closed_complaint_is_open_while_it_is_reviewed(world: World) -> None:
    complaint = world.responded()
    actions.close(complaint, text="We have done all we can.", by=world.sara)
    actions.ask_review(complaint, text=WHY, by=world.agent)
    assert (complaint.is_closed, complaint.closure_reason, complaint.reopened_count) == (False, "", 1)
    assert complaint.closures.get().reopened_because == WHY
    assert complaint.due_at is not None


def test_nothing_is_reviewed_that_was_not_answered(world: World) -> None:
    complaint = world.taken()
    before = everything(complaint)
    with pytest.raises(Refused):
        actions.ask_review(complaint, text=WHY, by=complaint.complainant)
    assert everything(complaint) == before


def test_what_is_withdrawn_is_under_review_no_more(world: World) -> None:
    complaint = asked(world)
    actions.withdraw(complaint, by=complaint.complainant)
    assert complaint.reviews.get().closed_at is not None
    assert complaint.reviews.get().result == ""
    actions.reopen(complaint, text="Again.", by=complaint.complainant)
    assert complaint.stage == "in_handling"


def test_a_reviewer_in_conflict_passes_it_to_another_who_had_no_part(world: World) -> None:
    second = cast.person("Sahar Second", Role.COMPLAINTS_MANAGER)
    complaint = asked(world)
    actions.declare_conflict(complaint, reason="My cousin.", by=world.manager)
    assert (complaint.owner, open_holders(complaint)) == (second, ["Sahar Second"])


def test_whoever_leaves_does_not_hand_a_review_to_those_whose_answer_it_is(world: World) -> None:
    second = cast.person("Sahar Second", Role.COMPLAINTS_MANAGER)
    complaint = asked(world)
    actions.hand_over(complaint, of=world.manager, to=world.sara, by=world.administrator)
    assert fresh(complaint).owner == second


def test_whoever_leaves_keeps_no_review_where_nobody_else_has_had_no_part(world: World) -> None:
    complaint = asked(world)
    actions.hand_over(complaint, of=world.manager, to=world.sara, by=world.administrator)
    assert (fresh(complaint).owner, open_holders(complaint)) == (world.sara, ["Sara Rostami"])
    assert policy.may(world.sara, "answer_review", fresh(complaint))


def test_where_there_is_no_manager_an_officer_of_the_unit_who_had_no_part_reviews(world: World) -> None:
    second = cast.person("Omid Second", Role.COMPLAINT_OFFICER, world.service)
    complaint = world.responded()
    Complaint.objects.filter(pk=complaint.pk).update(excluded=[world.manager.pk])
    actions.ask_review(complaint, text=WHY, by=complaint.complainant)
    assert complaint.owner == second


def test_those_whose_answer_was_reviewed_do_not_change_what_the_review_says(world: World) -> None:
    complaint = asked(world)
    actions.answer_review(complaint, result="changed", text="A new drum.", by=world.manager)
    actions.take(complaint, by=world.sara)
    before = everything(complaint)
    line = complaint.issue_lines.get()
    for verb, details in (
        ("correct_response", {"text": "No."}),
        ("recall_response", {"reason": "No."}),
        ("record_finding", {"line": line, "finding": "not_upheld", "reasons": "No."}),
    ):
        with pytest.raises(Refused, match="no part"):
            actions.MENU[verb](complaint, by=world.sara, **details)
    assert everything(complaint) == before
    actions.correct_response(complaint, text="A new machine.", by=world.manager)
    with pytest.raises(Refused, match="no part"):
        actions.recall_response(complaint, reason="No.", by=world.sara)


@pytest.mark.parametrize("result", ["changed", "stands"])
def test_whoever_was_merged_in_during_the_review_is_answered_as_the_first_time(world: World, result: str) -> None:
    neighbour = Introduction(name="Her neighbour", email="neighbour@example.com")
    first = asked(world)
    second = world.complaint(complainant=neighbour)
    actions.mark_duplicate(second, of=first, by=world.manager)
    actions.answer_review(first, result=result, text="This is it.", by=world.manager)
    assert [message.text for message in second.messages.filter(kind="response")] == ["This is it."]


def test_a_mandate_is_accepted_while_it_is_reviewed(world: World) -> None:
    speaker = Introduction(name="Nasrin Rad", email="nasrin@example.com")
    complaint = world.complaint(representative=speaker, authority="lawyer")
    actions.take(complaint, by=world.sara)
    actions.respond(complaint, text="No.", by=world.sara)
    actions.ask_review(complaint, text=WHY, by=world.agent)
    actions.accept_mandate(complaint, text="Shown.", by=world.agent)
    assert fresh(complaint).is_mandated


@pytest.mark.parametrize(("result", "told"), [("changed", 1), ("stands", 0)])
def test_others_who_complained_of_the_same_are_told_what_is_changed(world: World, result: str, told: int) -> None:
    neighbour = Introduction(name="Her neighbour", email="neighbour@example.com")
    first, second = world.responded(), world.complaint(complainant=neighbour)
    actions.mark_duplicate(second, of=first, by=world.manager)
    cast.person("Sahar Second", Role.COMPLAINTS_MANAGER)
    actions.ask_review(first, text=WHY, by=first.complainant)
    before = second.messages.filter(kind="response").count()
    actions.answer_review(first, result=result, text="This is it.", by=first.owner)
    assert second.messages.filter(kind="response").count() - before == told


@pytest.mark.parametrize("who", ["expert", "auditor", "administrator", "reza"])
def test_others_neither_ask_for_a_review_nor_answer_it(world: World, who: str) -> None:
    complaint = world.responded()
    with pytest.raises(Refused):
        actions.ask_review(complaint, text=WHY, by=getattr(world, who))
    actions.ask_review(complaint, text=WHY, by=world.agent)
    with pytest.raises(Refused):
        actions.answer_review(complaint, result="stands", text="No.", by=getattr(world, who))
    assert complaint.reviews.get().closed_at is None
