"""Somebody else was quicker: what was typed is shown again, with what happened."""

import pytest

from demo.cast import Nursery
from safeguarding.concerns import actions
from safeguarding.concerns.actions import StepRef
from safeguarding.concerns.models import ReviewAction
from tests.people import signed_in

from .given import IMAGE, WELFARE, a_case, day, url
from .test_following_to_closure import begun

WORDS = "What she said to me at the gate this morning."


@pytest.mark.parametrize(("page", "step"), [("step", "tell-lead"), ("leave_out", "tell-manager")])
def test_a_step_that_another_has_settled(sunflowers: Nursery, page: str, step: str) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)
    run = case.runs.get()
    actions.add_entry(by=n.devi, case=case, text="Done.", step=StepRef(run, step))

    sent = {"text": WORDS, "reason": WORDS, "at": ""} | day()
    answer = signed_in(n.dana).post(url(n, page, case.pk, run.pk, step), sent)

    assert answer.status_code == 422
    assert WORDS in answer.content.decode()
    assert "already settled" in answer.content.decode()


def test_a_technical_step_that_a_lead_has_settled(sunflowers: Nursery) -> None:
    n = sunflowers
    walker = begun(n, "filtering-breach")
    ref = StepRef(walker.run, "block-now")
    actions.record_details(
        by=n.dana, case=walker.case, kind="containment", text="x", details=[], step=ref
    )
    page = url(n, "technical_step", walker.run.pk, "block-now")
    assert WORDS in signed_in(n.tariq).post(page, {"text": WORDS}).content.decode()


def test_a_case_in_which_a_step_opened_again_and_an_action_that_is_done(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    walker = begun(n, WELFARE)
    page = url(n, "close", walker.case.pk)
    assert WORDS in signed_in(n.dana).post(page, {"outcome": WORDS}).content.decode()

    walker.walk(leaving_out=True)
    action = ReviewAction.objects.filter(entry__case=walker.case).first()
    assert action is not None
    actions.complete_action(by=n.dana, action=action, note="Done.")
    said = {"note": WORDS}
    assert WORDS in signed_in(n.dana).post(url(n, "action", action.pk), said).content.decode()


@pytest.mark.parametrize(
    ("page", "step", "says"),
    [
        ("step", "delete", "This step is locked"),
        ("leave_out", "delete", "This step cannot be left out"),
        ("close", "", "This case cannot be closed yet"),
    ],
)
def test_what_cannot_be_done_yet_says_so_also_where_something_is_missing(
    sunflowers: Nursery, page: str, step: str, says: str
) -> None:
    n = sunflowers
    walker = begun(n, IMAGE)
    where = [walker.case.pk, walker.run.pk, step] if step else [walker.case.pk]
    answer = signed_in(n.dana).post(url(n, page, *where), {"text": WORDS})

    assert answer.status_code == 422
    assert says in answer.content.decode()
