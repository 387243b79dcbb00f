"""Policies that were looked at again: one done, one on its way with what people said, one that waits."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from demo.calendar import Days
from demo.cast import Nursery
from demo.walker import Story
from safeguarding.notifications.outbox import mark_seen
from safeguarding.policies.models import Policy
from safeguarding.policies.reviews import actions
from safeguarding.policies.reviews.letters import by_letter
from safeguarding.policies.reviews.models import (
    Review,
    ReviewOutcome,
    Voice,
    VoiceAnswer,
    WayIn,
    Why,
)

DAY = timedelta(days=1)
TABLETS = "The new tablets copy pictures to a company’s computers unless that is switched off in each one."
CIRCLE = "We want to choose the song. It is boring when only the grown-up touches it."


def told(here: Nursery, days: Days) -> Story:
    """Both policies of the setting are looked at, and somebody asks for more."""
    yield days.back(23, "15:40")
    online = _policy(here, "online-safety-policy")
    mobile = _policy(here, "mobile-technology-and-social-media-policy")
    yield from _done(here, days, mobile)
    yield days.back(9, "15:35")
    review = _open(here, online, Why.TECHNICAL, views=16, done=30)
    way = actions.make_way_in(by=here.dana, review=review)
    yield days.back(7, "12:40")
    _views(here, review)
    yield from _by_letter(here, days, way)
    yield days.back(3, "09:10")
    actions.ask_for_review(by=here.tariq, policy=mobile, why=Why.TECHNICAL, reason=TABLETS)


def _by_letter(here: Nursery, days: Days, way: WayIn) -> Story:
    """A parent answers the letter, and those who lead read it."""
    yield days.back(6, "19:55")
    actions.say_by_letter(
        by=by_letter(here.setting),
        way_in=way,
        form=uuid4(),
        whose=Voice.Whose.PARENT,
        text="We never see which apps are on the tablets. A list on the door would help.",
    )
    yield days.back(5, "08:50")
    for who in (here.dana, here.devi, here.morgan, here.wren):
        mark_seen(who, way.review_id)


def _done(here: Nursery, days: Days, mobile: Policy) -> Story:
    """One review from its beginning to its end."""
    yield days.back(22, "15:50")
    review = _open(here, mobile, Why.GUIDANCE, views=4, done=12)
    yield days.back(20, "12:20")
    voice = actions.say(by=here.sam, review=review, text="Where do the old pictures go?")
    yield days.back(17, "16:05")
    actions.answer_voice(
        by=here.dana,
        voice=voice,
        did=VoiceAnswer.Did.ELSEWHERE,
        said="What happens to old pictures",
        text="They are deleted each July. It is written beside the computer now.",
    )
    _finish(here, review)


def _policy(here: Nursery, slug: str) -> Policy:
    """One of the two that the setting built and the committee adopted."""
    return Policy.objects.readable_by(here.dana).get(slug=slug)


def _open(here: Nursery, policy: Policy, why: Why, *, views: int, done: int) -> Review:
    today = timezone.localdate()
    return actions.open_review(
        by=here.dana,
        policy=policy,
        why=why,
        input_until=today + views * DAY,
        due_on=today + done * DAY,
    )


def _views(here: Nursery, review: Review) -> None:
    """What a practitioner, a parent and the children think, and what the technical side found."""
    tablets = review.version.clauses.filter(number="2").first()
    actions.say(
        by=here.priya,
        review=review,
        clause=tablets,
        text="With fourteen children and two adults we cannot always sit beside the tablet.",
    )
    actions.say(by=here.pat, review=review, text="Please say what we can do at home.")
    actions.write_down(
        by=here.priya,
        review=review,
        whose=Voice.Whose.CHILDREN,
        how=Voice.How.MEETING,
        people=9,
        clause=tablets,
        text=CIRCLE,
    )
    task = review.tasks.get(kind="technical")
    actions.do_task(by=here.tariq, task=task, note="The filter is the one named here.")


def _finish(here: Nursery, review: Review) -> None:
    for task in review.tasks.filter(done__isnull=True):
        heard = task.kind in {"staff", "read", "contacts", "guidance", "decide", "propose"}
        note = "Done." if heard else "Asked; nobody had anything to say this time."
        actions.do_task(by=here.dana, task=task, note=note, left_out=not heard)
    actions.record_outcome(
        by=here.dana,
        review=review,
        kind=ReviewOutcome.Kind.NO_CHANGE,
        considered="The camera, the consents and where pictures are kept are as the policy says.",
    )
