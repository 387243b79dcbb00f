"""Keeping a case in hands: when somebody who led it is shut out, the next who may lead is let in (R11)."""

from uuid import UUID, uuid5

from django.utils import timezone

from safeguarding.concerns import routing, seals
from safeguarding.concerns.deadlines import away_today, hand_over_clocks, those_who_lead
from safeguarding.concerns.models import Case, NeedToKnow, NeedToKnowEnded
from safeguarding.concerns.permissions import is_shut_out_of_case, may_lead
from safeguarding.notifications.outbox import notify
from safeguarding.people.models import Member, RoleHeld
from safeguarding.people.roles import LEADS, Role

from ._holders import see_to_devices

NAMED = "named in the case, or tied to somebody who is"
# Not why it needed another: whoever went may read the case again one day, and this with it (ADR 0021).
IN_HANDS = "let in so that enough people lead the case"


def who_leads(case: Case) -> set[Member]:
    """The people on the list who may decide on the case now."""
    listed = case.need_to_know.current(timezone.localdate()).select_related("member__setting")
    return {
        row.member
        for row in listed
        if may_lead(row.member, case) and not is_shut_out_of_case(row.member, case)
    }


def replace_who_went(case: Case, by: Member, before: set[Member]) -> None:
    """After somebody was named (rule R14): they leave the list, and those who stay hear of it.

    For each leader shut out by it the next is let in, and what they owed changes hands.
    """
    gone = take_off_the_list(case, by)
    after = who_leads(case)
    for _ in before - after:
        _let_in_the_next(case, by, after)
    if gone:
        path = case.setting.link_to("concerns:readers", case.pk)
        stay = after - {by}
        notify("case_list_changed", stay, subject_id=gone[0].pk, path=path, about_id=case.pk)
    hand_over_clocks(case)
    see_to_devices(case, by)
    _say_that_nobody_leads(case)


def keep_in_hands(case: Case) -> bool:
    """After a tie or a role came to count: see that enough people lead, and that they owe what is due.

    Nobody more is let into a closed case while somebody leads it. Whether anything changed.
    """
    leading = set(those_who_lead(case))
    before = len(leading)
    several = case.record_class == "C3" and case.is_open
    enough = routing.ENOUGH_FOR_AN_ALLEGATION if several else 1
    for _ in range(enough - before):
        _let_in_the_next(case, None, leading)
    handed = hand_over_clocks(case)
    _say_that_nobody_leads(case)
    return bool(handed) or len(leading) > before


def _say_that_nobody_leads(case: Case) -> None:
    """The committee lead hears that nobody here may lead a child's case, and not a word of it.

    Once, and again where the lead who came since may not lead it either, or any more.
    One about an adult here is the committee lead's already, or must not be known to them.
    """
    if case.record_class == "C3" or not case.is_open or those_who_lead(case):
        return
    people = case.setting.holders([Role.COMMITTEE_LEAD], timezone.localdate())
    told = [one for one in people if not is_shut_out_of_case(one, case)]
    path = case.setting.link_to("directory:contacts")
    subject = _until_a_lead_comes(case)
    notify("case_for_outside", told, subject_id=subject, path=path, urgent=True, about_id=case.pk)


def _until_a_lead_comes(case: Case) -> UUID:
    """The same until somebody is made a lead or a deputy here."""
    leads = RoleHeld.objects.filter(setting=case.setting_id, role__in=LEADS)
    last = leads.order_by("created_at", "pk").values_list("pk", flat=True).last()
    return uuid5(case.pk, str(last))


def take_off_the_list(case: Case, by: Member) -> list[NeedToKnow]:
    """End the place of everybody on the list who is shut out by now."""
    listed = case.need_to_know.current(timezone.localdate()).select_related("member__setting")
    seals.ready(case, by)
    gone = [row for row in listed if is_shut_out_of_case(row.member, case)]
    NeedToKnowEnded.objects.bulk_create(
        NeedToKnowEnded(
            setting=case.setting, need_to_know=row, ended_by=by, shut_out=True, reason=NAMED
        )
        for row in gone
    )
    return gone


def _let_in_the_next(case: Case, by: Member | None, leading: set[Member]) -> None:
    on = timezone.localdate()
    away = away_today(case.setting)
    rungs = routing.ABOUT_AN_ADULT if case.record_class == "C3" else routing.USUAL
    able = [
        member
        for roles in rungs
        for member in case.setting.holders(roles, on)
        if member not in leading and may_lead(member, case)
    ]
    for member in sorted(able, key=lambda one: one.pk in away):
        if not is_shut_out_of_case(member, case):
            _let_in(case, by, member)
            leading.add(member)
            return


def _let_in(case: Case, by: Member | None, member: Member) -> None:
    seals.ready(case, by)
    let_in = NeedToKnow.objects.create(
        setting=case.setting,
        case=case,
        member=member,
        reason=IN_HANDS,
        granted_by=by,
    )
    path, subject = case.path, let_in.pk
    notify("let_into_case", [member], subject_id=subject, path=path, urgent=True, about_id=case.pk)
