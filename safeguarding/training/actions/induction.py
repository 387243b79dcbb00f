"""A new colleague's first weeks: begun with the role, shown by somebody, signed by themselves."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from foundation.errors import RuleBroken
from safeguarding.audit.trail import System, record
from safeguarding.people.models import Member, RoleHeld, Setting
from safeguarding.people.permissions import require
from safeguarding.people.turns import take_turn
from safeguarding.training import permissions
from safeguarding.training.library import Shown, audience_of, covers, list_for
from safeguarding.training.models import (
    Induction,
    InductionItem,
    InductionLeftOut,
    ItemDone,
    ItemSigned,
    OwnItem,
    TickedByMistake,
)
from safeguarding.training.new_here import done_elsewhere, roles_of, roles_without
from safeguarding.training.owed import settle


@transaction.atomic
def begin_induction(
    *, by: Member | System, member: Member, starts: date, role: RoleHeld | None = None
) -> Induction:
    """Begin somebody's first weeks here, with the list for what they are. Again after a long time away."""
    require(permissions.may_begin_inductions, by)
    if member.setting_id != by.setting_id:
        raise RuleBroken("That person belongs to another setting.")
    # The second waits.
    setting = Setting.objects.select_for_update(no_key=True).get(pk=member.setting_id)
    audience = audience_of(roles_of(member, timezone.localdate()))
    if not audience:
        raise RuleBroken("Nothing is shown to somebody without a role at work here.")
    open_ones = Induction.objects.open().filter(member=member)
    if any(covers(one.audience, audience) for one in open_ones):
        raise RuleBroken("They are in their first weeks already.")
    shown_there = set(open_ones.values_list("items__item", flat=True))
    induction = Induction.objects.create(
        setting=setting, member=member, role_held=role, audience=audience, starts=starts
    )
    _write_list(induction, but=shown_there)
    record("induction.begun", induction, by=by, member=str(member.pk), audience=audience)
    take_what_is_done_elsewhere(by=by, inductions=[induction])
    settle(setting)
    return induction


@transaction.atomic
def begin_inductions_due(*, by: System, setting: Setting) -> int:
    """Begin those of everybody whose role has begun and who has none yet. Safe to run twice."""
    require(permissions.may_begin_inductions, by)
    take_turn(setting.pk)
    waiting = roles_without(setting, timezone.localdate())
    for role in waiting:
        begin_induction(by=by, member=role.member, starts=role.starts, role=role)
    if waiting:
        record("inductions.begun", setting, by=by, number=len(waiting))
    return len(waiting)


@transaction.atomic
def show_items(
    *,
    by: Member,
    induction: Induction,
    items: Collection[InductionItem],
    on: date,
    presenter: Member,
) -> None:
    """Write down that somebody showed these things on a day. The new colleague signs for them next."""
    require(permissions.may_lead_induction, by, induction)
    if presenter.pk == induction.member_id or presenter.setting_id != induction.setting_id:
        raise RuleBroken("Somebody else here shows it to them.")
    _check_day(induction, on)
    open_ones = [one for one in _of(induction, items) if not hasattr(one, "done")]
    if not open_ones:
        raise RuleBroken("Tick at least one thing that was not shown before.")
    ItemDone.objects.bulk_create(
        ItemDone(
            setting_id=induction.setting_id,
            item=one,
            done_on=on,
            member_id=induction.member_id,
            presenter=presenter,
        )
        for one in open_ones
    )
    record("induction.shown", induction, by=by, items=", ".join(one.item for one in open_ones))
    settle(induction.setting)


@transaction.atomic
def say_ticked_by_mistake(
    *, by: Member, induction: Induction, items: Collection[InductionItem], reason: str
) -> None:
    """Say that these things were not shown after all: they are owed anew. What was ticked can be read."""
    require(permissions.may_lead_induction, by, induction)
    if not reason.strip():
        raise RuleBroken("Say how it was ticked by mistake. The reason is part of the record.")
    ticked = [one for one in _of(induction, items) if one.can_be_mistaken]
    if not ticked:
        raise RuleBroken("Tick at least one thing that somebody wrote down as shown.")
    here = {"setting_id": induction.setting_id}
    TickedByMistake.objects.bulk_create(
        TickedByMistake(item=one, reason=reason, said_by=by, **here) for one in ticked
    )
    InductionItem.objects.bulk_create(_anew(one) for one in ticked)
    named = ", ".join(one.item for one in ticked)
    record("induction.ticked_by_mistake", induction, by=by, items=named)
    settle(induction.setting)


@transaction.atomic
def sign_items(*, by: Member, induction: Induction, items: Collection[InductionItem]) -> None:
    """Say that one was shown these things and could ask about them."""
    require(permissions.may_sign, by, induction)
    ready = [
        one for one in _of(induction, items) if hasattr(one, "done") and not hasattr(one, "signed")
    ]
    if not ready:
        raise RuleBroken(
            "Tick at least one thing that was shown to you and that you have not signed."
        )
    _sign(by, ready)
    record("induction.signed", induction, by=by, items=", ".join(one.item for one in ready))
    settle(induction.setting)


@transaction.atomic
def leave_out_inductions(*, by: Member, inductions: Collection[Induction], reason: str) -> None:
    """Say that these people need none now: they were here before, or did it elsewhere."""
    if not inductions:
        raise RuleBroken("Tick at least one person.")
    take_turn(by.setting_id)
    for one in inductions:
        require(permissions.may_lead_induction, by, one)
        if InductionLeftOut.objects.filter(induction=one).exists():
            raise RuleBroken("Somebody left this out already. Look at the page again.")
        InductionLeftOut.objects.create(
            setting=one.setting, induction=one, reason=reason, decided_by=by
        )
        record("induction.left_out", one, by=by, member=str(one.member_id))
    settle(by.setting)


@transaction.atomic
def take_what_is_done_elsewhere(*, by: Member | System, inductions: Collection[Induction]) -> int:
    """Take over what other parts of Hedgerow say is done: signed there by the person. How many things.

    Each night, and at once by the part where it was done.
    """
    for one in inductions:
        require(permissions.may_take_over, by, one)
    rows = InductionItem.objects.standing().filter(induction__in=inductions, done__isnull=True)
    items = list(rows.exclude(by_app="").select_related("induction__member"))
    days = _days_elsewhere(items)
    found = [(one, days[name]) for one in items if (name := _name(one)) in days]
    for item, day in found:
        _done_elsewhere(item, day)
        record("induction.done_elsewhere", item.induction, by=by, item=item.item)
    if found:
        settle(found[0][0].induction.setting)
    return len(found)


def _check_day(induction: Induction, on: date) -> None:
    """Something was shown once they were here, or known here, and until today."""
    if on > timezone.localdate():
        raise RuleBroken("What is still to come cannot be written down yet.")
    came = min(induction.starts, timezone.localdate(induction.member.created_at))
    if on < came:
        raise RuleBroken(f"Choose the day on which it was shown: not before {came:%-d %B %Y}.")


def _name(item: InductionItem) -> tuple[str, UUID]:
    return item.by_app, item.induction.member_id


def _days_elsewhere(items: Collection[InductionItem]) -> dict[tuple[str, UUID], date]:
    names = {_name(one) for one in items}
    if not names:
        return {}
    kinds, members = {kind for kind, _ in names}, {member for _, member in names}
    return done_elsewhere(kinds, members, timezone.now())


def _done_elsewhere(item: InductionItem, day: date) -> None:
    member = item.induction.member
    ItemDone.objects.create(setting_id=item.setting_id, item=item, done_on=day, member_id=member.pk)
    _sign(member, [item])


def _write_list(induction: Induction, *, but: Collection[str]) -> None:
    """The ready-made list and then the setting's own, as both are now, without what an open one holds."""
    of_it = {"setting_id": induction.setting_id, "induction": induction}
    rows = [
        InductionItem(item=one.id, by_app=one.by_app, **_said(one), **of_it)
        for one in list_for(induction.audience)
    ]
    own = OwnItem.objects.filter(setting=induction.setting_id, retired=False)
    rows += [
        InductionItem(item=one.slug, **_said(one), **of_it)
        for one in own.known(timezone.now()).order_by("created_at")
        if induction.audience in one.audiences
    ]
    rows = [one for one in rows if one.item not in but]
    for position, row in enumerate(rows):
        row.position = position
    InductionItem.objects.bulk_create(rows)


def _said(one: Shown | OwnItem) -> dict[str, Any]:
    return {"name": one.name, "text": one.text, "first_day": one.first_day}


def _anew(item: InductionItem) -> InductionItem:
    """The same thing to show, in its place on the list."""
    kept = ("setting_id", "induction_id", "position", "item", "name", "text", "first_day", "by_app")
    return InductionItem(again=item.again + 1, **{name: getattr(item, name) for name in kept})


def _of(induction: Induction, items: Collection[InductionItem]) -> list[InductionItem]:
    """These items anew, if they are of this induction; the second of two who write waits here."""
    ids = [one.pk for one in items]
    Induction.objects.select_for_update(no_key=True).get(pk=induction.pk)
    if InductionLeftOut.objects.filter(induction=induction).exists():
        raise RuleBroken("This list was left out. If they need it after all, begin a new one.")
    rows = InductionItem.objects.standing().filter(pk__in=ids, induction=induction)
    return list(rows.select_related("done", "signed"))


def _sign(by: Member, items: Collection[InductionItem]) -> None:
    ItemSigned.objects.bulk_create(
        ItemSigned(setting_id=one.setting_id, item=one, signed_by=by) for one in items
    )
