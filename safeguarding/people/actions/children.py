"""The list of children, their rooms and families, and those who care for them."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from foundation.errors import RuleBroken
from foundation.moments import say_date
from safeguarding.audit.trail import record
from safeguarding.people import permissions
from safeguarding.people.models import Carer, CarerEnded, Child, Family, Member, Room
from safeguarding.people.permissions import require
from safeguarding.people.settling import settle_again
from safeguarding.people.turns import take_turn

from ._here import check_here

THEIR_OWN_WORD = (
    "Somebody in one of these families signs in here, and the family decides what they may read. Leave the "
    "family as it is, and ask another lead or manager; who opens cases puts the tie on record themselves."
)
LONG_AGO = timedelta(days=20 * 365)  # nobody was a child here then


@transaction.atomic
def add_room(*, by: Member, name: str) -> Room:
    """Add a room or group of children."""
    require(permissions.may_manage_children, by)
    take_turn(by.setting_id)
    if Room.objects.filter(setting=by.setting, name__iexact=name).exists():
        raise RuleBroken(f"There is already a room called {name}.")
    room = Room.objects.create(setting=by.setting, name=name)
    record("room.added", room, by=by)
    return room


@transaction.atomic
def add_family(*, by: Member, name: str) -> Family:
    """Add a family, to which children and carers then belong."""
    require(permissions.may_manage_children, by)
    family = Family.objects.create(setting=by.setting, name=name)
    record("family.added", family, by=by)
    return family


@transaction.atomic
def add_carer(
    *, by: Member, family: Family, name: str, relation: str, member: Member | None = None
) -> Carer:
    """Add an adult who cares for a family's children; `member` is their own account.

    The account keeps them out of what concerns these children. Whoever opens cases therefore
    links their own: nobody else can shut them out of a case (ADR 0019). Who is there by name already
    gets their account here, and who has two accounts both of them.
    """
    require(permissions.may_manage_children, by)
    check_here(by, family, member)
    if member is not None and not permissions.may_link_account(by, member):
        raise RuleBroken(
            f"{member.display_name} opens cases here. Leave the account empty, and ask them to put "
            "the tie on record themselves."
        )
    take_turn(by.setting_id)
    known = family.carers.current().filter(name__iexact=name)
    if known.exists() and (member is None or known.filter(member=member).exists()):
        raise RuleBroken(f"{name} is already with this family.")
    without_one = known.filter(member=None).first()
    if member is not None and without_one is not None:
        return _link_account(without_one, member, by=by)
    carer = Carer.objects.create(
        setting=by.setting, family=family, name=name, relation=relation, member=member
    )
    if member is not None:
        settle_again(member)
    record("carer.added", carer, by=by, family=str(family.pk))
    return carer


def _link_account(carer: Carer, member: Member, *, by: Member) -> Carer:
    """Say which account is that of somebody who is with the family by name."""
    carer.member = member
    carer.save(update_fields=["member"])
    settle_again(member)
    record("carer.linked", carer, by=by, family=str(carer.family_id))
    return carer


@transaction.atomic
def end_carer(*, by: Member, carer: Carer, reason: str) -> CarerEnded:
    """Say that somebody no longer cares for a family. Their account may then read what it kept from them.

    So where there is an account, that word is never their own (ADR 0019).
    """
    require(permissions.may_end_carer, by, carer)
    Carer.objects.select_for_update(no_key=True).get(pk=carer.pk)  # the second of two waits here
    if CarerEnded.objects.filter(carer=carer).exists():
        raise RuleBroken(f"{carer.name} is no longer with this family already.")
    ended = CarerEnded.objects.create(
        setting=carer.setting, carer=carer, ended_by=by, reason=reason
    )
    record("carer.ended", carer, by=by)
    return ended


@transaction.atomic
def admit_child(
    *,
    by: Member,
    known_as: str,
    full_name: str = "",
    born_on: date | None = None,
    room: Room | None = None,
    family: Family | None = None,
) -> Child:
    """Put a child on the list of those in our care."""
    require(permissions.may_manage_children, by)
    check_here(by, room, family)
    child = Child.objects.create(
        setting=by.setting,
        known_as=known_as,
        full_name=full_name or known_as,
        born_on=born_on,
        room=room,
        family=family,
    )
    record("child.admitted", child, by=by)
    return child


@transaction.atomic
def record_leaving(*, by: Member, child: Child, on: date) -> Child:
    """Note the last day a child was here. Their record stays."""
    require(permissions.may_manage_children, by)
    check_here(by, child)
    if on < (child.born_on or on) or on < timezone.localdate() - LONG_AGO:
        raise RuleBroken(
            f"{child.known_as} cannot have left on {say_date(on)}: check the day and the year. "
            "Nothing was changed."
        )
    child.left_on = on
    child.save(update_fields=["left_on"])
    record("child.left", child, by=by, on=on.isoformat())
    return child


@transaction.atomic
def record_return(*, by: Member, child: Child) -> Child:
    """Note that a child who left is here again. What is on record of the child goes on."""
    require(permissions.may_manage_children, by)
    check_here(by, child)
    child = Child.objects.select_for_update(no_key=True).get(pk=child.pk)
    if child.left_on is None:
        raise RuleBroken(f"{child.known_as} is on the list already. Nothing was changed.")
    before = child.left_on
    child.left_on = None
    child.save(update_fields=["left_on"])
    record("child.returned", child, by=by, left=before.isoformat())
    return child


@transaction.atomic
def change_child(
    *,
    by: Member,
    child: Child,
    known_as: str,
    full_name: str = "",
    born_on: date | None = None,
    room: Room | None = None,
    family: Family | None = None,
) -> Child:
    """Put right what is written down of a child: names, date of birth, room and family."""
    require(permissions.may_manage_children, by)
    check_here(by, child, room, family)
    child = Child.objects.select_for_update(no_key=True).get(pk=child.pk)
    values: dict[str, object] = {"known_as": known_as, "full_name": full_name or known_as}
    values |= {"born_on": born_on, "room": room, "family": family}
    fields = [name for name, value in values.items() if getattr(child, name) != value]
    if not fields:
        return child
    came = _refuse_to_move(by, child, family) if "family" in fields else []
    for name in fields:
        setattr(child, name, values[name])
    child.save(update_fields=fields)
    settle_again(*came)
    record("child.changed", child, by=by, fields=", ".join(fields))
    return child


def _refuse_to_move(by: Member, child: Child, family: Family | None) -> list[Member]:
    """Who is kept out of what concerns the child once it is of that family; refused as for a carer."""
    rows = Carer.objects.filter(member__isnull=False).current()
    rows = rows.select_related("member__user", "member__setting")
    before, then = rows.filter(family=child.family_id), rows.filter(family=family)
    freed = all(permissions.may_end_carer(by, one) for one in before)
    came = [one.member for one in then if one.member is not None]
    if not freed or not all(permissions.may_link_account(by, one) for one in came):
        raise RuleBroken(THEIR_OWN_WORD)
    return came
