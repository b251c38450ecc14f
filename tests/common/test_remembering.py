"""Remembering: once within a block, anew outside of it, and never longer than it is true."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from shenava.common.remembering import forget, once, remembering
from shenava.people.models import Organisation
from tests.world import World


class Counted:
    """A question that counts how often it was asked."""

    def __init__(self, answer: object) -> None:
        self.answer, self.asked = answer, 0

    def __call__(self) -> object:
        self.asked += 1
        return self.answer


def test_within_a_block_and_the_blocks_in_it_one_asks_once() -> None:
    question = Counted("yes")
    assert [once(question), once(question), question.asked] == ["yes", "yes", 2]
    with remembering():
        with remembering():
            assert once(question) == "yes"
        assert [once(question), question.asked] == ["yes", 3]
        forget()
        assert [once(question), question.asked] == ["yes", 4]
    assert [once(question), question.asked] == ["yes", 5]


def test_that_there_is_nothing_is_not_remembered() -> None:
    question = Counted(None)
    with remembering():
        assert [once(question), once(question), question.asked] == [None, None, 2]


def test_what_is_changed_is_read_anew(world: World) -> None:
    with remembering(), CaptureQueriesContext(connection) as asked:
        known = Organisation.current()
        assert known is Organisation.current()
        assert len(asked) == 2  # what was changed last, and the organisation
        other = Organisation.objects.get()
        other.name = "Arman Service"
        other.save()
        assert str(Organisation.current()) == "Arman Service"
