"""Policies that were looked at again: one done, one on its way with what people said, one that waits."""

from datetime import timedelta

from django.utils import timezone
from django.utils.text import slugify

from demo.calendar import Days
from demo.cast import Nursery
from demo.walker import Story
from safeguarding.policies.actions import Part, write_version
from safeguarding.policies.models import Adoption, Policy, PolicyVersion
from safeguarding.policies.reviews import actions
from safeguarding.policies.reviews.models import Review, ReviewOutcome, Voice, VoiceAnswer, Why

DAY = timedelta(days=1)
ONLINE = [
    Part("1", "What this is for", "Children are safe online here, and learn to be."),
    Part("2", "Tablets in the rooms", "An adult looks at the tablet together with the children."),
    Part("3", "When something goes wrong", "Whoever sees it reports it the same day."),
]
PICTURES = [
    Part("1", "Pictures of children", "Only with the setting’s own camera, only with consent."),
    Part("2", "Where they are kept", "On the setting’s own computer, until the child leaves."),
]
PHONES = [Part("1", "Telephones of staff", "In the locker from the first child to the last.")]
TABLETS = "The new tablets copy pictures to a company’s computers unless that is switched off in each one."
CIRCLE = "We want to choose the song. It is boring when only the grown-up touches it."


def told(here: Nursery, days: Days) -> Story:
    """The lead brings three policies in; two of them are looked at."""
    yield days.back(23, "15:40")
    online = _in_use(here, "Online safety policy", ONLINE, adopted=310)
    pictures = _in_use(here, "Pictures of children", PICTURES, adopted=360)
    made = PolicyVersion.Made.IMPORTED
    write_version(by=here.dana, title="Phones and social media", parts=PHONES, made=made)
    yield from _done(here, days, pictures)
    yield days.back(9, "15:35")
    review = _open(here, online, Why.YEARLY, views=16, done=30)
    yield days.back(7, "12:40")
    _views(here, review)
    yield days.back(3, "09:10")
    actions.ask_for_review(by=here.tariq, policy=pictures, why=Why.TECHNICAL, reason=TABLETS)


def _done(here: Nursery, days: Days, pictures: Policy) -> Story:
    """One review from its beginning to its end."""
    yield days.back(22, "15:50")
    review = _open(here, pictures, Why.YEARLY, views=4, done=12)
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


def _in_use(here: Nursery, title: str, parts: list[Part], adopted: int) -> Policy:
    """A policy that the committee adopted so many days ago, unless the setting has it already."""
    if known := Policy.objects.filter(setting=here.setting, slug=slugify(title)).first():
        return known
    made = PolicyVersion.Made.IMPORTED
    version = write_version(by=here.dana, title=title, parts=parts, made=made)
    Adoption.objects.create(
        setting=here.setting,
        version=version,
        adopted_on=timezone.localdate() - adopted * DAY,
        adopted_by=here.cleo,
        digest=version.digest,
    )
    return version.policy


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
