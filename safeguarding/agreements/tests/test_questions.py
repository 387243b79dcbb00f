"""Questions before signing are written anew as a version; what was answered before stays."""

import pytest
from django.core.exceptions import PermissionDenied

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.agreements import actions
from safeguarding.agreements.audiences import Audience, Question
from safeguarding.agreements.models import Agreement, Signature
from tests.budget import MOST, queries_of
from tests.people import signed_in

from .given import in_force, sign

PAGE = "/at/sunflowers/agreements/versions/staff/questions/"
NEW = {
    "ask_2": "Where does your telephone stay?",
    "right_2": "In the locker",
    "wrong_2": "In my pocket\nOn the shelf",
    "why_2": "Nobody has to wonder who took a picture.",
}


def as_asked(agreement: Agreement) -> dict[str, str]:
    """What the boxes hold before anybody changes them."""
    typed: dict[str, str] = {}
    for number, one in enumerate(agreement.asked):
        wrong = [text for place, text in enumerate(one.choices) if place != one.right]
        typed |= {f"ask_{number}": one.ask, f"right_{number}": one.choices[one.right]}
        typed |= {f"wrong_{number}": "\n".join(wrong), f"why_{number}": one.why}
    return typed


def test_a_question_more_makes_a_version_and_the_old_answers_stay(sunflowers: Nursery) -> None:
    n = sunflowers
    before = in_force(n)
    sign(before, n.dana, n.priya)
    client = signed_in(n.dana)
    sent = client.post(PAGE, as_asked(before) | NEW)
    assert sent.status_code == 302
    after = Agreement.objects.get(number=2)

    assert after.asked[:2] == before.asked
    assert after.asked[2].choices[after.asked[2].right] == "In the locker"
    assert sorted(after.asked[2].choices) == ["In my pocket", "In the locker", "On the shelf"]
    assert (after.parts, after.digest) == (before.parts, before.digest)
    assert {one.agreement for one in Signature.objects.all()} == {before}
    assert not after.is_published
    assert len(queries_of(client, PAGE)) <= MOST


def test_half_a_question_is_not_kept_and_an_empty_one_is_left_out(sunflowers: Nursery) -> None:
    n = sunflowers
    before = in_force(n)
    sign(before, n.dana)
    typed = as_asked(before)
    client = signed_in(n.dana)
    half = client.post(PAGE, typed | NEW | {"why_2": "", "wrong_2": "In the locker"})
    assert half.status_code == 422
    assert b"Write what is asked" in client.post(PAGE, typed | NEW | {"ask_2": "?"}).content
    assert b"Write why it is so" in half.content
    assert b"stands among the others" in half.content
    assert Agreement.objects.count() == 1

    client.post(PAGE, {name: words for name, words in typed.items() if name.endswith("_0")})

    assert len(Agreement.objects.get(number=2).asked) == 1


def test_the_same_questions_make_no_version_and_only_who_writes_changes_them(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    before = in_force(n)
    with pytest.raises(RuleBroken, match="already"):
        actions.write_questions(by=n.dana, audience=Audience.STAFF, questions=before.asked)
    more = (*before.asked, Question(ask="Why?", choices=("No", "Yes"), right=0, why="So it is."))
    with pytest.raises(PermissionDenied):
        actions.write_questions(by=n.priya, audience=Audience.STAFF, questions=more)


def test_they_begin_with_our_wording_where_no_version_is_written(sunflowers: Nursery) -> None:
    client = signed_in(sunflowers.dana)
    page = PAGE.replace("staff", "committee")
    assert b"comes with Hedgerow" in client.get(page).content
    client.post(page, {name.replace("_2", "_0"): words for name, words in NEW.items()})

    written = Agreement.objects.get()
    assert (written.audience, written.number, len(written.asked)) == ("committee", 1, 1)
