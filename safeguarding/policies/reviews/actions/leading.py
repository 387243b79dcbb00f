"""Opening a review with its tasks and its deadlines, and doing the tasks."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from foundation.errors import RuleBroken
from safeguarding.audit.trail import record
from safeguarding.law.local import rule_for
from safeguarding.notifications.clocks import Due, Owed, start_clocks, stop_clocks
from safeguarding.notifications.outbox import notify
from safeguarding.people.models import Member
from safeguarding.people.permissions import require
from safeguarding.people.roles import Role
from safeguarding.policies.models import Policy, PolicyVersion
from safeguarding.policies.reviews.due import YEARLY, due_after
from safeguarding.policies.reviews.models import (
    RequestDecision,
    Review,
    ReviewRequest,
    ReviewTask,
    ReviewTaskDone,
    Voice,
    Why,
)
from safeguarding.policies.reviews.permissions import may_do_task, may_lead_reviews

from ._here import KIND, OUTCOME, OVER, asked_for_views, check_here, end_of, leaders

AT_LEAST = 3  # days that people have to say what they think
OPEN_ALREADY = "A review of this policy is open already. Go on with that one."
WITHDRAWN = (
    "This policy was withdrawn, so there is nothing to look at again. A new version that the committee "
    "adopts brings it back."
)
TOO_LONG = "Check the year: a review ends before the next one would be due, so by {} at the latest."
AGREED = "The date agreed when the review was opened"
NOBODY_HEARD = (
    "Nobody of this group has been heard yet. Write down what they said first, or leave this out "
    "and say why."
)
Kind = ReviewTask.Kind
LAST = (Kind.DECIDE, Kind.PROPOSE)  # due with the review itself; the others come before
HEARD = {
    Kind.STAFF: (Voice.Whose.STAFF, Voice.Whose.TECHNICAL),
    Kind.PARENTS: (Voice.Whose.PARENT,),
    Kind.CHILDREN: (Voice.Whose.CHILDREN,),
}


@transaction.atomic
def open_review(*, by: Member, policy: Policy, why: Why, input_until: date, due_on: date) -> Review:
    """Begin a review: its tasks get owners and dates, and everyone is asked what they think."""
    require(may_lead_reviews, by)
    check_here(by, policy)
    _check_dates(by, input_until, due_on)
    Policy.objects.select_for_update(no_key=True).get(pk=policy.pk)  # the second of two waits here
    if Review.objects.open().filter(policy=policy).exists():
        raise RuleBroken(OPEN_ALREADY)
    review = Review.objects.create(
        setting=by.setting,
        policy=policy,
        version=_read(policy),
        why=why,
        opened_by=by,
        input_until=input_until,
        due_on=due_on,
    )
    _plan(review)
    _ask_everyone(review)
    _decide(review, by)
    stop_clocks(setting_id=by.setting_id, subject_id=policy.pk, key="review")
    record("review.opened", review, by=by, policy=str(policy.pk), why=why)
    return review


@transaction.atomic
def do_task(*, by: Member, task: ReviewTask, note: str, left_out: bool = False) -> ReviewTaskDone:
    """Say that a task of a review is done, or that it is left out and why."""
    require(may_do_task, by, task)
    # The second of two waits here.
    Review.objects.select_for_update(no_key=True).get(pk=task.review_id)
    if not Review.objects.open().filter(pk=task.review_id).exists():
        raise RuleBroken(OVER)
    if ReviewTaskDone.objects.filter(task=task).exists():
        raise RuleBroken("This is done already. Look at the page again.")
    if left_out and not note.strip():
        raise RuleBroken("Say in a sentence why this is left out.")
    wanted = HEARD.get(Kind(task.kind), ())
    if wanted and not left_out and not task.review.voices.filter(whose__in=wanted).exists():
        raise RuleBroken(NOBODY_HEARD)
    done = ReviewTaskDone.objects.create(
        setting=by.setting, task=task, left_out=left_out, note=note, done_by=by
    )
    stop_clocks(setting_id=task.setting_id, subject_id=task.review_id, key=task.key)
    if not ReviewTask.objects.filter(review=task.review_id, done__isnull=True).exists():
        _ask_for_outcome(task.review, by)
    record("review.task_done", task, by=by, kind=task.kind, left_out=left_out)
    return done


def _check_dates(by: Member, input_until: date, due_on: date) -> None:
    if input_until < timezone.localdate() + timedelta(days=AT_LEAST):
        raise RuleBroken(f"Give people at least {AT_LEAST} days to say what they think.")
    if due_on < input_until:
        raise RuleBroken("The review cannot end before people have had their say.")
    rule = rule_for(by.setting_id, YEARLY, timezone.localdate())
    latest = due_after(rule, timezone.localdate())
    if due_on > latest:
        raise RuleBroken(TOO_LONG.format(f"{latest:%-d %B %Y}"))


def _read(policy: Policy) -> PolicyVersion:
    """The version that is looked at: the one in force, else the newest."""
    versions = policy.versions.with_withdrawal()
    version = versions.in_force().first() or versions.order_by("number").last()
    if version is None:
        raise RuleBroken("There is no text of this policy yet. Write it down first.")
    if version.is_withdrawn:
        raise RuleBroken(WITHDRAWN)
    return version


def _plan(review: Review) -> None:
    """The tasks, each with its clock: everything is whoever opened it's, but for the technical view."""
    technical = review.setting.holding({Role.TECHNICAL}, timezone.localdate()).first()
    tasks = [
        ReviewTask(
            setting=review.setting,
            review=review,
            kind=kind,
            owner=(technical if kind == Kind.TECHNICAL else None) or review.opened_by,
            due_on=review.due_on if kind in LAST else review.input_until,
        )
        for kind in Kind
    ]
    ReviewTask.objects.bulk_create(tasks)
    start_clocks(
        _owed(review, one.owner, one.key, one.get_kind_display(), one.due_on) for one in tasks
    )


def _ask_for_outcome(review: Review, by: Member) -> None:
    """All is done but the end: it is whoever's who did the last thing, or opened the review, and leads."""
    leading = leaders(review.setting)
    able = [one for one in (by, review.opened_by, *leading) if one in leading]
    text = f"Say what came of the review of “{review.version.title}”"
    start_clocks(_owed(review, one, OUTCOME, text, review.due_on) for one in able[:1])


def _ask_everyone(review: Review) -> None:
    """One message and one clock each. Nobody has to answer: the clock ends with one reminder."""
    asked = [one for one in asked_for_views(review.setting) if one != review.opened_by]
    path = review.setting.link_to("policies:say", review.pk)
    notify("review_views_wanted", asked, subject_id=review.pk, path=path)
    text = f"Say what you think of “{review.version.title}”"
    start_clocks(
        _owed(review, one, f"voice/{one.pk}", text, review.input_until, page="policies:say")
        for one in asked
    )


def _owed(
    review: Review,
    owner: Member,
    key: str,
    text: str,
    day: date,
    page: str = "policies:review",
) -> Owed:
    return Owed(
        owner=owner,
        subject=(KIND, review.pk),
        key=key,
        text=text,
        path=review.setting.link_to(page, review.pk),
        started_at=review.created_at,
        due=Due(end_of(day), rule_text=AGREED),
    )


def _decide(review: Review, by: Member) -> None:
    """Whatever was asked for and waited is decided by this review."""
    waiting = ReviewRequest.objects.waiting().filter(policy=review.policy)
    decided = [
        RequestDecision(setting=review.setting, request=one, review=review, decided_by=by)
        for one in waiting.select_related("asked_by__setting")
    ]
    RequestDecision.objects.bulk_create(decided)
    for one in decided:
        if one.request.prompt:
            stop_clocks(setting_id=by.setting_id, subject_id=one.request_id)
    _tell_askers(decided, by)


def _tell_askers(decided: Iterable[RequestDecision], by: Member) -> None:
    for one in decided:
        asker = one.request.asked_by
        if asker not in {None, by}:
            path = one.setting.link_to("policies:review_request", one.request_id)
            notify("review_request_decided", [asker], subject_id=one.request_id, path=path)
