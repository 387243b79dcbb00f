"""Keeping a case in hands: when somebody who led it is shut out, the next who may lead is let in (R11)."""

from django.utils import timezone

from safeguarding.concerns import routing
from safeguarding.concerns.deadlines import hand_over_clocks
from safeguarding.concerns.models import Case, NeedToKnow
from safeguarding.concerns.permissions import is_shut_out_of_case, may_lead
from safeguarding.notifications.outbox import notify
from safeguarding.people.models import Member


def who_leads(case: Case) -> set[Member]:
    """The people on the list who may decide on the case now."""
    listed = case.need_to_know.current(timezone.localdate()).select_related("member__setting")
    return {
        row.member
        for row in listed
        if may_lead(row.member, case) and not is_shut_out_of_case(row.member, case)
    }


def replace_who_went(case: Case, by: Member, before: set[Member]) -> None:
    """After somebody was named: for each leader shut out by it, the next is let in; clocks change hands."""
    after = who_leads(case)
    for _ in before - after:
        _let_in_the_next(case, by, after)
    hand_over_clocks(case)


def _let_in_the_next(case: Case, by: Member, leading: set[Member]) -> None:
    on = timezone.localdate()
    rungs = routing.ABOUT_AN_ADULT if case.record_class == "C3" else routing.USUAL
    for roles in rungs:
        for member in case.setting.holding(roles, on).with_roles(on):
            free = member not in leading and not is_shut_out_of_case(member, case)
            if free and may_lead(member, case):
                _let_in(case, by, member)
                leading.add(member)
                return


def _let_in(case: Case, by: Member, member: Member) -> None:
    NeedToKnow.objects.create(
        setting=case.setting,
        case=case,
        member=member,
        reason="let in because somebody who led the case may no longer read it",
        granted_by=by,
    )
    notify("let_into_case", [member], subject_id=case.pk, path=case.path, urgent=True)
