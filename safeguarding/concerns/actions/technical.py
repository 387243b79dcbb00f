"""What technical staff do for a case they know nothing of."""

from collections.abc import Mapping
from functools import partial

from django.db import transaction

from foundation.errors import RuleBroken
from safeguarding.audit.trail import record
from safeguarding.concerns.models import Case, Entry
from safeguarding.concerns.permissions import may_do_technical_step
from safeguarding.people.models import Member
from safeguarding.people.permissions import require
from safeguarding.procedures.actions import answer_questions, complete_step

from ._writing import StepRef, write_entry


@transaction.atomic
def confirm_technical_step(
    *, by: Member, step: StepRef, text: str, answers: Mapping[str, bool] | None = None
) -> Entry:
    """Confirm a technical step, such as blocking access, without seeing the case (OSP-11-IMG-07)."""
    require(may_do_technical_step, by, step.run, step.step_id)
    case = Case.objects.get(pk=step.run.subject_id, setting=by.setting_id)
    given = dict(answers or {})
    asked = {question.id: question.ask for question in step.run.definition.questions}
    if not set(given) <= set(asked):
        raise RuleBroken("That is not a question of this step.")
    said = [(asked[one], "Yes" if yes else "No") for one, yes in given.items()]
    answer = partial(answer_questions, answers=given) if given else complete_step
    entry = write_entry(
        case,
        Entry.Kind(step.run.definition.by_id[step.step_id].records),
        by=by,
        text=text,
        details=[("Who did it", by.display_name), *said],
        step=step,
        settle=lambda: answer(by=by, leads=False, run=step.run, step_id=step.step_id),
    )
    record("run.technical_step_done", step.run, by=by, step=step.step_id)
    return entry
