"""Giving access, ending it, and seeing to it that it ends in the world as well."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from foundation.errors import RuleBroken
from safeguarding.agreements import permissions
from safeguarding.agreements.access import lapsed, standing
from safeguarding.agreements.kinds import KINDS, AccessKind
from safeguarding.agreements.models import Grant, GrantEnded, SwitchedOff
from safeguarding.agreements.owing import who_switches_off
from safeguarding.approvals import actions as approvals
from safeguarding.approvals.models import Approval
from safeguarding.approvals.spending import spend
from safeguarding.audit.trail import System, record
from safeguarding.law.calendar import due
from safeguarding.law.local import rule_for
from safeguarding.notifications.clocks import Due, start_clock, stop_clocks
from safeguarding.notifications.outbox import mark_seen, notify
from safeguarding.people.models import Member
from safeguarding.people.permissions import require

KIND = "give_access"
CLOCK = "access"
RULE = "agreements.switch-off"
NAME_IT = "Say what it is that you give."
HAS_IT = "{} has exactly this already."
TAKES_TWO = "This takes a second person. Ask for it; it is given once they say yes."
OVER = "This access has ended already. Look at the list again."
DONE = "Somebody has said already that it is done."


@transaction.atomic
def give_access(
    *,
    by: Member,
    to: Member,
    kind: str,
    what: str = "",
    note: str = "",
    approval: Approval | None = None,
) -> Grant:
    """Give somebody access, if their role, agreement and training stand; never to oneself."""
    require(permissions.may_give, by, to)
    of_kind = _may_be_given(by, to, kind, what)
    if of_kind.two_people:
        if approval is None:
            raise RuleBroken(TAKES_TWO)
        spend(approval, by=by, kind=KIND, arguments=_arguments(to, kind, what, note))
    grant = Grant.objects.create(
        setting=by.setting,
        kind=kind,
        what=what,
        member=to,
        given_by=by,
        note=note,
        approval=approval if of_kind.two_people else None,
    )
    path = by.setting.link_to("agreements:own")
    notify("access_given", [to], subject_id=grant.pk, path=path)
    record("access.given", grant, by=by, to=str(to.pk), kind=kind)
    return grant


@transaction.atomic
def ask_for_access(
    *, by: Member, to: Member, kind: str, what: str = "", note: str = ""
) -> Approval:
    """Ask for access that takes two people. Another person, and not whoever gets it, says yes."""
    require(permissions.may_give, by, to)
    _may_be_given(by, to, kind, what)
    arguments = _arguments(to, kind, what, note)
    approval = approvals.ask(by=by, kind=KIND, arguments=arguments, about_id=to.pk)
    record("access.asked", approval, by=by, to=str(to.pk), kind=kind)
    return approval


@transaction.atomic
def end_access(*, by: Member, grant: Grant, note: str = "") -> GrantEnded:
    """End an access, or give up one's own. Somebody is asked to switch it off in the world."""
    require(permissions.may_end, by, grant)
    _hold([grant])
    if GrantEnded.objects.filter(grant=grant).exists():
        raise RuleBroken(OVER)
    ended = _end(grant, GrantEnded.Why.BY_HAND, by=by, note=note)
    record("access.ended", grant, by=by, member=str(grant.member_id), kind=grant.kind)
    return ended


@transaction.atomic
def run_out(*, by: System, grants: list[Grant]) -> int:
    """End every one of these that no longer stands: role, agreement or training is gone. Says how many."""
    _hold(grants)
    over = set(GrantEnded.objects.filter(grant__in=grants).values_list("grant_id", flat=True))
    found = lapsed([one for one in grants if one.pk not in over], timezone.now())
    for grant, why in found:
        _end(grant, why, by=None)
        record("access.ran_out", grant, by=by, member=str(grant.member_id), why=why)
    return len(found)


@transaction.atomic
def switch_off(*, by: Member, ended: GrantEnded, note: str = "") -> SwitchedOff:
    """Say that the end of an access was carried out: the code is changed, the device is back."""
    require(permissions.may_switch_off, by, ended)
    _hold([ended.grant])
    if SwitchedOff.objects.filter(ended=ended).exists():
        raise RuleBroken(DONE)
    done = SwitchedOff.objects.create(setting=by.setting, ended=ended, done_by=by, note=note)
    stop_clocks(setting_id=by.setting_id, subject_id=ended.pk)
    mark_seen(by, ended.pk)
    record("access.switched_off", ended.grant, by=by, kind=ended.grant.kind)
    return done


def _may_be_given(by: Member, to: Member, kind: str, what: str) -> AccessKind:
    of_kind = KINDS.get(kind)
    if of_kind is None or (of_kind.named and not what.strip()):
        raise RuleBroken(NAME_IT)
    if why_not := standing([to.pk], timezone.now())[to.pk].why_not(of_kind, to.display_name):
        raise RuleBroken(why_not)
    Member.objects.select_for_update(no_key=True).get(pk=to.pk)  # the second of two waits here
    same = Grant.objects.open().filter(setting=by.setting_id, member=to, kind=kind, what=what)
    if same.exists():
        raise RuleBroken(HAS_IT.format(to.display_name))
    return of_kind


def _hold(grants: Iterable[Grant]) -> None:
    """The second of two who end them, or say that it is carried out, waits here."""
    rows = Grant.objects.select_for_update(no_key=True).order_by("pk")
    list(rows.filter(pk__in=[one.pk for one in grants]))


def _end(grant: Grant, why: GrantEnded.Why, *, by: Member | None, note: str = "") -> GrantEnded:
    ended = GrantEnded.objects.create(
        setting=grant.setting, grant=grant, why=why, ended_by=by, note=note
    )
    own = grant.setting.link_to("agreements:own")
    if by is None or by.pk != grant.member_id:
        notify("access_ended", [grant.member], subject_id=ended.pk, path=own)
    _ask_to_switch_off(ended)
    return ended


def _ask_to_switch_off(ended: GrantEnded) -> None:
    """Whoever looks after such things is told, and has a clock until it is done."""
    grant, now = ended.grant, timezone.now()
    people = who_switches_off(grant)
    if not people:
        return  # it stands on the list of what is open for everyone who keeps it
    path = grant.setting.link_to("agreements:switch_off", ended.pk)
    notify("access_to_switch_off", people, subject_id=ended.pk, path=path)
    rule = rule_for(grant.setting_id, RULE, timezone.localdate(now))
    start_clock(
        owner=people[0],
        subject=(CLOCK, ended.pk),
        key="switch off",
        text=f"{grant.of_kind.switch_off} ({grant.title}, {grant.member.display_name})",
        path=path,
        started_at=now,
        due=Due(due(rule.value, now), rule.id, rule.said),
    )


def _arguments(to: Member, kind: str, what: str, note: str) -> dict[str, str]:
    return {"to": str(to.pk), "kind": kind, "what": what, "note": note}
