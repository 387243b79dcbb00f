"""What happened at Bluebells: one case closed, one open, and a report that needed no case."""

from demo import reports
from demo.calendar import Days
from demo.cast import Nursery
from demo.walker import Do, Story
from demo.words import Advice, Answers, Decision, LeftOut, Note, Parents, Review, Support
from safeguarding.concerns import actions
from safeguarding.concerns.report import Person

LATE = {
    "place": "Acorns, carpet time",
    "saw": "Theo yawned all morning and told the others how a dragon eats people.",
    "heard": "“I watched the dragon one with the blood. Isla went to bed and I stayed up till the "
    "end.”",
    "asked": "“Who watched with you?” Theo said: “Nobody. Daddy was on the laptop.”",
    "did": "I drew a kind dragon with him and told Dana at lunch.",
    "think": "He has seen something made for adults, by himself.",
}
LATE_STEPS = (
    Do("tell-lead", 3, Note("Priya told me at lunch and wrote it down directly."), 20),
    Do("first-facts", 3, Answers()),
    Do(
        "decide",
        15,
        Decision(
            "I talk with Theo’s father today. No other agency is needed.",
            "Fact: Theo says that he watched a film alone, late. My view: one evening that slipped, "
            "in a family that cares. There is no earlier report.",
        ),
    ),
    Do("refer", 2, LeftOut("One late film does not reach the threshold.")),
    Do("tell-manager", 2, LeftOut("Morgan does not need to know of it to keep the overview.")),
    Do(
        "tell-parents",
        100,
        Parents(
            "What Theo said. He had not known that the film went on. He asked how to set an age "
            "limit, and we did it together on his phone.",
            who="Theo’s father",
            told_by="Dana Okafor",
        ),
        earlier=10,
    ),
    Do("support", 5, Support("Priya tells dragon stories that end well for a week.", child="theo")),
    Do("work-together", 2, LeftOut("The family and we have said all there is to say.")),
)
LATE_END = (
    Do(
        "review",
        0,
        Review("Theo sleeps well. A short, friendly talk on the same day was all that it took."),
    ),
)
NOTES = {
    "place": "Staff room",
    "device": "Sam’s own phone",
    "saw": "Somebody made a group called “Bluebells moans” and added me. It has remarks on how one "
    "of us looks and speaks. I counted fourteen in two days.",
    "heard": "Sam said to me: “I do not want to come in tomorrow.”",
    "did": "I asked Sam to keep the messages, and not to answer. I told Dana in person.",
    "think": "I do not know who made the group. Some of the remarks are from people we know.",
}
NOTES_STEPS = (
    Do("tell-lead", 4, Note("Wren and Sam told me together, in the office."), 20),
    Do("first-facts", 5, Answers(("unsure",))),
    Do(
        "ask-advice",
        8,
        Advice(
            "Not a crime from what we read to them. Keep the messages, ask the platform to take "
            "them down, and deal with it under the behaviour policy. No child is involved.",
            agency="Education safeguarding service",
            person="The adviser on duty",
        ),
        earlier=4,
    ),
    Do(
        "what-happened",
        25,
        Decision(
            "It is bullying of a colleague by messages, and we do not put up with it. I talk with "
            "Sam about what should happen next before anybody else is spoken to.",
            "Fact: fourteen remarks in two days, which Wren counted. My view: it began as a joke, "
            "and it is none for Sam.",
        ),
    ),
    Do("refer", 3, LeftOut("No child is harmed or at risk.")),
    Do(
        "tell-manager",
        4,
        Note("Morgan knows that a colleague is hurt by messages and that I deal with it."),
    ),
    Do("tell-parents", 3, LeftOut("No child is involved.")),
    Do(
        "support-harmed",
        40,
        Support(
            "Sam left the group, and works with Wren in Oaks this week. Sam chooses who hears of "
            "it. The number of the staff support line is with Sam.",
            for_whom="Sam Whitlock",
        ),
    ),
)
WORD = {
    "place": "Oaks, building corner",
    "heard": "Kit said to the tablet: “Hey, stupid, play my song.”",
    "saw": "Kit was talking to the tablet the way people talk to a loudspeaker at home.",
    "did": "I said that we ask kindly here, even machines. Kit said: “Please, stupid.” We laughed.",
}
WORD_ASIDE = (
    "A child repeated how somebody speaks to a loudspeaker. Sam answered it well, nothing else "
    "about Kit worries us, and there is no earlier report. No case is needed. If it is ever said to "
    "a child or an adult here, we will talk with the family."
)


def tired(here: Nursery, days: Days) -> Story:
    """A film late at night: closed after a talk with the family."""
    yield days.back(15, "11:40")
    people = [Person("harmed", child=here.children["theo"])]
    concern = reports.send(
        here.priya, "welfare-concern", "content", LATE, people, minutes_before=60
    )
    yield days.back(15, "12:05")
    reports.read(here.dana, concern)
    yield days.back(15, "12:10")
    walk = reports.take_forward(
        here,
        here.dana,
        concern,
        title="A film late at night",
        procedure="welfare-concern",
        reasons="A child saw something made for adults, and the family can help best.",
    )
    yield from walk.on(days.back(15, "12:12"), *LATE_STEPS)
    yield from walk.on(days.back(7, "14:30"), *LATE_END)
    yield from walk.close(
        days.back(7, "14:40"), "Theo sleeps well and the family set an age limit."
    )


def messages(here: Nursery, days: Days) -> Story:
    """Messages about a colleague: open, what was posted is not taken down yet."""
    yield days.back(1, "12:30")
    people = [Person("harmed", member=here.sam), Person("alleged", name="Nobody knows yet")]
    concern = reports.send(here.wren, "cyberbullying", "conduct", NOTES, people, minutes_before=30)
    yield days.back(1, "12:41")
    reports.read(here.dana, concern)
    yield days.back(1, "12:46")
    walk = reports.take_forward(
        here,
        here.dana,
        concern,
        title="A message group about a colleague",
        procedure="cyberbullying",
        reasons="A colleague is hurt by messages and does not want to come in.",
    )
    yield from walk.on(days.back(1, "12:48"), *NOTES_STEPS)


def song(here: Nursery, days: Days) -> Story:
    """A word said to a tablet: no case, with the reasons."""
    yield days.back(9, "10:30")
    people = [Person("other", child=here.kit)]
    concern = reports.send(here.sam, "other", "content", WORD, people)
    yield days.back(9, "10:50")
    reports.read(here.dana, concern)
    yield days.back(9, "11:40")
    actions.put_aside(by=here.dana, concern=concern, reasons=WORD_ASIDE)
