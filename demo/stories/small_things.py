"""What comes up in any month: a page taken over, a watch from home, a game, a message, the fair."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from demo import reports
from demo.calendar import Days
from demo.cast import Nursery
from demo.walker import Do, Story
from demo.words import Answers, Blocked, Custody, Decision, LeftOut, Note, Parents
from safeguarding.concerns.actions import Device

NO_AGENCY = Do("refer", 2, LeftOut("It does not reach the threshold of any agency."))


@dataclass(frozen=True)
class Small:
    """One such thing: who reports it and when, in which words, and what was done first."""

    kind: str
    title: str
    by: str
    days_ago: int
    clock: tuple[str, str, str]  # sent, read, taken forward
    area: str
    said: Mapping[str, Any]
    steps: Sequence[Do]


PAGE = Small(
    "account-compromised",
    "Our page was taken over",
    "sam",
    3,
    ("09:05", "09:12", "09:15"),
    "commerce",
    {
        "place": "The office computer",
        "device": "The page for families",
        "saw": "Our page had a post about cheap telephones that none of us wrote.",
        "did": "I took nothing down and told Dana.",
        "think": "Somebody may know its password. It is the old one of the office mail.",
    },
    (
        Do("tell-lead", 2, Note("Sam told me before he wrote it down.")),
        Do("first-facts", 3, Answers(("public-page", "same-password"))),
        Do("revoke", 10, Blocked("All sign-ins ended, new password, second check on."), by="tariq"),
        Do("other-accounts", 5, Blocked("The office mail had the same one: changed."), by="tariq"),
        Do("take-back-page", 10, Note("Two posts noted and taken down. Families are told why.")),
        Do("review-reads", 30, Note("Nothing was read or sent but the two posts.")),
        Do("tell-manager", 5, Note("Morgan knows.")),
        Do(
            "decide",
            5,
            Decision("A new password, and nobody uses one twice.", "Only adverts were posted."),
        ),
        NO_AGENCY,
    ),
)
WATCH_ITSELF = Device("Smart watch", "child", "Theo’s family")
WATCH = Small(
    "child-device-brought-in",
    "A watch that can record",
    "priya",
    2,
    ("09:20", "09:31", "09:35"),
    "conduct",
    {
        "place": "Acorns, at drop-off",
        "device": "A child’s smart watch",
        "saw": "Theo had a new watch, and it played back what we had said.",
        "did": "I put it into the locker with him. He waved at it.",
        "think": "His family will not know that it records.",
    },
    (
        Do("switch-off", 2, Custody(device=WATCH_ITSELF, place="Locker 4")),
        Do("tell-lead", 3, Note("Priya told me at once.")),
        Do("first-facts", 5, Answers(("was-used",))),
        Do("decide", 10, Decision("A kind word at pick-up.", "A present, and an accident.")),
        Do("what-was-recorded", 5, Note("A minute of singing. His father deletes it with us.")),
        Do("tell-parents", 380, Parents("Watches stay at home.", who="Theo’s father")),
        Do("tell-manager", 3, Note("Morgan knows.")),
        NO_AGENCY,
    ),
)
GAME = Small(
    "child-social-media-use",
    "A video app on the room tablet",
    "wren",
    2,
    ("13:05", "13:15", "13:20"),
    "content",
    {
        "place": "Oaks, tablet corner",
        "device": "Room tablet 3",
        "saw": "Two children scrolled through short videos that are for 13 and over.",
        "did": "We closed it and built a tower instead.",
        "think": "It came with the last update.",
    },
    (
        Do("tell-lead", 2, Note("Wren told me.")),
        Do("first-facts", 3, Answers(("under-age", "here-with-us"))),
        Do("put-right-here", 20, Note("Taken off all three tablets, and blocked.")),
        Do("decide", 5, Decision("The families hear of it.", "Funny videos, a few minutes.")),
        Do("tell-parents", 120, Parents("What they saw.", who="Both families")),
        Do("advise-family", 5, Note("The sheet on apps for under-fives went home with both.")),
        NO_AGENCY,
    ),
)
MESSAGE = Small(
    "personal-contact-on-social-media",
    "A parent wrote to Sam’s own account",
    "sam",
    3,
    ("12:30", "12:41", "12:45"),
    "contact",
    {
        "place": "At home",
        "saw": "A mother whom I know from the choir asked me on my own account about nap times.",
        "did": "I did not answer there.",
        "think": "She meant it kindly.",
    },
    (
        Do("tell-lead", 2, Note("Sam told me in the break.")),
        Do("first-facts", 3, Answers(("known-privately",))),
        Do("ask-to-declare", 5, Note("Sam writes down that they sing together.")),
        Do("decide", 5, Decision("We answer from the office.", "A friendly question.")),
        Do("answer-from-ours", 10, Note("The office wrote, and said how to reach us.")),
        Do("tell-manager", 3, Note("Morgan knows.")),
        NO_AGENCY,
    ),
)
FAIR = Small(
    "visitor-device-breach",
    "Photographs at the autumn fair",
    "devi",
    4,
    ("11:40", "11:52", "11:55"),
    "conduct",
    {
        "place": "Garden, at the fair",
        "device": "A visitor’s telephone",
        "saw": "A grandfather took photographs across the sand pit.",
        "did": "I asked him kindly, and he put it away.",
        "think": "There is no sign at the garden gate.",
    },
    (
        Do("ask-kindly", 2, Note("He was sorry and deleted three pictures himself.")),
        Do("tell-lead", 3, Note("Devi told me.")),
        Do("first-facts", 3, Answers(("signs-missing",))),
        Do("signs", 40, Note("A sign hangs at the garden gate now.")),
        Do("decide", 5, Decision("Nothing further.", "A proud grandfather.")),
        NO_AGENCY,
    ),
)


def page(here: Nursery, days: Days) -> Story:
    return _told(here, days, PAGE)


def watch(here: Nursery, days: Days) -> Story:
    return _told(here, days, WATCH)


def game(here: Nursery, days: Days) -> Story:
    return _told(here, days, GAME)


def message(here: Nursery, days: Days) -> Story:
    return _told(here, days, MESSAGE)


def fair(here: Nursery, days: Days) -> Story:
    return _told(here, days, FAIR)


def _told(here: Nursery, days: Days, one: Small) -> Story:
    """It is reported, read, and dealt with as far as it goes the same day."""
    sent, read, taken = (days.back(one.days_ago, clock) for clock in one.clock)
    yield sent
    concern = reports.send(here.people[one.by], one.kind, one.area, one.said)
    yield read
    reports.read(here.dana, concern)
    yield taken
    walk = reports.take_forward(
        here,
        here.dana,
        concern,
        title=one.title,
        procedure=one.kind,
        reasons="It has to be put right, and written down.",
    )
    yield from walk.on(taken, *one.steps)
