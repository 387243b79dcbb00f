"""Setting aside a procedure that was begun by mistake: one asks, and it is so once another has said yes."""

from functools import partial

from django.db import transaction

from foundation.errors import RuleBroken
from safeguarding.approvals.actions import ask
from safeguarding.approvals.kinds import Arguments
from safeguarding.approvals.models import Approval
from safeguarding.approvals.spending import spend
from safeguarding.audit.trail import record
from safeguarding.concerns import seals
from safeguarding.concerns.deadlines import those_who_lead
from safeguarding.concerns.mistaken import why_kept
from safeguarding.concerns.models import Case, Entry
from safeguarding.concerns.permissions import may_decide_on
from safeguarding.notifications.outbox import notify
from safeguarding.people.models import Member
from safeguarding.people.permissions import require
from safeguarding.procedures.actions import set_run_aside
from safeguarding.procedures.models import Outcome, Run

from ._writing import follow, write_entry


@transaction.atomic
def ask_to_set_aside(*, by: Member, case: Case, run: Run, reason: str) -> Approval:
    """Ask to set aside a procedure that was begun by mistake. A second person says yes (R23)."""
    require(may_decide_on, by, case)
    case = _held(case, run)
    if not reason.strip():
        raise RuleBroken("Say why it was begun by mistake. The reason is part of the record.")
    seals.ready(case, by)
    approval = ask(
        by=by,
        kind="set_aside_procedure",
        arguments=_exactly(run, reason),
        about_id=case.pk,
        sealed_with=case.text_key(),
    )
    record("case.setting_aside_asked", case, by=by, approval=str(approval.pk))
    return approval


@transaction.atomic
def set_aside_procedure(
    *, by: Member, case: Case, run: Run, reason: str, approval: Approval
) -> Entry:
    """Set aside a procedure that was begun by mistake, as a second person said yes to. Its clocks stop.

    The others who lead the case are told. It can be taken up again by any of them, alone.
    """
    require(may_decide_on, by, case)
    case = _held(case, run)
    said = _exactly(run, reason)
    spend(approval, by=by, kind="set_aside_procedure", arguments=said)
    second = approval.answer.answered_by
    entry = write_entry(
        case,
        Entry.Kind.SET_ASIDE,
        by=by,
        text=f"“{run.title}” was set aside: it was begun by mistake. {reason}",
        details=[("Second person", second.display_name)],
        settle=partial(set_run_aside, by=by, leads=True, run=run, reason=reason),
    )
    follow(case, run)
    path = case.setting.link_to("concerns:chronology", case.pk)
    others = [one for one in those_who_lead(case) if one.pk not in {by.pk, second.pk}]
    notify("procedure_set_aside", others, subject_id=entry.pk, path=path, about_id=case.pk)
    record("case.procedure_set_aside", case, by=by, content=entry, definition=run.definition_id)
    return entry


def _held(case: Case, run: Run) -> Case:
    """The case as it is now; nobody settles a step of the procedure before this is on record or refused."""
    locked = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    if run.subject_id != locked.pk:
        raise RuleBroken("This procedure belongs to another case. Nothing was changed.")
    Run.objects.select_for_update(no_key=True).get(pk=run.pk)
    if why_not := why_kept(locked, run):
        raise RuleBroken(why_not)
    return locked


def _exactly(run: Run, reason: str) -> Arguments:
    """What is agreed to: with what was answered or left out in it until then."""
    settled = Outcome.objects.standing().filter(run=run).order_by("number")
    so_far = [str(pk) for pk in settled.values_list("pk", flat=True)]
    return {"run": str(run.pk), "reason": reason, "settled": so_far}
