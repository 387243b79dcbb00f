"""A picture in the shared album that should not be there: midway, social care has yet to answer."""

from demo import reports
from demo.calendar import Days
from demo.cast import Nursery
from demo.walker import Do, Story
from demo.words import (
    Answers,
    Blocked,
    Custody,
    Decision,
    HandOver,
    LeftOut,
    Note,
    Parents,
    Referral,
    Reply,
    Risk,
    Support,
)
from safeguarding.concerns.actions import Device, let_know
from safeguarding.concerns.report import Person

ALBUM = {
    "place": "Acorns, charging shelf",
    "device": "Acorns tablet 1",
    "saw": "A message on the tablet said that a family had added to our holiday album. One of the "
    "pictures was of Noor and should not be there. I closed the cover at once.",
    "did": "I told nobody in the room. I took the tablet to Dana and told her in person.",
    "think": "I think that it was put there without a bad thought, but I may be wrong.",
}
FIRST_DAY = (
    Do(
        "tell-lead",
        3,
        Note("Sam came to the office at once with the tablet closed, and told me."),
        15,
    ),
    Do("first-facts", 4, Answers(("device-in-reach", "on-our-systems"))),
    Do(
        "secure-device",
        5,
        Custody(
            device=Device("Acorns tablet 1", "ours", "Sam Whitlock, who brought it closed"),
            place="Safe in the office",
            seal="S 0213",
            text="Nobody has opened it since.",
        ),
        earlier=10,
    ),
    Do(
        "block-access",
        6,
        Blocked(
            "The holiday album is closed for everyone. Nothing in it was opened, moved or deleted."
        ),
        by="tariq",
    ),
    Do(
        "urgent-questions",
        3,
        Answers(("adult-involved",), "An adult of a family put it there; nobody knows more."),
    ),
    Do(
        "refer-police",
        9,
        Referral(
            "police",
            "Telephone 101",
            "What Sam told me, where it is and who can get at it. Leave the album closed and the "
            "tablet where it is. The family may be told that it was found and that it is blocked.",
            person="The officer who took the call",
            reference="P-2291",
            reply_within=1,
        ),
        earlier=4,
    ),
    Do(
        "refer-social-care",
        8,
        Referral(
            "social-care",
            "Telephone, then the form on the portal",
            "The same, and that Noor has no earlier report. They will talk with the police first "
            "and then tell us whether they need to meet the family.",
            person="The duty social worker",
            reference="SC-88-140",
            reply_within=4,
        ),
        earlier=5,
    ),
    Do(
        "adult-who-works-here",
        4,
        Decision(
            "No allegation record is started.",
            "The album shows which family’s account it came from. Nobody of that family works or "
            "helps here. If the police tell us otherwise, I look at this again at once.",
            to_act=False,
        ),
    ),
    Do("report-address", 2, LeftOut("It stands in our own closed album and not on a public page.")),
    Do(
        "ask-advice", 2, LeftOut("The police have it, and I am not in doubt about what to do next.")
    ),
    Do(
        "follow-guidance",
        20,
        Decision(
            "I follow our child protection policy, the partnership’s procedures and the national "
            "guidance, in the editions linked here.",
            "Fact: Sam saw one picture for a moment and closed the cover. Nothing was said by a "
            "child. I have written down nothing about the picture, and nobody needs to know more.",
        ),
    ),
)
SECOND_DAY = (
    Do(
        "",
        0,
        Reply(
            "police",
            "They have spoken to the family who added it, and see no wish to harm. They ask that "
            "nothing is deleted until they write to us.",
        ),
        earlier=15,
    ),
    Do(
        "assess-risk",
        15,
        Risk(
            "Low from what we know: few people could open the album and it is closed. It stays a "
            "risk until the police have said what becomes of it.",
            vulnerability="Noor is three, speaks of nothing unusual and plays as always. Noor had a "
            "fright on a tablet a few weeks ago and is doing well.",
            checks="Police: nothing known about either family. Social care: answer awaited.",
        ),
    ),
    Do("check-need-to-look", 3, Answers((), "Sam’s words were enough. Nobody has to look.")),
    Do(
        "tell-parents",
        12,
        Parents(
            "That a picture of Noor was in the holiday album, that it was noticed at once, that "
            "the police know, and that nobody here has looked at it. She wept, then asked good "
            "questions. She may ring me at any time.",
            who="Noor’s mother",
            told_by="Dana Okafor, with Morgan Hughes",
        ),
        earlier=25,
    ),
    Do(
        "support",
        15,
        Support(
            "Noor’s days stay as they are. Priya is close by, and asks nothing. Her mother has the "
            "number of a helpline for parents and a time with me each week.",
            child="noor",
        ),
    ),
    Do("", 10, HandOver(to="devi", place="Safe in the office, top shelf", seal="S 0213")),
)


def told(here: Nursery, days: Days) -> Story:
    """Secured, blocked, referred; the family is told; what becomes of the picture is open."""
    yield days.back(3, "10:05")
    people = [
        Person("harmed", child=here.noor),
        Person("alleged", name="An adult of a family here"),
    ]
    concern = reports.send(here.sam, "nude-image", "content", ALBUM, people)
    yield days.back(3, "10:09")
    reports.read(here.dana, concern)
    yield days.back(3, "10:12")
    walk = reports.take_forward(
        here,
        here.dana,
        concern,
        title="A picture in the holiday album",
        procedure="nude-image",
        reasons="It may be an indecent picture of a child. Only Devi, Morgan and I know of it.",
    )
    yield days.back(3, "10:14")
    reason = "answers for the building and will see the family with me"
    let_know(by=here.dana, case=walk.case, member=here.morgan, reason=reason)
    yield from walk.on(days.back(3, "10:15"), *FIRST_DAY)
    yield from walk.on(days.back(2, "09:05"), *SECOND_DAY)
