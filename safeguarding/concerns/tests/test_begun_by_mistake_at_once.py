"""A procedure is set aside in the moment in which somebody works in it: one of the two is refused."""

import pytest

from demo.cast import open_nursery
from foundation.errors import RuleBroken
from safeguarding.approvals.actions import approve
from safeguarding.concerns import actions
from safeguarding.concerns.actions import StepRef
from safeguarding.concerns.models import Entry
from safeguarding.procedures.models import Run
from tests.at_once import in_the_moment_of

from .given import WELFARE, filed, opened

FILTER = "filtering-breach"
pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def test_a_step_that_is_done_while_the_yes_comes_keeps_it() -> None:
    n = open_nursery("Sunflowers")
    case = opened(n.dana, filed(n.priya), procedures=[WELFARE, FILTER])
    run = case.runs.get(definition_id=FILTER)
    technical = next(one.step for one in run.states() if one.step.by == "technical")
    asked = actions.ask_to_set_aside(by=n.dana, case=case, run=run, reason="A slip.")

    with in_the_moment_of(lambda: approve(by=n.devi, approval=asked, seen=asked.digest)) as met:
        actions.confirm_technical_step(by=n.tariq, step=StepRef(run, technical.id), text="Blocked.")

    assert [type(one) for one in met] == [RuleBroken]
    assert not Run.objects.get(pk=run.pk).set_aside
    assert not Entry.objects.filter(case=case, kind="set_aside").exists()


def test_a_step_that_is_done_in_the_moment_of_the_yes_is_refused() -> None:
    n = open_nursery("Sunflowers")
    case = opened(n.dana, filed(n.priya), procedures=[WELFARE, FILTER])
    run = case.runs.get(definition_id=FILTER)
    technical = next(one.step for one in run.states() if one.step.by == "technical")
    step = StepRef(run, technical.id)
    asked = actions.ask_to_set_aside(by=n.dana, case=case, run=run, reason="A slip.")

    def block() -> None:
        actions.confirm_technical_step(by=n.tariq, step=step, text="Blocked.")

    with in_the_moment_of(block) as met:
        approve(by=n.devi, approval=asked, seen=asked.digest)

    assert [type(one) for one in met] == [RuleBroken]
    assert not case.entries.filter(outcome__step=technical.id).exists()


def test_of_two_procedures_set_aside_at_once_one_is_left() -> None:
    n = open_nursery("Sunflowers")
    case = opened(n.dana, filed(n.priya), procedures=[WELFARE, FILTER])
    runs = list(case.runs)
    first, second = (
        actions.ask_to_set_aside(by=n.dana, case=case, run=one, reason="A slip.") for one in runs
    )
    with in_the_moment_of(lambda: approve(by=n.devi, approval=second, seen=second.digest)) as met:
        approve(by=n.devi, approval=first, seen=first.digest)

    assert [type(one) for one in met] == [RuleBroken]
    assert [one.set_aside is None for one in case.runs] == [False, True]
