"""Saying of a case that it is about no picture: one asks, and it is so once another has said yes."""

from django.db import transaction

from foundation.errors import RuleBroken
from safeguarding.approvals.actions import ask
from safeguarding.approvals.kinds import Arguments
from safeguarding.approvals.models import Approval
from safeguarding.approvals.spending import spend
from safeguarding.audit.trail import record
from safeguarding.concerns import seals
from safeguarding.concerns.deadlines import those_who_lead
from safeguarding.concerns.mistaken import why_about_a_picture
from safeguarding.concerns.models import Case, Entry
from safeguarding.concerns.models.guarding import about_no_picture
from safeguarding.concerns.permissions import may_decide_on
from safeguarding.notifications.outbox import notify
from safeguarding.people.models import Member
from safeguarding.people.permissions import require

from ._writing import write_entry

SAID_ALREADY = (
    "Two people have said already that this case is about no picture. Nothing was changed."
)


@transaction.atomic
def ask_to_say_no_picture(*, by: Member, case: Case, reason: str) -> Approval:
    """Ask to say that a case guarded as one about a picture is about none. A second person says yes (R23)."""
    require(may_decide_on, by, case)
    case = _held(case)
    if not reason.strip():
        raise RuleBroken("Say why it is about no picture. The reason is part of the record.")
    seals.ready(case, by)
    approval = ask(
        by=by,
        kind="say_no_picture",
        arguments=_exactly(case, reason),
        about_id=case.pk,
        sealed_with=case.text_key(),
    )
    record("case.none_needed_asked", case, by=by, approval=str(approval.pk))
    return approval


@transaction.atomic
def say_no_picture(*, by: Member, case: Case, reason: str, approval: Approval) -> Entry:
    """Say that a case is about no picture, as a second person said yes to: it may close without a procedure.

    The others who lead the case are told. Any of them can say, alone, that this was in error.
    """
    require(may_decide_on, by, case)
    case = _held(case)
    spend(approval, by=by, kind="say_no_picture", arguments=_exactly(case, reason))
    second = approval.answer.answered_by
    entry = write_entry(
        case,
        Entry.Kind.NO_PICTURE,
        by=by,
        text=f"This case is about no picture, so no procedure for pictures is needed. {reason}",
        details=[("Second person", second.display_name)],
    )
    path = case.setting.link_to("concerns:chronology", case.pk)
    others = [one for one in those_who_lead(case) if one.pk not in {by.pk, second.pk}]
    notify("none_needed", others, subject_id=entry.pk, path=path, about_id=case.pk)
    record("case.none_needed", case, by=by, content=entry)
    return entry


def _held(case: Case) -> Case:
    """The case as it is now; no report comes in, and nothing is written on it, before this is on record."""
    locked = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    if why_not := SAID_ALREADY if about_no_picture(locked) else why_about_a_picture(locked):
        raise RuleBroken(why_not)
    return locked


def _exactly(case: Case, reason: str) -> Arguments:
    """What is agreed to: of the case with the reports that it has until then."""
    reports = case.gathered.order_by("created_at", "pk").values_list("concern_id", flat=True)
    return {"case": str(case.pk), "reason": reason, "reports": [str(pk) for pk in reports]}
