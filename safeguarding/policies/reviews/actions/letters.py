"""A code on a letter, and what comes with it: from people of whom we know nothing."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from foundation.errors import RuleBroken
from safeguarding.audit.trail import System, record
from safeguarding.notifications.outbox import notify
from safeguarding.people.models import Member
from safeguarding.people.permissions import require
from safeguarding.policies.models import Clause
from safeguarding.policies.reviews.models import Review, Voice, WayIn, WayInClosed
from safeguarding.policies.reviews.permissions import may_lead_review

from ._here import OVER, leaders

TOGETHER = timedelta(minutes=30)  # what may be misuse is shown so much later


@transaction.atomic
def make_way_in(*, by: Member, review: Review) -> WayIn:
    """Make the code for a letter to parents and carers. Where one stands already, that one."""
    require(may_lead_review, by, review)
    Review.objects.select_for_update(no_key=True).get(pk=review.pk)  # the second of two waits here
    if not Review.objects.open().filter(pk=review.pk).exists():
        raise RuleBroken(OVER)
    standing = WayIn.objects.standing().filter(review=review).first()
    if standing is not None:
        return standing
    way = WayIn.objects.create(setting=by.setting, review=review, made_by=by)
    record("review.way_in_made", review, by=by)
    return way


@transaction.atomic
def close_way_in(*, by: Member, way_in: WayIn) -> None:
    """Let a code open nothing any more, before the review ends. What came with it stays."""
    require(may_lead_review, by, way_in.review)
    WayIn.objects.select_for_update(no_key=True).get(pk=way_in.pk)  # the second of two waits here
    if WayInClosed.objects.filter(way_in=way_in).exists():
        raise RuleBroken("This code is closed already.")
    WayInClosed.objects.create(setting=by.setting, way_in=way_in, closed_by=by)
    record("review.way_in_closed", way_in.review, by=by)


@transaction.atomic
def say_by_letter(
    *,
    by: System,
    way_in: WayIn,
    form: UUID,
    whose: Voice.Whose,
    text: str,
    clause: Clause | None = None,
    may_be_abuse: bool = False,
) -> Voice:
    """Keep what somebody without an account thinks. The same form once more is the same voice.

    What may be misuse is kept as well: it is shown a little later, and needs no answer.
    """
    review = Review.objects.select_for_update(no_key=True).get(pk=way_in.review_id)
    kept = Voice.objects.filter(setting=by.setting_id, form=form).first()
    if kept is not None:
        return kept
    if not WayIn.objects.standing().filter(pk=way_in.pk).exists():
        raise RuleBroken(OVER)
    voice = Voice.objects.create(
        setting=way_in.setting,
        review=review,
        whose=whose,
        how=Voice.How.LETTER,
        clause=clause if clause and clause.version_id == review.version_id else None,
        text=text,
        way_in=way_in,
        form=form,
        may_be_abuse=may_be_abuse,
        shown_from=_later(timezone.now()) if may_be_abuse else None,
    )
    if not may_be_abuse:
        told = leaders(way_in.setting)
        notify("review_letter", told, subject_id=review.pk, path=review.get_absolute_url())
    record("review.voice_by_letter", review, by=by, whose=whose, may_be_abuse=may_be_abuse)
    return voice


def _later(now: datetime) -> datetime:
    """The next full or half hour: those that wait are shown together."""
    past = now.timestamp() % TOGETHER.total_seconds()
    return now + TOGETHER - timedelta(seconds=past)
