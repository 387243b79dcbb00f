"""Breaking the glass in an emergency: an hour, one child; others hear at once (rules R21, R22)."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from foundation.errors import RuleBroken
from safeguarding.audit.trail import record
from safeguarding.concerns.deadlines import due_by_rule
from safeguarding.concerns.leading import those_who_hear_of_glass
from safeguarding.notifications.clocks import start_clock, stop_clocks
from safeguarding.notifications.outbox import notify
from safeguarding.people.models import BreakGlass, BreakGlassReview, Child, Member
from safeguarding.people.models.glass import LASTS, MOST, SHORTEST_REASON
from safeguarding.people.permissions import may_break_glass, may_review_glass, require

from ._accounts import other_accounts


@transaction.atomic
def break_glass(*, by: Member, child: Child, code: str, reason: str) -> BreakGlass:
    """Open what is written of one child, classes C1 and C2, for an hour. The lead hears at once."""
    require(may_break_glass, by, child)
    accounts = [by.pk, *(one.pk for one in other_accounts(by))]
    # Two at once wait for each other, also with two accounts of one person.
    list(Member.objects.select_for_update(no_key=True).filter(pk__in=accounts).order_by("pk"))
    _check(accounts, child, code, reason)
    now = timezone.now()
    broken = BreakGlass.objects.create(
        setting=by.setting,
        member=by,
        child=child,
        code=code,
        reason=reason.strip(),
        created_at=now,
        ends_at=now + LASTS,
    )
    told = _alert(broken)
    record("glass.broken", broken, by=by, child=str(child.pk), code=code, told=told)
    return broken


@transaction.atomic
def review_glass(*, by: Member, broken: BreakGlass, was_right: bool, note: str) -> BreakGlassReview:
    """Say, as somebody else, whether it was right, having seen why and what was read."""
    require(may_review_glass, by, broken)
    if not note.strip():
        raise RuleBroken("Write what you found. Nothing was saved.")
    BreakGlass.objects.select_for_update(no_key=True).get(pk=broken.pk)
    if BreakGlassReview.objects.filter(glass=broken).exists():
        raise RuleBroken("Somebody has reviewed this already.")
    review = BreakGlassReview.objects.create(
        setting=broken.setting, glass=broken, reviewed_by=by, was_right=was_right, note=note
    )
    stop_clocks(setting_id=broken.setting_id, subject_id=broken.pk)
    record("glass.reviewed", broken, by=by, was_right=was_right)
    return review


def _check(accounts: list[UUID], child: Child, code: str, reason: str) -> None:
    """Refuse what would make it wider, longer or an everyday thing."""
    now = timezone.now()
    mine = BreakGlass.objects.filter(member__in=accounts)
    if code not in BreakGlass.Reason.values:
        raise RuleBroken("Choose why it cannot wait.")
    if len(" ".join(reason.split())) < SHORTEST_REASON:
        raise RuleBroken(f"Say why it cannot wait, in at least {SHORTEST_REASON} letters.")
    if mine.running(now).exists():
        raise RuleBroken("Your hour is still running. It cannot be made longer or wider.")
    if mine.filter(child=child).to_review().exists():
        raise RuleBroken(
            "Somebody has to review the last time first. If it cannot wait, ring the lead or the "
            "committee lead. You can always write down what you know: report a concern."
        )
    if mine.lately(now).count() >= MOST:
        raise RuleBroken(
            f"You have done this {MOST} times in 30 days, so it is closed to you for now. Ring the lead "
            "or the committee lead."
        )


def _alert(broken: BreakGlass) -> int:
    """Tell who hears of it, by message and mail, and let the first of them owe a review. How many."""
    told = those_who_hear_of_glass(broken)
    path = broken.setting.link_to("concerns:broken_glass", broken.pk)
    notify("glass_broken", told, subject_id=broken.pk, path=path, urgent=True)
    if told:
        start_clock(
            owner=told[0],
            subject=("glass", broken.pk),
            key="review",
            text="Review why somebody broke the glass",
            path=path,
            started_at=broken.created_at,
            due=due_by_rule("glass.review", broken.created_at, broken.setting),
        )
    return len(told)
