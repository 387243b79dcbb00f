"""A worry about a child who listens to a voice at night: open, one step late, parents not told yet."""

from demo import reports
from demo.calendar import Days
from demo.cast import Nursery
from demo.walker import Do, Story, Walk
from demo.words import Advice, Answers, Decision, LeftOut, Note, Parents
from safeguarding.concerns import actions
from safeguarding.concerns.models import Concern
from safeguarding.concerns.report import Mark, Person

TIRED = {
    "place": "Acorns, quiet corner",
    "saw": "Kit fell asleep on the cushions at half past eight, for the third morning this week. "
    "When the office telephone rang, Kit sat up, went white and put both hands over the ears.",
    "heard": "“The man in the phone shouts in the dark. I have to be quiet or he hears me.” Later, "
    "to the bear: “Ssh, he hears you.”",
    "asked": "“Would you like to tell me about the man?” Kit shook the head, and I left it there.",
    "did": "I stayed with Kit, and we built a den with a torch. I told Dana as soon as Sam took over.",
    "think": "It could be a film, a game with a headset, or somebody who really shouts. I do not "
    "know, and that is why I am writing.",
}
MORE = (
    "Today at snack, without being asked, Kit said: “He was there again. Daddy’s phone was under "
    "the pillow.” Kit ate nothing at snack and two helpings at lunch. I asked nothing."
)
PICK_UP = {
    "place": "At the door, at pick-up",
    "saw": "A man I do not know waited in a car outside, on the telephone. Kit saw the car through "
    "the window and hid behind me. The person who collected Kit was on our list.",
    "heard": "Kit whispered: “Not the phone.”",
    "asked": "Nothing.",
    "did": "I walked Kit to the gate and waved. I told Dana when everyone had gone.",
    "think": "It may mean nothing. It was the second time that a telephone frightened Kit here.",
}
FIRST_DAY = (
    Do("tell-lead", 4, Note("Priya told me in person as soon as Sam had taken over the room."), 25),
    Do("first-facts", 6, Answers(("unsure",))),
    Do(
        "ask-advice",
        9,
        Advice(
            "What Kit says does not yet tell whether somebody frightens Kit or a film does. Listen, "
            "write it down, do not ask Kit, and do not speak with the family about the man before "
            "they have looked at what they hold. They will ring back within the week.",
            agency="Children’s social care, advice line",
            person="The duty social worker",
        ),
        earlier=6,
    ),
    Do(
        "decide",
        30,
        Decision(
            "Priya is Kit’s person and writes down what Kit says, in Kit’s words. We keep the "
            "mornings calm and wait for the answer of social care before we speak to the family.",
            "Fact: Kit fell asleep on three mornings, and is frightened when a telephone rings. "
            "Kit’s words stand in the report. My view: something at night frightens Kit, and "
            "asking at home too early might make it harder for Kit to speak.",
        ),
    ),
    Do(
        "refer",
        4,
        LeftOut(
            "Not yet: the duty social worker has all that we know, and does not think that it "
            "reaches the threshold today. One more word from Kit about the man, and I ring again."
        ),
    ),
    Do(
        "tell-parents",
        10,
        Parents(
            "Not told yet. Kit said: “I have to be quiet or he hears me.” We do not know who he "
            "is, so we cannot be sure that telling the family would not put Kit at greater risk. "
            "Social care asked us to wait until they ring back. I look at this again each morning."
        ),
    ),
    Do(
        "tell-manager",
        4,
        Note("Morgan knows that we keep a close eye on one child in Acorns, and that I lead it."),
    ),
)
SECOND_DAY = (
    Do(
        "",
        0,
        Note(
            "“He was there again. Daddy’s phone was under the pillow.” (to Priya, at snack)",
            "childs_words",
        ),
        earlier=40,
    ),
    Do(
        "",
        5,
        Decision(
            "We go on waiting with the family, and I ring social care again today.",
            "Kit now names a telephone at home. That is more reason not to speak of it there before "
            "social care has answered.",
            to_act=False,
        ),
    ),
    Do(
        "",
        25,
        Note(
            "I rang the advice line and read them what Kit said today. They have it with the first "
            "call, and a social worker will look at both.",
            "call",
        ),
        earlier=10,
    ),
)

THANKS = (
    "Thank you, Priya. It was right to write it down so exactly. It is in good hands. Please go on as "
    "always, and tell me the same day if you notice anything new."
)
SEEN = (
    "Priya changed wet trousers after the water play and fetched me. We looked at nothing that was "
    "not in plain sight."
)
GRAZES = (
    Mark(
        "front-left-knee",
        size="as a 2p coin",
        colour="red, dry",
        shape="round",
        words="Kit said: “I fell off the scooter.”",
    ),
    Mark("back-right-elbow", size="as a pea", colour="yellow and green"),
)
DIARY = "health visitor, words of her call.txt"
FROM_HER = "What the health visitor told me on the telephone, as she sent it to me afterwards."
WRITTEN = (
    b"Kit was seen at home in spring. Sleep was good then. No worries about growth or speech. "
    b"I will ring the family about bedtimes after you have heard from social care, not before."
)


def told(here: Nursery, days: Days) -> Story:
    """Two reports and an addition; what will help Kit was not agreed in time."""
    yield days.back(8, "09:20")
    kit = [Person("harmed", child=here.kit)]
    first = reports.send(here.priya, "welfare-concern", "contact", TIRED, kit, minutes_before=45)
    yield days.back(8, "09:31")
    reports.read(here.dana, first)
    yield days.back(8, "09:37")
    walk = reports.take_forward(
        here,
        here.dana,
        first,
        title="Kit, tired and frightened of telephones",
        procedure="welfare-concern",
        reasons="A child is frightened of something at night, and we do not know what it is.",
    )
    yield from walk.on(days.back(8, "09:40"), *FIRST_DAY)
    yield days.back(7, "10:55")
    reports.add(here.priya, first, MORE)
    yield from walk.on(days.back(7, "11:20"), *SECOND_DAY)
    yield from _that_day(here, days, walk, first)
    yield days.back(6, "15:25")
    second = reports.send(here.wren, "welfare-concern", "contact", PICK_UP, kit)
    yield days.back(6, "15:40")
    reports.read(here.dana, second)
    yield days.back(6, "15:44")
    actions.gather(by=here.dana, concern=second, case=walk.case)


def _that_day(here: Nursery, days: Days, walk: Walk, first: Concern) -> Story:
    """A word to whoever told first, what was seen at a change of trousers, and a letter."""
    yield days.back(7, "12:05")
    actions.reply_to_reporter(
        by=here.dana, concern=first, text=THANKS, says_nothing_of_the_case=True
    )
    yield days.back(7, "14:10")
    actions.record_marks(by=here.dana, case=walk.case, marks=GRAZES, text=SEEN)
    yield days.back(7, "16:30")
    actions.add_file(by=here.dana, case=walk.case, name=DIARY, content=WRITTEN, text=FROM_HER)
