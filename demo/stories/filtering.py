"""A frightening video on a tablet: closed, with two things to change, one of them late."""

from demo import reports
from demo.calendar import Days
from demo.cast import Nursery
from demo.walker import Do, Story, Walk
from demo.words import Answers, Blocked, Decision, LeftOut, Note, Parents, Review, Risk, Support
from safeguarding.approvals.actions import approve
from safeguarding.concerns import actions
from safeguarding.concerns.models import Concern, ReviewAction
from safeguarding.concerns.report import Person

VIDEO = {
    "place": "Acorns, book corner",
    "device": "Acorns tablet 2",
    "saw": "The cartoon ended and the tablet went on to another video by itself. It looked like the "
    "same cartoon but was made to frighten: it was dark and the pig was crying. Noor and Theo were "
    "beside me. It played for a few seconds.",
    "heard": "Theo said: “Why is the piggy sad? Turn it off.” Noor put her hands over her eyes.",
    "asked": "Nothing.",
    "did": "I turned the tablet face down and told them that nobody had done anything wrong. We "
    "went out to the mud kitchen. I gave the tablet to Tariq and told Dana in person.",
    "think": "I think the player goes on to the next video by itself. I had not noticed that.",
}
LOG = {
    "device": "Acorns tablet 2",
    "saw": "The log of the filter shows that the video was let through because it carries the mark "
    "“made for children”. The same channel was opened on Acorns tablet 1 last week, for two "
    "minutes, at a time when no children were here.",
    "did": "I have blocked the channel on all tablets. I did not open the video.",
    "think": "It looks like somebody choosing videos in advance. The mark cannot be trusted.",
}
SAME_DAY = (
    Do(
        "make-safe",
        4,
        Note(
            "Priya turned the tablet face down at once and comforted both children. They were "
            "playing in the mud kitchen a few minutes later."
        ),
        earlier=35,
    ),
    Do("tell-lead", 3, Note("Priya told me in person as soon as she could leave the room."), 20),
    Do(
        "block-now",
        6,
        Blocked(
            "Acorns tablet 2 is switched off and locked in the office. Its history is as it was."
        ),
        by="tariq",
    ),
    Do("first-facts", 4, Answers(("child-involved",))),
    Do(
        "decide",
        25,
        Decision(
            "We tell both families today, correct the filter and the player, and look again when "
            "Tariq has read the log. No other agency is needed.",
            "Fact: an unsuitable video played for some seconds in front of two children. Nothing "
            "in it was against the law. My view: it came through automatic play, and nobody looked "
            "for it. Both children were comforted at once and have no earlier reports.",
        ),
    ),
    Do(
        "tell-leadership",
        10,
        Note(
            "I told Morgan and Wren what got through, on which tablet, and that it is out of use."
        ),
    ),
    Do(
        "tell-parents",
        210,
        Parents(
            "What came up, for how long, what Priya did and that the tablet is out of use. She "
            "thanked us, and will tell us if Noor speaks of it or sleeps badly.",
            who="Noor’s mother",
            told_by="Priya Nair",
        ),
        earlier=10,
    ),
    Do(
        "tell-parents",
        12,
        Parents(
            "The same. He laughed about the pig at first, then asked how it could happen, and was "
            "glad to hear that automatic play will be switched off.",
            who="Theo’s father",
            told_by="Priya Nair",
        ),
        earlier=15,
    ),
)
NEXT_DAYS = (
    Do(
        "assess-change",
        0,
        Risk(
            "If we block the whole video service, the children lose songs and signing videos that "
            "Maya and Isla learn from. If we block only this channel, the next one comes through. "
            "Agreed with Morgan and Priya: no automatic play, and a list of channels that we chose.",
            vulnerability="Children of two to four cannot tell a copy of a cartoon from the real "
            "one. Noor is easily frightened in the dark.",
            checks="None needed: nothing in it concerns a particular child.",
        ),
    ),
    Do(
        "correct-filter",
        25,
        Blocked(
            "Automatic play is off and only our own list of channels opens, on all four tablets."
        ),
        by="tariq",
    ),
    Do(
        "test-filter",
        30,
        Answers(
            ("correction-holds", "nothing-needed-is-blocked"),
            "Tariq and Priya tried it the way the children do. Two signing videos were missing, "
            "and are now on the list.",
        ),
    ),
    Do(
        "tell-provider",
        10,
        Note("Tariq reported the channel to the provider of the filter. They have added it."),
    ),
    Do(
        "support",
        15,
        Support(
            "Priya keeps Noor close at story time this week and reads the pig book with her, "
            "which ends well. We ask her mother next week how she sleeps.",
            child="noor",
        ),
    ),
    Do(
        "support",
        4,
        Support("Theo talks about it freely. Priya listens and leaves it there.", child="theo"),
    ),
    Do(
        "work-together",
        3,
        LeftOut(
            "Both families and the staff in the room know, and there is nothing more to agree."
        ),
    ),
)
LOOKING_BACK = (
    Do(
        "review",
        0,
        Review(
            "Priya did everything right, and quickly. We learnt that a mark “made for children” "
            "says nothing, and that none of us had looked at how the player was set. Noor slept "
            "well. Families heard of it from us on the same day, and two of them thanked us.",
            changes=(
                ("Switch off automatic play in the set-up of every new tablet", "tariq", 4),
                ("Put a card by each tablet: choose the video first, stay beside it", "wren", 8),
            ),
        ),
    ),
)


def told(here: Nursery, days: Days) -> Story:
    """Reported, put right and closed. Wren's card is not done yet."""
    yield days.back(21, "10:40")
    concern = _video_report(here)
    yield days.back(21, "10:52")
    reports.read(here.dana, concern)
    yield days.back(21, "10:58")
    walk = reports.take_forward(
        here,
        here.dana,
        concern,
        title="Frightening video on an Acorns tablet",
        procedure="filtering-breach",
        reasons="Something unsuitable reached two children, so we follow the procedure for it.",
    )
    yield from walk.on(days.back(21, "11:00"), *SAME_DAY)
    yield days.back(20, "09:30")
    actions.gather(by=here.dana, concern=_log_report(here), case=walk.case)
    yield from walk.on(days.back(20, "09:35"), *NEXT_DAYS)
    yield from walk.on(days.back(14, "13:30"), *LOOKING_BACK)
    yield from walk.close(
        days.back(14, "13:55"), "The filter is corrected and tested; all is told."
    )
    yield from _afterwards(walk, days)


def _afterwards(walk: Walk, days: Days) -> Story:
    """One of the changes is made, and the committee’s lead has the case on paper."""
    yield days.back(12, "10:15")
    actions.complete_action(
        by=walk.here.tariq, action=_action(walk.here), note="It is in the set-up list now."
    )
    yield days.back(11, "09:40")
    approval = actions.ask_to_print_case(
        by=walk.by,
        case=walk.case,
        recipient="Cleo Barnes, committee lead for safeguarding",
        purpose="To look at how the filter is checked",
    )
    yield days.back(11, "11:10")
    approve(by=walk.here.morgan, approval=approval, seen=approval.digest)


def logged(here: Nursery, days: Days) -> Story:
    """What the filter's log showed, sent as a report of its own."""
    yield days.back(20, "08:50")
    concern = reports.send(here.tariq, "filtering-breach", "content", LOG, minutes_before=30)
    yield days.back(20, "09:20")
    reports.read(here.dana, concern)


def _video_report(here: Nursery) -> Concern:
    people = [Person("harmed", child=here.noor), Person("harmed", child=here.children["theo"])]
    return reports.send(here.priya, "filtering-breach", "content", VIDEO, people)


def _log_report(here: Nursery) -> Concern:
    return Concern.objects.sent_by(here.tariq).latest("created_at")


def _action(here: Nursery) -> ReviewAction:
    return ReviewAction.objects.readable_by(here.tariq).get(owner=here.tariq)
