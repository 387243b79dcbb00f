"""A run keeps the procedure as it was when it began, whatever the file says later."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.audit.models import Entry as Line
from safeguarding.people.models import Member
from safeguarding.procedures import actions, library
from safeguarding.procedures.library import definitions, digest
from safeguarding.procedures.models import Outcome, Run

AWARE = datetime(2026, 11, 20, 9, tzinfo=UTC)


def begun(by: Member, name: str = "welfare-concern", facts: tuple[str, ...] = ()) -> Run:
    return actions.start_run(
        by=by,
        leads=True,
        subject_id=uuid4(),
        definition=definitions()[name],
        facts=facts,
        aware_at=AWARE,
    )


def test_a_run_keeps_its_definition_word_for_word_with_its_hash(sunflowers: Nursery) -> None:
    for name, definition in definitions().items():
        run = Run.objects.get(pk=begun(sunflowers.dana, name).pk)

        assert run.definition == definition
        assert run.digest == digest(definition) == digest(run.definition)
        assert (run.version, run.title) == (definition.version, definition.title)
        assert Line.objects.get(subject_id=run.pk).details["digest"] == run.digest


def test_a_later_change_of_the_file_changes_nothing_in_a_run(
    sunflowers: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = begun(sunflowers.dana)
    old = definitions()["welfare-concern"]
    first = old.steps[0].model_copy(update={"id": "ring-me", "do": "Ring me instead."})
    new = old.model_copy(update={"version": 2, "steps": (first, *old.steps[1:])})
    changed = {**definitions(), "welfare-concern": new}
    monkeypatch.setattr(library, "definitions", lambda: changed)
    monkeypatch.setattr("safeguarding.procedures.tests.test_runs.definitions", lambda: changed)

    same = Run.objects.get(pk=run.pk)
    assert same.definition == old
    assert [state.step.id for state in same.states()] == [step.id for step in old.steps]
    assert begun(sunflowers.dana).states()[0].step.id == "ring-me"
    actions.complete_step(by=sunflowers.dana, leads=True, run=same, step_id="tell-lead")


def test_a_procedure_runs_once_on_one_thing(sunflowers: Nursery) -> None:
    run = begun(sunflowers.dana)

    with pytest.raises(RuleBroken, match="already under way"):
        actions.start_run(
            by=sunflowers.devi,
            leads=True,
            subject_id=run.subject_id,
            definition=run.definition,
            facts=[],
            aware_at=AWARE,
        )


@pytest.mark.parametrize("who", ["dana", "priya", "pat"])
def test_only_somebody_who_leads_starts_one(sunflowers: Nursery, who: str) -> None:
    with pytest.raises(PermissionDenied):
        actions.start_run(
            by=sunflowers.people[who],
            leads=who == "pat",  # a parent leads nothing, whatever the caller says
            subject_id=uuid4(),
            definition=definitions()["welfare-concern"],
            facts=[],
            aware_at=AWARE,
        )


@pytest.mark.parametrize(
    ("step", "allowed"),
    [
        ("tell-lead", {"dana", "devi", "morgan", "wren", "cleo", "omar", "priya", "sam", "tariq"}),
        ("decide", set()),
        ("tell-police", {"dana", "devi", "morgan", "wren"}),
    ],
)
def test_a_step_is_recorded_by_those_it_names(
    sunflowers: Nursery, step: str, allowed: set[str]
) -> None:
    done = set()
    for name, member in sunflowers.people.items():
        run = begun(sunflowers.dana)
        answers = {question.id: True for question in run.definition.questions}
        asked = run.definition.by_id["first-facts"].asks
        actions.answer_questions(
            by=sunflowers.dana,
            leads=True,
            run=run,
            step_id="first-facts",
            answers={one: answers[one] for one in asked},
        )
        try:
            actions.complete_step(by=member, leads=False, run=run, step_id=step)
            done.add(name)
        except PermissionDenied:
            assert not Outcome.objects.filter(run=run, step=step).exists()

    assert done == allowed


def test_a_step_is_settled_once_unless_it_repeats(sunflowers: Nursery) -> None:
    n = sunflowers
    run = begun(n.dana, "child-sexual-exploitation")
    for _ in range(2):
        actions.complete_step(by=n.dana, leads=True, run=run, step_id="tell-police")
    actions.complete_step(by=n.dana, leads=True, run=run, step_id="tell-lead")

    with pytest.raises(RuleBroken, match="already settled"):
        actions.complete_step(by=n.dana, leads=True, run=run, step_id="tell-lead")
    assert Outcome.objects.filter(run=run, step="tell-police").count() == 2


def test_a_step_that_is_none_cannot_be_recorded(sunflowers: Nursery) -> None:
    with pytest.raises(RuleBroken, match="no such step"):
        actions.complete_step(
            by=sunflowers.dana, leads=True, run=begun(sunflowers.dana), step_id="tell-nobody"
        )


def test_the_database_keeps_no_step_left_out_without_a_reason(sunflowers: Nursery) -> None:
    run = begun(sunflowers.dana)
    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.create(
            number=1,
            setting=run.setting,
            run=run,
            step="refer",
            how="decided_against",
            settled_by=sunflowers.dana,
        )


def test_the_newest_answer_counts_also_when_the_clock_was_put_back(sunflowers: Nursery) -> None:
    run = begun(sunflowers.dana)
    asked = run.definition.by_id["first-facts"].asks

    def answer(says: str) -> None:
        said = dict.fromkeys(asked, says == "yes")
        actions.answer_questions(
            by=sunflowers.dana, leads=True, run=run, step_id="first-facts", answers=said
        )

    answer("yes")
    with time_machine.travel(timezone.now() - timedelta(hours=2), tick=True):
        answer("no")
    state = Run.objects.get(pk=run.pk).state("tell-police")
    assert state is not None
    assert state.need == "not_needed"
