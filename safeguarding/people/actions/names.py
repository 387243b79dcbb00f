"""What people, rooms and families are called: a name changes with a marriage, or was typed with a slip."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from foundation.errors import RuleBroken
from safeguarding.audit.trail import record
from safeguarding.people import permissions
from safeguarding.people.models import Family, Member, Room
from safeguarding.people.one_person import is_one_person
from safeguarding.people.permissions import require
from safeguarding.people.roles import AT_WORK, FOUR_EYES
from safeguarding.people.settling import settle_again
from safeguarding.people.turns import take_turn

from ._here import check_here

A_SLIP = timedelta(days=1)
SOMEBODY_ELSES = (
    "Somebody else here has this name, and two accounts of one name count as one person. Add a middle name "
    "or an initial. Nothing was changed."
)
TWO_ACCOUNTS = (
    "There are two accounts of this name here, and they count as one person. End the roles of one of them "
    "first. Nothing was changed."
)


@transaction.atomic
def rename_member(*, by: Member, member: Member, name: str) -> Member:
    """Write how somebody is called here now. Nobody becomes one person with somebody else by it, or two.

    By the name they had they are still known in reports; a slip that is seen within a day was never theirs.
    """
    require(permissions.may_rename, by, member)
    take_turn(by.setting_id)
    member = Member.objects.select_for_update(no_key=True, of=("self",)).get(pk=member.pk)
    if member.name == name:
        return member
    _keep_apart(member, name)
    member.called_before = _before(member, name)
    member.name = name
    member.save(update_fields=["name", "called_before"])
    settle_again(member)
    record("member.renamed", member, by=by)
    return member


@transaction.atomic
def rename_room(*, by: Member, room: Room, name: str) -> Room:
    """Give a room another name, or put a slip in it right."""
    require(permissions.may_manage_children, by)
    check_here(by, room)
    take_turn(by.setting_id)
    others = Room.objects.filter(setting=by.setting, name__iexact=name).exclude(pk=room.pk)
    if others.exists():
        raise RuleBroken(f"There is already a room called {name}.")
    room.name = name
    room.save(update_fields=["name"])
    record("room.renamed", room, by=by)
    return room


@transaction.atomic
def rename_family(*, by: Member, family: Family, name: str) -> Family:
    """Give a family another name, or put a slip in it right."""
    require(permissions.may_manage_children, by)
    check_here(by, family)
    family.name = name
    family.save(update_fields=["name"])
    record("family.renamed", family, by=by)
    return family


def _before(member: Member, name: str) -> list[list[str]]:
    """The names they had, once they are called so: without it, and without a slip that it puts right."""
    now, known = timezone.now(), list(member.called_before)
    if now - (member.renamed_at or member.created_at) >= A_SLIP:
        known.append([member.name, now.isoformat()])
    elif known:
        known[-1] = [known[-1][0], now.isoformat()]  # they got the name they have now only now
    return [one for one in known if one[0] != name]


def _keep_apart(member: Member, name: str) -> None:
    """Refuse a name by which somebody at work here would count as another person than before.

    What is said of one person shuts the other out as well, and says it of them.
    """
    there = member.setting.holders(AT_WORK | FOUR_EYES, timezone.localdate())
    others = [one for one in there if one.pk != member.pk]
    before = {one.pk for one in others if is_one_person(member, one)}
    renamed = Member(pk=member.pk, setting=member.setting, user=member.user, name=name)
    renamed.called_before = _before(member, name)
    then = {one.pk for one in others if is_one_person(renamed, one)}
    if then - before:
        raise RuleBroken(SOMEBODY_ELSES)
    if before - then and member.roles & FOUR_EYES:
        raise RuleBroken(TWO_ACCOUNTS)
