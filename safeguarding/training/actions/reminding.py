"""Telling people before their training runs out, and those who lead when it is close or over."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from safeguarding.audit.trail import System, record
from safeguarding.notifications.models import Clock
from safeguarding.notifications.outbox import notify
from safeguarding.people.models import Member, RoleHeld, Setting
from safeguarding.people.permissions import require
from safeguarding.people.roles import Role
from safeguarding.training import permissions
from safeguarding.training.currency import Standing, standings
from safeguarding.training.models import Induction, Reminder
from safeguarding.training.owed import WATCHES, leading

STAGES = (0, 7, 30, 60)  # days before it runs out; 0 is once it has
TEAM_FROM = 7


@transaction.atomic
def remind(*, by: System, setting: Setting) -> int:
    """Tell everybody whose training runs out soon, each time once: 60, 30 and 7 days before, and after.

    Where a computer was off only the last stage reached is told. Returns how many reminders were new.
    Safe to run twice, and after a worker was stopped: reminder and message are one commit.
    """
    require(permissions.may_remind, by)
    # The second of two workers waits here.
    Setting.objects.select_for_update(no_key=True).get(pk=setting.pk)
    new = _written(setting, _reached(setting))
    for member in Member.objects.filter(pk__in={one.member_id for one in new}).select_related(
        "user", "setting"
    ):
        mine = [one for one in new if one.member_id == member.pk]
        over = any(one.days_before == 0 for one in mine)
        kind = "training_out_of_date" if over else "training_runs_out"
        path = setting.link_to("training:mine")
        notify(kind, [member], subject_id=min(one.pk for one in mine), path=path)
    _tell_those_who_watch(setting, new)
    if new:
        record("training.reminded", setting, by=by, reminders=len(new))
    return len(new)


def _reached(setting: Setting) -> Iterable[tuple[Standing, date, int]]:
    """Everything that runs out within the longest stage or has run out, each with its stage."""
    now = timezone.now()
    today = timezone.localdate(now)
    for rows in standings(Q(setting=setting), now).values():
        for one in rows:
            if one.until is not None and (stage := _stage_of(one.until, today)) is not None:
                yield one, one.until, stage


def _stage_of(until: date, today: date) -> int | None:
    """The stage that a last day has reached; None while it is further away than all of them."""
    left = (until - today).days
    if left < 0:
        return 0
    return next((stage for stage in STAGES if stage and left <= stage), None)


def _written(setting: Setting, reached: Iterable[tuple[Standing, date, int]]) -> list[Reminder]:
    rows = Reminder.objects.filter(setting=setting)
    told = set(rows.values_list("member_id", "topic", "until", "days_before"))
    new = [
        Reminder(
            setting=setting,
            member_id=one.member_id,
            topic=one.topic.id,
            until=until,
            days_before=stage,
        )
        for one, until, stage in reached
        if (one.member_id, one.topic.id, until, stage) not in told
    ]
    return Reminder.objects.bulk_create(new)


def _tell_those_who_watch(setting: Setting, new: list[Reminder]) -> None:
    """One message each, however many people's training is close to its end or over."""
    close = [one for one in new if one.days_before <= TEAM_FROM]
    watching = setting.holding(WATCHES, timezone.localdate()).select_related("user", "setting")
    path = f"{setting.link_to('training:matrix')}?state=missing"
    for member in watching:
        others = [one for one in close if one.member_id != member.pk]
        if others:
            subject = min(one.pk for one in others)
            notify("training_runs_out_here", [member], subject_id=subject, path=path)


@transaction.atomic
def tell_of_late_induction(*, by: System, clock: Clock) -> list[Member] | None:
    """A new colleague was not shown something in time: those who lead are told, once."""
    require(permissions.may_escalate, by)
    induction = Induction.objects.select_related("setting").get(pk=clock.subject_id)
    if clock.key == "sign" or clock.rung:
        return None
    record("induction.chased", induction, by=by, member=str(induction.member_id))
    return _late("induction_late", clock, induction.setting, induction.member_id)


@transaction.atomic
def tell_of_late_role(*, by: System, clock: Clock) -> list[Member] | None:
    """What should have come before a role is late: those who lead and the committee lead are told."""
    require(permissions.may_escalate, by)
    if clock.rung:
        return None
    held = RoleHeld.objects.select_related("setting").get(pk=clock.subject_id)
    record("early_role.chased", held, by=by, member=str(held.member_id))
    today = timezone.localdate()
    chairs = list(
        held.setting.holding([Role.COMMITTEE_LEAD], today).select_related("user", "setting")
    )
    people = [*leading(held.setting, today, without=[held.member_id]), *chairs]
    return _tell("early_role_late", clock, people, held.setting)


def _late(kind: str, clock: Clock, setting: Setting, whose: UUID) -> list[Member]:
    return _tell(kind, clock, leading(setting, timezone.localdate(), without=[whose]), setting)


def _tell(kind: str, clock: Clock, people: list[Member], setting: Setting) -> list[Member]:
    path = clock.path if kind == "induction_late" else setting.link_to("training:matrix")
    notify(kind, people, subject_id=clock.subject_id, path=path)
    return people
