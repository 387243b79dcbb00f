"""The ways in as they stand: read, checked, and whether changing them takes two people."""

from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils import timezone

from foundation import changing, slots, standing
from foundation.errors import RuleBroken
from foundation.moments import say_date
from safeguarding.approvals.kinds import Arguments
from safeguarding.people.models import Member, Setting

from .permissions import HOLDS

NOT_HERE = (
    "The key of this installation is a file that whoever runs it looks after, so there are no passphrases "
    "here. Nothing was changed."
)
LAST_WAY = "This is the last way in, so it stays. Give somebody else a passphrase first."
ENDED = "This passphrase has ended already. Nothing was changed."
TOO_EARLY = (
    "First give at least one person a passphrase and print the three recovery sheets. Otherwise one "
    "forgotten passphrase would lose every record."
)
TAKES_TWO = "This takes a second person. Ask for it, and another of you says yes."
ONE_AT_A_TIME = 0x48454447  # a number of ours, which PostgreSQL lets one transaction have at a time


def found() -> slots.Slots:
    """The ways in, or none yet. Not where the key file lies elsewhere."""
    if not standing.keeps_own_key():
        raise RuleBroken(NOT_HERE)
    if not slots.exist(settings.DATA):
        return slots.Slots()
    try:
        read = slots.read(settings.DATA)
    except slots.NotOpened as damaged:
        raise RuleBroken(str(damaged)) from None
    if not slots.is_ours(read, settings.KEY):
        raise RuleBroken(slots.CHANGED)
    return read


def held() -> slots.Slots:
    """The ways in as they stand now, which nobody else changes before this is on record.

    One file holds everybody's: of two who read it and each write it anew, the second would undo the first.
    Whoever writes to the trail as well does that before, so that two people never wait for each other.
    """
    if connection.vendor == "postgresql":  # SQLite lets in one writer at a time
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    return found()


def save(changed: slots.Slots) -> None:
    """Put them in place at once."""
    slots.save(settings.DATA, changed, settings.KEY)


def take_two() -> bool:
    """Whether they are all that opens the records: beside a key file everybody here holds the key."""
    return standing.can_be_locked(settings.DATA)


def refuse_without_two() -> None:
    """Refuse what one person wants to do alone, once it takes two."""
    if take_two():
        raise RuleBroken(TAKES_TWO)


def refuse_without_slots() -> None:
    """Refuse what makes no sense while a key file lies there."""
    if not take_two():
        raise RuleBroken(
            "As long as a key file lies beside the records, locking would keep nobody out. Set "
            "passphrases first, then put the key file away."
        )


def refuse_little_room() -> None:
    """A change of the key that cannot come to its end is not begun."""
    if not changing.has_room(settings.DATA):
        raise RuleBroken(changing.LITTLE_ROOM)


def as_they_stand(ways: slots.Slots) -> Arguments:
    """All the ways in, for whoever says yes to them; and a digest that any change of the file changes."""
    people = [f"{one.holder}, passphrase set on {say_date(one.made_on)}" for one in ways.slots]
    printed = ways.recovery
    sheets = [f"Recovery sheets made on {say_date(printed.made_on)}"] if printed else []
    return {"ways": [*people, *sheets], "file": ways.mac}


def of_person(ways: slots.Slots, who: str) -> slots.Slot | None:
    """The passphrase of this person, if they have one."""
    return next((one for one in ways.slots if one.who == who), None)


def has_own(ways: slots.Slots, who: str) -> bool:
    """Whether this person has a passphrase already."""
    return of_person(ways, who) is not None


def of_former_holders(ways: slots.Slots, setting: Setting) -> list[slots.Slot]:
    """Those of people who are no longer a lead or manager of this setting. They still unlock. One query."""
    of = {one: whose(one, setting.pk) for one in ways.slots}
    holding = setting.holding(HOLDS, timezone.localdate()).order_by().values("pk")
    former = Member.objects.filter(setting=setting, pk__in=of.values()).exclude(pk__in=holding)
    pks = set(former.values_list("pk", flat=True))
    return [one for one, pk in of.items() if pk in pks]


def may_unlock_still(setting: Setting) -> bool:
    """Whether somebody can unlock who should not any more. No query where there are no passphrases."""
    try:
        return take_two() and bool(of_former_holders(slots.read(settings.DATA), setting))
    except slots.NotOpened:
        return False


def refuse_last(found: slots.Slots) -> None:
    """Whatever two people agree on, somebody can still unlock."""
    if len(found.slots) == 1:
        raise RuleBroken(LAST_WAY)


def refuse_too_early(found: slots.Slots) -> None:
    """Nothing of the key goes before there are ways in that outlast it."""
    if not found.slots or found.recovery is None:
        raise RuleBroken(TOO_EARLY)


def whose(slot: slots.Slot, otherwise: UUID) -> UUID:
    """Whose it is, so that they are not asked about it; a slot without a member is the setting's."""
    try:
        return UUID(slot.who)
    except ValueError:
        return otherwise
