"""What a setting shows its new colleagues beside the ready-made list. A list that has begun stays."""

from collections.abc import Collection

from django.db import transaction
from django.utils.text import slugify

from foundation.errors import RuleBroken
from safeguarding.audit.trail import record
from safeguarding.people.models import Member
from safeguarding.people.permissions import require
from safeguarding.people.turns import take_turn
from safeguarding.training import permissions
from safeguarding.training.models import OwnItem

TAKEN = (
    "There is one of this name, or there was. Choose another name; or change that one, or show it again, "
    "from the list."
)
NOT_THERE = "This is not on your list any more."
WHY = "Write why it is not shown any more."


@transaction.atomic
def add_item(
    *, by: Member, name: str, text: str, audiences: Collection[str], first_day: bool = False
) -> OwnItem:
    """Show one thing more to whoever is new from now on."""
    require(permissions.may_set_requirements, by)
    take_turn(by.setting_id)
    slug = f"own-{slugify(name)}"[:60]
    if OwnItem.objects.filter(setting=by.setting, slug=slug).exists():
        raise RuleBroken(TAKEN)
    item = OwnItem.objects.create(
        setting=by.setting,
        slug=slug,
        name=name,
        text=text,
        audiences=sorted(audiences),
        first_day=first_day,
        written_by=by,
    )
    record("induction_item.added", item, by=by, slug=slug, audiences=", ".join(sorted(audiences)))
    return item


@transaction.atomic
def change_item(
    *, by: Member, slug: str, name: str, text: str, audiences: Collection[str], first_day: bool
) -> OwnItem:
    """Write anew what is shown to whoever is new from now on. One that was not shown any more is again."""
    require(permissions.may_set_requirements, by)
    newest = _newest(by, slug)
    if newest is None:
        raise RuleBroken(NOT_THERE)
    item = OwnItem.objects.create(
        setting=by.setting,
        slug=slug,
        version=newest.version + 1,
        name=name,
        text=text,
        audiences=sorted(audiences),
        first_day=first_day,
        written_by=by,
    )
    record("induction_item.changed", item, by=by, slug=slug, audiences=", ".join(item.audiences))
    return item


@transaction.atomic
def retire_item(*, by: Member, slug: str, reason: str) -> OwnItem:
    """Show it to nobody new any more, and say why. What was shown and signed stays on record."""
    require(permissions.may_set_requirements, by)
    newest = _newest(by, slug)
    if newest is None or newest.retired:
        raise RuleBroken(NOT_THERE)
    if not reason.strip():
        raise RuleBroken(WHY)
    gone = OwnItem.objects.create(
        setting=by.setting,
        slug=slug,
        version=newest.version + 1,
        name=newest.name,
        text=newest.text,
        audiences=newest.audiences,
        first_day=newest.first_day,
        retired=True,
        retired_because=reason,
        written_by=by,
    )
    record("induction_item.retired", gone, by=by, slug=slug)
    return gone


def _newest(by: Member, slug: str) -> OwnItem | None:
    """The last that was written of it; the second of two who change it waits here."""
    take_turn(by.setting_id)
    rows = OwnItem.objects.filter(setting=by.setting, slug=slug)
    return rows.order_by("-version").first()
