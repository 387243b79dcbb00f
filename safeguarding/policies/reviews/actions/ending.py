"""Answering what people said, and ending a review with what was considered and what follows."""

from collections import Counter
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from foundation.errors import RuleBroken
from safeguarding.audit.trail import record
from safeguarding.law.local import rule_for
from safeguarding.notifications.clocks import stop_clocks
from safeguarding.notifications.outbox import notify
from safeguarding.people.models import Member
from safeguarding.people.permissions import require
from safeguarding.policies.models import Adoption, PolicyVersion
from safeguarding.policies.reviews.due import YEARLY, due_after
from safeguarding.policies.reviews.models import (
    Review,
    ReviewOutcome,
    ReviewTask,
    Voice,
    VoiceAnswer,
)
from safeguarding.policies.reviews.permissions import may_lead_review

from ._here import OVER, check_here

Kind = ReviewOutcome.Kind
NOT_DONE = "Some tasks are not done yet: {}. Do them, or leave them out and say why."
NOT_ANSWERED = "{} of the things people said have no answer yet. Say what was done about each."
NO_VERSION = "Choose the new version. It has to come after the one you read, and to be adopted."
TOO_LATE = "The next review is due by {} at the latest: {}"


@transaction.atomic
def answer_voice(
    *, by: Member, voice: Voice, did: VoiceAnswer.Did, said: str, text: str
) -> VoiceAnswer:
    """Say what was done about something that was said. Everyone reads it once the review has ended."""
    require(may_lead_review, by, voice.review)
    if not Review.objects.open().filter(pk=voice.review_id).exists():
        raise RuleBroken(OVER)
    Voice.objects.select_for_update(no_key=True).get(pk=voice.pk)  # the second of two waits here
    if VoiceAnswer.objects.filter(voice=voice).exists():
        raise RuleBroken("This is answered already. Look at the page again.")
    answer = VoiceAnswer.objects.create(
        setting=by.setting, voice=voice, did=did, said=said, text=text, answered_by=by
    )
    record("review.voice_answered", voice, by=by, did=did)
    return answer


@transaction.atomic
def record_outcome(
    *,
    by: Member,
    review: Review,
    kind: ReviewOutcome.Kind,
    considered: str,
    next_review_on: date | None = None,
    version: PolicyVersion | None = None,
) -> ReviewOutcome:
    """End a review: every task is done, everyone who spoke is answered, and the next date is set."""
    require(may_lead_review, by, review)
    check_here(by, version)
    Review.objects.select_for_update(no_key=True).get(pk=review.pk)  # the second of two waits here
    if ReviewOutcome.objects.filter(review=review).exists():
        raise RuleBroken(OVER)
    _check_whole(review)
    _check_version(review, kind, version)
    withdrawn = kind == Kind.WITHDRAWN
    outcome = ReviewOutcome.objects.create(
        setting=by.setting,
        review=review,
        kind=kind,
        version=version,
        considered=considered,
        took_part=_took_part(review),
        decided_on=timezone.localdate(),
        next_review_on=None if withdrawn else _next(review, next_review_on),
        recorded_by=by,
    )
    stop_clocks(setting_id=review.setting_id, subject_id=review.pk)
    _tell_who_spoke(review, by)
    record("review.ended", review, by=by, kind=kind, next=str(outcome.next_review_on or ""))
    return outcome


def _took_part(review: Review) -> str:
    """How many of whom were heard: a figure for each group, never a name. Who wrote twice is one."""
    heard: Counter[str] = Counter()
    wrote: set[UUID | None] = set()
    for one in review.voices.order_by("created_at"):
        of_themselves = one.written_by_id if one.is_their_own else None
        if one.may_be_abuse or of_themselves in wrote:
            continue
        wrote.update({of_themselves} - {None})
        heard[one.get_whose_display()] += one.people
    said = [f"{group}: {heard[group]}" for group in sorted(heard) if heard[group]]
    return "; ".join(said) or "Nobody was heard"


def _check_whole(review: Review) -> None:
    left = [str(one) for one in ReviewTask.objects.filter(review=review, done__isnull=True)]
    if left:
        raise RuleBroken(NOT_DONE.format(", ".join(left)))
    voices = Voice.objects.filter(review=review, answer__isnull=True)
    if open_ones := sum(one.needs_answer for one in voices):
        raise RuleBroken(NOT_ANSWERED.format(open_ones))


def _check_version(review: Review, kind: Kind, version: PolicyVersion | None) -> None:
    if kind != Kind.NEW_VERSION:
        if version is not None:
            raise RuleBroken("A version belongs to an outcome that says that there is a new one.")
        return
    if version is None or version.policy_id != review.policy_id:
        raise RuleBroken(NO_VERSION)
    later = version.number > review.version.number
    if not later or not Adoption.objects.filter(version=version).exists():
        raise RuleBroken(NO_VERSION)


def _next(review: Review, wanted: date | None) -> date:
    """The day of the next review: the one that was chosen, never later than the rule says."""
    today = timezone.localdate()
    rule = rule_for(review.setting_id, YEARLY, today)
    latest = due_after(rule, today)
    if wanted is None:
        return latest
    if wanted <= today:
        raise RuleBroken("The next review has to be after today.")
    if wanted > latest:
        raise RuleBroken(TOO_LATE.format(f"{latest.day} {latest:%B %Y}", rule.said))
    return wanted


def _tell_who_spoke(review: Review, by: Member) -> None:
    """Whoever said something hears that it was answered; whatever else waited is seen to."""
    voices = review.voices.select_related("written_by__setting")
    spoke = {one.written_by for one in voices if one.written_by}
    path = review.get_absolute_url()
    notify("review_ended", spoke - {by}, subject_id=review.pk, path=path)
