"""A report that was gathered into the wrong case is taken out of it, and waits anew for a decision."""

from django.db import transaction

from foundation.errors import RuleBroken
from safeguarding.audit.trail import record
from safeguarding.concerns.deadlines import those_who_lead
from safeguarding.concerns.leaving import why_it_stays
from safeguarding.concerns.models import (
    Case,
    Concern,
    Entry,
    Gathered,
    Involvement,
    NotTakenForward,
    TakenOut,
    Undecided,
)
from safeguarding.concerns.permissions import may_decide_on, may_read_concern, may_triage
from safeguarding.notifications.outbox import notify, say_again
from safeguarding.people.models import Member
from safeguarding.people.permissions import require

from ._before import close_links, say_that_it_left, those_kept_out
from ._leading import take_off_the_list
from ._telling import wait_anew


@transaction.atomic
def take_out(*, by: Member, concern: Concern, case: Case, reasons: str) -> TakenOut:
    """Take a report out of a case it does not belong in. It waits anew; who leads the case hears of it."""
    require(may_triage, by, concern)
    require(may_decide_on, by, case)
    # As they are now, not as they were shown, and in the order in which `gather` takes them.
    concern = Concern.objects.select_for_update(no_key=True).get(pk=concern.pk)
    case = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    require(may_triage, by.as_of_now(), concern)  # a tie may have begun to count while they waited
    if said := why_it_stays(concern, case):
        raise RuleBroken(said)
    take_off_the_list(case, by)  # whoever it shut out does not come back onto the list by this
    leading, kept_out = those_who_lead(case), those_kept_out(case)
    taken = _taken(concern, case, by, reasons)
    say_that_it_left(taken)
    _let_wait(taken)
    back = kept_out - those_kept_out(case)
    close_links(taken, back)
    ids = ",".join(sorted(str(one) for one in back))
    record("concern.taken_out", concern, by=by, content=taken, case=str(case.pk), no_longer=ids)
    _tell(taken, {one for one in leading if one.pk != by.pk})
    return taken


def _taken(concern: Concern, case: Case, by: Member, reasons: str) -> TakenOut:
    gathered = Gathered.objects.get(concern=concern, case=case)
    taken = TakenOut.objects.create(
        setting=case.setting,
        concern=concern,
        case=case,
        gathered_by=gathered.gathered_by,
        gathered_at=gathered.created_at,
        taken_out_by=by,
        reasons=reasons,
    )
    gathered.delete()
    Entry.objects.standing().filter(case=case, of_report=concern).update(left_with=taken)
    return taken


def _let_wait(taken: TakenOut) -> None:
    """As it waited when it came: what was decided or said of it for that case holds for that case."""
    concern = taken.concern
    NotTakenForward.objects.filter(concern=concern).update(concern=None, before=concern)
    mistaken = Involvement.objects.filter(concern=concern, in_error=True)
    mistaken.filter(said_in_error__isnull=True).update(in_error=False)
    Undecided.objects.create(
        setting=concern.setting, concern=concern, created_at=concern.created_at
    )
    # Once told of a report is told for good: of this time, people are told as of the first.
    say_again(["report_acted_on", "report_undecided"], of=concern.pk, instead=taken.pk)
    wait_anew(concern, taken.taken_out_by)


def _tell(taken: TakenOut, leading: set[Member]) -> None:
    """Those who led the case with the report, and those who were told of it. Nobody whom it kept out."""
    concern, case, by = taken.concern, taken.case, taken.taken_out_by
    notify("report_taken_out", leading, subject_id=taken.pk, path=case.path, about_id=case.pk)
    rows = concern.recipients.select_related("member__user", "member__setting")
    others = {row.member for row in rows if may_read_concern(row.member, concern)} - leading - {by}
    path = concern.get_absolute_url()
    urgent, about = concern.in_danger_now, concern.pk
    notify(
        "report_waits_anew", others, subject_id=taken.pk, path=path, urgent=urgent, about_id=about
    )
