"""Ending the work on a case, taking it up again, and finishing what a review asked for."""

from django.db import transaction

from foundation.errors import RuleBroken
from safeguarding.audit.trail import record
from safeguarding.concerns.models import ActionDone, Case, Closure, Entry, Reopening, ReviewAction
from safeguarding.concerns.permissions import may_complete_action, may_decide_on
from safeguarding.notifications.clocks import stop_clocks
from safeguarding.people.models import Member
from safeguarding.people.permissions import require

from ._writing import write_entry


@transaction.atomic
def close_case(*, by: Member, case: Case, outcome: str) -> Closure:
    """Close a case, once every procedure on it allows it. Review actions keep their clocks."""
    require(may_decide_on, by, case)
    case = Case.objects.select_for_update().get(pk=case.pk)  # as it is now, not as it was shown
    write_entry(case, Entry.Kind.CLOSED, by=by, text=outcome)
    closure = case.close(by=by, outcome=outcome)
    record("case.closed", case, by=by)
    return closure


@transaction.atomic
def reopen_case(*, by: Member, case: Case, reason: str) -> Reopening:
    """Take up a closed case again."""
    require(may_decide_on, by, case)
    case = Case.objects.select_for_update().get(
        pk=case.pk
    )  # of two at once, one is told: it is open
    closure = case.closures.filter(reopening__isnull=True).first()
    if closure is None:
        raise RuleBroken("This case is open.")
    reopening = Reopening.objects.create(
        setting=case.setting, closure=closure, reopened_by=by, reason=reason
    )
    write_entry(case, Entry.Kind.REOPENED, by=by, text=reason)
    record("case.reopened", case, by=by)
    return reopening


@transaction.atomic
def complete_action(*, by: Member, action: ReviewAction, note: str) -> ActionDone:
    """Say that a review action is done, and what came of it."""
    require(may_complete_action, by, action)
    if hasattr(action, "done"):
        raise RuleBroken("This action is already done.")
    done = ActionDone.objects.create(setting=action.setting, action=action, done_by=by, note=note)
    stop_clocks(
        setting_id=action.setting_id, subject_id=action.entry.case_id, key=f"action/{action.pk}"
    )
    record("action.done", action, by=by)
    return done
