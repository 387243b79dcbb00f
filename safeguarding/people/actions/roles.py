"""Who holds which role. Power over cases is given and ended by two people (ADR 0019)."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from foundation.errors import RuleBroken
from safeguarding.audit.trail import System, record
from safeguarding.people import permissions
from safeguarding.people.before import Despite, missing_before, take_early
from safeguarding.people.models import (
    Member,
    RoleConfirmed,
    RoleEndConfirmed,
    RoleEnded,
    RoleHeld,
    Setting,
)
from safeguarding.people.one_person import others_who_confirm
from safeguarding.people.permissions import require
from safeguarding.people.roles import Role
from safeguarding.people.settling import settle_again

from ._adding import give

NOTHING_WAITS = "This does not wait for a second person any more. Look at the page again."


@transaction.atomic
def grant_role(
    *, by: Member, to: Member, role: Role, starts: date | None = None, ends: date | None = None
) -> RoleHeld:
    """Give somebody a role from a day (today), perhaps to a day.

    A role that opens cases counts once a second person confirms it; at once where nobody could.
    """
    require(permissions.may_grant_role, by, to, role)
    starts = starts or timezone.localdate()
    RoleHeld.check_dates(role, starts, ends)
    Member.objects.select_for_update(no_key=True).get(pk=to.pk)  # the second of two waits here
    if to.roles_held.current(starts).filter(role=role).exists():
        raise RuleBroken(f"{to.display_name} already holds this role then.")
    if to.roles_held.waiting(timezone.now()).filter(role=role).exists():
        raise RuleBroken("This role is given already, and waits for a second person to confirm it.")
    held = give(to, role, starts, ends, granted_by=by)
    settle_again(to)
    record("role.granted", held, by=by, to=str(to.pk), role=role, counts=held.is_confirmed)
    return held


@transaction.atomic
def confirm_role(
    *, by: Member | System, held: RoleHeld, despite: Despite | None = None
) -> RoleConfirmed:
    """Say that a role was rightly given. It counts from this moment.

    Where something should come before the role and is missing, `despite` says why it cannot wait.
    """
    require(permissions.may_confirm_role, by, held)
    held = _locked(held)
    if not RoleHeld.objects.waiting(timezone.now()).filter(pk=held.pk).exists():
        raise RuleBroken(NOTHING_WAITS)
    confirmed = RoleConfirmed.objects.create(
        setting=held.setting, role_held=held, confirmed_by=_who(by)
    )
    missing = missing_before(held)
    if missing:
        take_early(held, missing, despite, _who(by))
    settle_again(held.member)
    record(
        "role.confirmed",
        held,
        by=by,
        to=str(held.member_id),
        role=held.role,
        taken_early=bool(missing),
    )
    return confirmed


@transaction.atomic
def end_role(*, by: Member, held: RoleHeld, reason: str) -> RoleEnded:
    """Take a role away, or give one's own up.

    One's own, and one that opens no case, ends now, in every session the person has. Any other
    ends when a second person confirms it.
    """
    require(permissions.may_end_role, by, held)
    held = _locked(held)
    if RoleEnded.objects.counting().filter(role_held=held).exists():
        raise RuleBroken("This role has already ended.")
    asked = RoleEnded.objects.waiting(timezone.now()).filter(role_held=held)
    if by.pk != held.member_id and asked.exists():
        raise RuleBroken("Its end is asked for already, and waits for a second person.")
    _keep_a_manager(held)
    ended = RoleEnded.objects.create(
        setting=held.setting, role_held=held, ended_by=by, reason=reason
    )
    _confirm_the_only_word_there_is(by, ended)
    member = str(held.member_id)
    if ended.counts:
        held.member.user.end_sessions()
    settle_again(held.member)
    record("role.ended", held, by=by, member=member, role=held.role, counts=ended.counts)
    return ended


@transaction.atomic
def confirm_end(*, by: Member | System, ending: RoleEnded) -> RoleEndConfirmed:
    """Say that a role was rightly ended. It counts from this moment, in every session."""
    require(permissions.may_confirm_end, by, ending)
    held = _locked(ending.role_held)
    if not RoleEnded.objects.waiting(timezone.now()).filter(pk=ending.pk).exists():
        raise RuleBroken(NOTHING_WAITS)
    _keep_a_manager(held)
    confirmed = RoleEndConfirmed.objects.create(
        setting=held.setting, ending=ending, confirmed_by=_who(by)
    )
    held.member.user.end_sessions()
    settle_again(held.member)
    record("role_end.confirmed", held, by=by, member=str(held.member_id), role=held.role)
    return confirmed


def _locked(held: RoleHeld) -> RoleHeld:
    """The role anew; the second of two who change it waits here."""
    return RoleHeld.objects.select_for_update(no_key=True).get(pk=held.pk)


def _who(by: Member | System) -> Member | None:
    return by if isinstance(by, Member) else None


def _keep_a_manager(held: RoleHeld) -> None:
    """Refuse to leave nobody who gives roles and looks after accounts."""
    if held.role != Role.MANAGER or not held.is_confirmed:
        return
    Setting.objects.select_for_update(no_key=True).get(pk=held.setting_id)  # the second waits here
    managers = RoleHeld.objects.current(timezone.localdate()).filter(role=Role.MANAGER)
    others = managers.filter(setting=held.setting_id, member__user__is_active=True)
    if not others.exclude(pk=held.pk).exists():
        raise RuleBroken(
            "Somebody has to look after people here. Give somebody else the role of manager first."
        )


def _confirm_the_only_word_there_is(by: Member, ended: RoleEnded) -> None:
    """Where nobody could be the second person, the committee lead's word is enough."""
    if ended.counts or Role.COMMITTEE_LEAD not in by.roles:
        return
    if not others_who_confirm(ended.role_held, by.pk).exists():
        RoleEndConfirmed.objects.create(setting=ended.setting, ending=ended)
