"""Telling people of a report, and seeing that somebody who may decide on it owes it. Only actions use it."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from safeguarding.concerns import routing
from safeguarding.concerns.deadlines import away_today, due_by_rule, owed_anew, those_who_lead
from safeguarding.concerns.models import Concern, Recipient
from safeguarding.concerns.permissions import is_shut_out, may_read_concern, may_triage
from safeguarding.notifications.clocks import Owed, start_missing
from safeguarding.notifications.models import Clock, ClockQuerySet
from safeguarding.notifications.outbox import notify
from safeguarding.people.models import Member

OWED = {"read": "Read a new report", "decide": "Decide what becomes of a report"}
ANEW = "told because it waits anew, after it was taken out of a case"


def tell(
    concern: Concern, members: list[Member], why: str, *, read_from: datetime | None = None
) -> None:
    """Let these people read a report, say so to them, and let whoever may decide on it owe it.

    `read_from`: from when the time to open it counts for them, where others were told before.
    """
    let_in(concern, members, why)
    path = concern.setting.link_to("concerns:concern", concern.pk)
    urgent = concern.in_danger_now
    reading = routing.readers_among(concern, members)
    notify("concern_reported", reading, subject_id=concern.pk, path=path, urgent=urgent)
    say_nobody_here_can(concern, members)
    if reading:
        owner = routing.owner_among(concern, reading)
        start_clocks(concern, owner, OWED, read_from=read_from)


def say_nobody_here_can(concern: Concern, members: Iterable[Member]) -> None:
    """Those whose roles may not read such a report hear that somebody outside has to deal with it."""
    reading = routing.readers_among(concern, members)
    others = [one for one in members if one not in reading]
    path = concern.setting.link_to("directory:contacts")
    notify("report_for_outside", others, subject_id=concern.pk, path=path, urgent=True)


def let_in(concern: Concern, members: Iterable[Member], why: str) -> None:
    """Put these people on the list of those who were told."""
    Recipient.objects.bulk_create(
        [
            Recipient(setting=concern.setting, concern=concern, member=member, why=why)
            for member in members
        ],
        ignore_conflicts=True,
    )


def wait_anew(concern: Concern, by: Member) -> None:
    """After it was taken out of a case: of those told, one who may decide owes it, counted from now."""
    away = away_today(concern.setting)
    rows = concern.recipients.select_related("member__user", "member__setting")
    able = [row.member for row in rows if may_triage(row.member, concern)]
    able.sort(key=lambda one: (one.pk in away, one.pk != by.pk))
    able = able or routing.readers_among(concern, routing.first_told(concern))
    if able:
        owner = routing.owner_among(concern, able)
        start_clocks(concern, owner, ["decide"], decide_from=timezone.now())
    tell_the_next(concern, ANEW)


def start_clocks(
    concern: Concern,
    owner: Member,
    keys: Iterable[str],
    *,
    read_from: datetime | None = None,
    decide_from: datetime | None = None,
) -> None:
    """Let the clocks of a report run, counted from when it arrived, or from a moment that is given."""
    path = concern.setting.link_to("concerns:concern", concern.pk)
    arrived = concern.created_at
    starts = {"read": read_from or arrived, "decide": decide_from or arrived}
    start_missing(
        [
            Owed(
                owner=owner,
                subject=("concern", concern.pk),
                key=key,
                text=OWED[key],
                path=path,
                started_at=starts[key],
                due=due_by_rule(f"report.{key}", starts[key], concern.setting),
            )
            for key in keys
        ]
    )


def hand_over(concern: Concern, heir: Member) -> int:
    """Let somebody else owe what is due on a report. How much of it was not theirs before."""
    running = Clock.objects.running().filter(setting=concern.setting_id, subject_id=concern.pk)
    return _give(running.exclude(owner=heir), heir)


def tell_the_next(concern: Concern, why: str) -> None:
    """After somebody was named: whoever is told in their place hears of it, and owes what they owed."""
    known = set(concern.recipients.values_list("member_id", flat=True))
    should = routing.first_told(concern)
    further = [one for one in should if one.pk not in known]
    tell(concern, further, why, read_from=timezone.now())
    should = routing.readers_among(concern, should)
    running = Clock.objects.running().filter(setting=concern.setting_id, subject_id=concern.pk)
    lost = [one.pk for one in running if is_shut_out(one.owner, concern.pk)]
    if lost and should:
        _give(Clock.objects.filter(pk__in=lost), routing.owner_among(concern, should))


def _give(clocks: ClockQuerySet, heir: Member) -> int:
    """To open a report keeps its pace: nobody further hears of it sooner because it changed hands."""
    to_open = clocks.filter(key="read").update(owner=heir)
    return to_open + clocks.exclude(key="read").update(**owed_anew(heir))


def who_hears_of_additions(concern: Concern) -> list[Member]:
    """Those who were told and may still read it, and whoever leads its case; if nobody, the next."""
    rows = concern.recipients.select_related("member__user", "member__setting")
    people = [row.member for row in rows if may_read_concern(row.member, concern)]
    if hasattr(concern, "gathered"):
        leading = those_who_lead(concern.gathered.case)
        people += [member for member in leading if member not in people]
    if not people:
        people = routing.first_told(concern)
        let_in(concern, people, "told because nobody else was left to read it")
        people = [member for member in people if may_read_concern(member, concern)]
    return people
