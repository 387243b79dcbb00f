"""Training, agreements, reviews and words on duties stand in a calendar, in general words; cases never."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.notifications.calendar.entries import entries_of
from safeguarding.notifications.clocks import Due, Owed, start_clocks

TYPED = "zqtyped of Kit"


def owed(n: Nursery, kind: str) -> None:
    due = Due(timezone.now() + timedelta(days=3))
    path = n.setting.link_to("today:today")
    start_clocks([Owed(n.dana, (kind, uuid4()), "key", TYPED, path, timezone.now(), due)])


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("training", "Some training is due"),
        ("agreement", "There is something to read and sign"),
        ("access", "Something is to be switched off"),
        ("duties", "Your word on a duty is wanted"),
        ("policy_review", "Something in the review of a policy is due"),
    ],
)
def test_what_is_due_stands_there_in_our_own_words(
    sunflowers: Nursery, kind: str, words: str
) -> None:
    owed(sunflowers, kind)

    assert [one.words for one in entries_of(sunflowers.dana)] == [words]


@pytest.mark.parametrize("kind", ["case", "concern", "custody"])
def test_what_is_due_on_a_case_never_does(sunflowers: Nursery, kind: str) -> None:
    owed(sunflowers, kind)

    assert entries_of(sunflowers.dana) == []
