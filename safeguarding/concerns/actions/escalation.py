"""What happens when nobody did what was due: the next person is told."""

from django.db import transaction
from django.utils import timezone

from safeguarding.audit.trail import System, record
from safeguarding.concerns import routing
from safeguarding.concerns.deadlines import away_today, those_who_lead
from safeguarding.concerns.models import Case, Concern, CustodyItem, Offer, Recipient
from safeguarding.concerns.permissions import (
    is_shut_out_of_case,
    may_hear_of_delay,
    may_read_concern,
    may_triage,
)
from safeguarding.notifications.models import Clock
from safeguarding.notifications.outbox import notify
from safeguarding.people.models import BreakGlass, Member
from safeguarding.people.permissions import may_review_glass
from safeguarding.people.roles import REVIEWS_GLASS, Role


@transaction.atomic
def escalate_unread(*, by: System, concern: Concern) -> list[Member] | None:
    """Tell the next people who may know of an unread report; None when all of them have been told."""
    told = set(concern.recipients.values_list("member_id", flat=True))
    for rung in routing.ladder(concern):
        further = [member for member in rung if member.pk not in told]
        if further:
            _let_in(concern, further)
            record("concern.escalated", concern, by=by, told=len(further))
            return further
    return None


@transaction.atomic
def escalate_case_clock(*, by: System, case: Case, clock: Clock) -> list[Member] | None:
    """Tell the owner of a missed clock, then the others who lead the case, then the manager."""
    rungs = _case_ladder(case, clock)
    if clock.rung >= len(rungs):
        return None
    told, kind, path = rungs[clock.rung]
    notify(kind, told, subject_id=clock.pk, path=path, urgent=True, about_id=case.pk)
    record("clock.missed", clock, by=by, rung=clock.rung, told=len(told))
    return told


@transaction.atomic
def escalate_undecided(*, by: System, concern: Concern, clock: Clock) -> list[Member] | None:
    """Remind those who may decide on a report, its owner first. Nobody further comes to know of it."""
    rows = concern.recipients.select_related("member__user", "member__setting")
    deciders = [row.member for row in rows if may_triage(row.member, concern)]
    owner = [member for member in deciders if member.pk == clock.owner_id]
    others = [member for member in deciders if member.pk != clock.owner_id]
    rungs = [rung for rung in (owner, others) if rung]
    if clock.rung >= len(rungs):
        return None
    told = rungs[clock.rung]
    notify("report_undecided", told, subject_id=concern.pk, path=clock.path, urgent=True)
    record("clock.missed", clock, by=by, rung=clock.rung, told=len(told))
    return told


@transaction.atomic
def escalate_handover(*, by: System, item: CustodyItem, clock: Clock) -> list[Member] | None:
    """A hand-over nobody confirmed: whoever was asked hears again, then the giver, then who leads."""
    offer = Offer.objects.select_related("offered_by", "to", "witness").get(
        pk=clock.key.removeprefix("offer/")
    )
    case = item.case
    known: set[Member] = set()
    rungs = []
    for people in ([offer.asked], [offer.offered_by], those_who_lead(case)):
        here = [one for one in people if one.roles and one not in known]
        rung = [one for one in here if not is_shut_out_of_case(one, case)]
        known.update(rung)
        rungs += [rung] if rung else []
    if clock.rung >= len(rungs):
        return None
    told = rungs[clock.rung]
    path = clock.path if clock.rung == 0 else item.path
    notify("handover_waits", told, subject_id=clock.pk, path=path, urgent=True, about_id=item.pk)
    record("clock.missed", clock, by=by, rung=clock.rung, told=len(told))
    return told


@transaction.atomic
def escalate_glass(*, by: System, broken: BreakGlass, clock: Clock) -> list[Member] | None:
    """Nobody has reviewed in time why the glass was broken: who owes it hears, then all who may."""
    people = broken.setting.holding(REVIEWS_GLASS, timezone.localdate())
    able = [one for one in people if may_review_glass(one, broken)]
    owner = [one for one in able if one.pk == clock.owner_id]
    rungs = [rung for rung in (owner, [one for one in able if one not in owner]) if rung]
    if clock.rung >= len(rungs):
        return None
    told = rungs[clock.rung]
    path, about = clock.path, broken.pk
    notify("glass_unreviewed", told, subject_id=clock.pk, path=path, urgent=True, about_id=about)
    record("clock.missed", clock, by=by, rung=clock.rung, told=len(told))
    return told


def _let_in(concern: Concern, members: list[Member]) -> None:
    Recipient.objects.bulk_create(
        Recipient(
            setting=concern.setting,
            concern=concern,
            member=member,
            why="told because nobody had opened it in time",
        )
        for member in members
    )
    path = concern.setting.link_to("concerns:concern", concern.pk)
    reading = [member for member in members if may_read_concern(member, concern)]
    notify("concern_unread", reading, subject_id=concern.pk, path=path, urgent=True)
    # Whose role may not read a report of this class hears only that a lead may need help.
    others = [member for member in members if member not in reading]
    today = concern.setting.link_to("today:today")
    notify("lead_needs_help", others, subject_id=concern.pk, path=today, urgent=True)


def _case_ladder(case: Case, clock: Clock) -> list[tuple[list[Member], str, str]]:
    """Whom to tell of a late step, with which message and leading where.

    The last rung says only that the lead may need help, and not with what.
    """
    gone = not clock.owner.roles or is_shut_out_of_case(clock.owner, case)
    owner = [] if gone else [clock.owner]
    deciders = [member for member in those_who_lead(case) if member != clock.owner]
    is_away = clock.owner_id in away_today(case.setting)
    overseers = [
        member
        for member in case.setting.holding([Role.MANAGER], timezone.localdate())
        if member not in {*deciders, clock.owner} and may_hear_of_delay(member, case)
    ]
    first = [(owner, "clock_missed", clock.path), (deciders, "clock_missed", case.path)]
    rungs = [
        *(reversed(first) if is_away else first),
        (overseers, "lead_needs_help", case.setting.link_to("today:today")),
    ]
    return [rung for rung in rungs if rung[0]]
