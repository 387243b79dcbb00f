"""Writing down an evaluation, putting something on the action plan, and seeing to it."""

from collections.abc import Sequence
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from foundation.errors import RuleBroken
from safeguarding.audit.trail import System, record
from safeguarding.law.calendar import LONDON
from safeguarding.notifications.clocks import Due, start_clock, stop_clocks
from safeguarding.notifications.models import Clock
from safeguarding.notifications.outbox import notify
from safeguarding.people.models import Member
from safeguarding.people.permissions import require
from safeguarding.people.roles import Role

from .models import Evaluation, Improvement, ImprovementDone
from .permissions import may_do, may_keep_plan

KIND = "improvement"
AGREED = "The day that was agreed for it on the action plan"
Wanted = tuple[str, Member, date]  # what, who, by when


@transaction.atomic
def write_evaluation(
    *, by: Member, held_on: date, looked_at: str, strong: str, improvements: Sequence[Wanted] = ()
) -> Evaluation:
    """Put on record that practice was looked at, what is strong, and what goes onto the action plan."""
    require(may_keep_plan, by)
    if held_on > timezone.localdate():
        raise RuleBroken("Choose the day on which you looked. It cannot be in the future.")
    evaluation = Evaluation.objects.create(
        setting=by.setting, held_on=held_on, looked_at=looked_at, strong=strong, written_by=by
    )
    for wanted in improvements:
        _plan(by, wanted, evaluation)
    record("evaluation.written", evaluation, by=by, improvements=len(improvements))
    return evaluation


@transaction.atomic
def plan_improvement(*, by: Member, text: str, owner: Member, due_on: date) -> Improvement:
    """Put something that came up onto the action plan."""
    require(may_keep_plan, by)
    improvement = _plan(by, (text, owner, due_on))
    record("improvement.planned", improvement, by=by, due_on=str(due_on))
    return improvement


@transaction.atomic
def finish_improvement(
    *, by: Member, improvement: Improvement, note: str, left_out: bool = False
) -> ImprovementDone:
    """Say that it is done, and what came of it; or, who keeps the plan, take it off and say why."""
    require(may_do, by, improvement)
    if left_out:
        require(may_keep_plan, by)
    # The second of two waits here.
    Improvement.objects.select_for_update(no_key=True).get(pk=improvement.pk)
    if ImprovementDone.objects.filter(improvement=improvement).exists():
        raise RuleBroken("This is done already, or off the plan. Look at the page again.")
    done = ImprovementDone.objects.create(
        setting=by.setting, improvement=improvement, left_out=left_out, note=note, done_by=by
    )
    stop_clocks(setting_id=by.setting_id, subject_id=improvement.pk)
    record("improvement.done", improvement, by=by, left_out=left_out)
    return done


@transaction.atomic
def escalate_improvement(*, by: System, clock: Clock) -> list[Member] | None:
    """Something on the plan is late: whoever does it hears again, then the lead and the manager."""
    over = clock.setting.holding([Role.LEAD, Role.MANAGER], timezone.localdate())
    rungs = [[clock.owner], [one for one in over if one.pk != clock.owner_id]]
    if clock.rung >= len(rungs):
        return None
    told = rungs[clock.rung]
    notify("improvement_late", told, subject_id=clock.pk, path=clock.path)
    record("clock.missed", clock, by=by, rung=clock.rung, told=len(told))
    return told


def _plan(by: Member, wanted: Wanted, evaluation: Evaluation | None = None) -> Improvement:
    text, owner, due_on = wanted
    if owner.setting_id != by.setting_id:
        raise RuleBroken("Choose somebody who works here.")
    if due_on < timezone.localdate():
        raise RuleBroken("The day by which it is to be done is over. Choose one to come.")
    improvement = Improvement.objects.create(
        setting=by.setting,
        evaluation=evaluation,
        text=text,
        owner=owner,
        due_on=due_on,
        planned_by=by,
    )
    start_clock(
        owner=owner,
        subject=(KIND, improvement.pk),
        key="do",
        text="Something on the action plan is yours to do",
        path=by.setting.link_to("governance:improvement", improvement.pk),
        started_at=improvement.created_at,
        due=Due(datetime.combine(due_on, time(17), LONDON), rule_text=AGREED),
    )
    return improvement
