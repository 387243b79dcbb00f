"""What people without an account think: by the code of a letter, with nothing of who they are."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.notifications.models import Notification
from safeguarding.policies.models import Policy
from safeguarding.policies.reviews import actions
from safeguarding.policies.reviews.models import Review, ReviewTask, Voice, WayIn
from tests.budget import MOST, queries_of
from tests.people import signed_in
from tests.standing import built_once

from .given import all_done, ended, opened, task_of

SAID = "We would like to know which games the tablets have."


@built_once
def way(sunflowers: Nursery, policy: Policy) -> WayIn:
    return actions.make_way_in(by=sunflowers.dana, review=opened(sunflowers, policy))


def address(way: WayIn, code: str = "") -> str:
    return way.setting.link_to("policies:say_by_letter", code or way.code)


def send(way: WayIn, client: Client | None = None, **said: Any) -> HttpResponse:
    form = {"key": str(uuid4()), "whose": "parent", "text": SAID} | said
    return (client or Client()).post(address(way), form)  # type: ignore[return-value]


def test_anybody_with_the_code_says_what_they_think_and_nothing_says_who(
    sunflowers: Nursery, way: WayIn
) -> None:
    n, stranger = sunflowers, Client(REMOTE_ADDR="203.0.113.77")
    assert len(queries_of(stranger, address(way))) <= MOST
    page = stranger.get(address(way, way.code.lower().replace("-", "")))
    assert "Tablets stay in the room." in page.content.decode()
    assert "sessionid" not in page.cookies
    assert send(way, stranger, whose="children").status_code == 200

    [voice] = Voice.objects.filter(way_in=way)
    assert (voice.text, voice.whose, voice.how) == (SAID, "children", "letter")
    assert (voice.written_by, voice.shown_from) == (None, None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM policies_voice WHERE way_in_id IS NOT NULL")
        assert SAID not in str(cursor.fetchone())
    told = Notification.objects.filter(kind="review_letter")
    assert {one.recipient for one in told} == {n.dana, n.devi, n.morgan, n.wren}
    review = n.setting.link_to("policies:review", way.review_id)
    assert SAID in signed_in(n.wren).get(review).content.decode()
    assert SAID not in signed_in(n.priya).get(review).content.decode()


def test_the_same_form_twice_is_one_voice(sunflowers: Nursery, way: WayIn) -> None:
    client, key = Client(), str(uuid4())
    send(way, client, key=key)
    assert send(way, client, key=key).status_code == 200
    assert Voice.objects.count() == 1


def test_very_many_at_once_are_kept_shown_later_and_hold_nothing_up(
    sunflowers: Nursery, way: WayIn
) -> None:
    n, client = sunflowers, Client(REMOTE_ADDR="203.0.113.9")
    assert {send(way, client, text=f"Number {one}").status_code for one in range(7)} == {200}
    trapped = send(way, Client(), website="https://buy.example")
    assert trapped.status_code == 200

    assert Voice.objects.filter(may_be_abuse=True).count() == 3
    assert Voice.objects.readable_by(n.dana).count() == 5
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        shown = list(Voice.objects.readable_by(n.dana).listed())
        assert [one.may_be_abuse for one in shown] == [False] * 5 + [True] * 3
        assert [one.needs_answer for one in shown] == [True] * 5 + [False] * 3


def test_the_code_ends_with_the_review_and_what_was_typed_is_not_lost(
    sunflowers: Nursery, way: WayIn
) -> None:
    n, review = sunflowers, Review.objects.get(pk=way.review_id)
    all_done(n, review)
    ended(n, review)
    late = send(way).content.decode()

    assert "was not sent" in late
    assert SAID in late
    assert not Voice.objects.exists()


def test_a_closed_code_and_a_wrong_one_open_nothing(sunflowers: Nursery, way: WayIn) -> None:
    n, stranger = sunflowers, Client(REMOTE_ADDR="203.0.113.5")
    closing = signed_in(n.morgan)
    letter = n.setting.link_to("policies:review_letter", way.review_id)
    assert way.code in closing.get(letter).content.decode()
    closing.post(letter, {"close": "1"})
    assert "Nobody is asked" in stranger.get(address(way)).content.decode()
    wrong = address(way, "2222-2222")
    answers = [stranger.get(wrong).content.decode() for _ in range(21)]
    assert "has this code" in answers[0]
    assert "Wait ten minutes" in answers[-1]
    with pytest.raises(PermissionDenied):
        actions.make_way_in(by=n.priya, review=way.review)


def test_a_letter_counts_as_having_heard_parents(sunflowers: Nursery, way: WayIn) -> None:
    n, review = sunflowers, way.review
    send(way)
    actions.do_task(by=n.dana, task=task_of(review, ReviewTask.Kind.PARENTS), note="By letter.")
    printed = signed_in(n.dana).get(n.setting.link_to("policies:review_letter_to_print", review.pk))
    assert printed.content.startswith(b"%PDF")
    assert signed_in(n.priya).get(printed.request["PATH_INFO"]).status_code == 403


def find(way: WayIn, typed: str) -> HttpResponse:
    here = way.setting.link_to("policies:letter_code")
    return Client().post(here, {"code": typed}, follow=True)  # type: ignore[return-value]


@pytest.mark.parametrize("between", ["", "-", "/", " "])
def test_a_code_is_taken_however_it_was_typed(way: WayIn, between: str) -> None:
    page = find(way, f" {way.code.lower().replace('-', between)} ")

    assert "Tablets stay in the room." in page.content.decode()


@pytest.mark.parametrize("typed", ["///", "..", "%2f?x=1", "😀"])
def test_what_is_no_code_opens_nothing_and_is_answered(way: WayIn, typed: str) -> None:
    assert find(way, typed).status_code == 422
