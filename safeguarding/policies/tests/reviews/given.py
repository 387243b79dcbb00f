"""What tests of reviews begin with: a policy, a review of it, and its end."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone

from demo.cast import Nursery
from safeguarding.policies.actions import Part, write_version
from safeguarding.policies.models import Adoption, Policy, PolicyVersion
from safeguarding.policies.reviews import actions
from safeguarding.policies.reviews.due import Standing, standings
from safeguarding.policies.reviews.models import Review, ReviewOutcome, ReviewTask, Why

PARTS = [
    Part("1", "Why we have this policy", "So that children are safe online."),
    Part("2", "Tablets", "Tablets stay in the room."),
]


def drafted(
    at: Nursery, policy: Policy | None = None, parts: Sequence[Part] = PARTS
) -> PolicyVersion:
    """A version of the policy that nobody has adopted yet."""
    return write_version(
        by=at.dana,
        title="Online safety policy",
        parts=parts,
        made=PolicyVersion.Made.WRITTEN,
        policy=policy,
    )


def adopted(
    at: Nursery, on: date, policy: Policy | None = None, parts: Sequence[Part] = PARTS
) -> PolicyVersion:
    """A version of the policy, adopted by the committee on a day."""
    version = drafted(at, policy, parts)
    Adoption.objects.create(
        setting=at.setting,
        version=version,
        adopted_on=on,
        adopted_by=at.cleo,
        digest=version.digest,
    )
    return version


DAY = timedelta(days=1)


def standing(at: Nursery) -> Standing:
    [one] = standings([at.setting.pk])
    return one


def opened(at: Nursery, policy: Policy, why: Why = Why.YEARLY) -> Review:
    today = timezone.localdate()
    return actions.open_review(
        by=at.dana,
        policy=policy,
        why=why,
        input_until=today + 14 * DAY,
        due_on=today + 30 * DAY,
    )


def task_of(review: Review, kind: ReviewTask.Kind) -> ReviewTask:
    return ReviewTask.objects.get(review=review, kind=kind)


def all_done(at: Nursery, review: Review) -> None:
    """Every task that is still to do is left out, for a reason."""
    for task in ReviewTask.objects.filter(review=review, done__isnull=True):
        actions.do_task(by=at.dana, task=task, note="Not this time.", left_out=True)


def ended(at: Nursery, review: Review, **more: object) -> ReviewOutcome:
    said = {"kind": ReviewOutcome.Kind.NO_CHANGE, "considered": "Everything."} | more
    return actions.record_outcome(by=at.dana, review=review, **said)  # type: ignore[arg-type]
