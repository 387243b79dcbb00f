"""A worry about an adult who helps here: it goes to the lead and the manager, and is open."""

from demo import reports
from demo.calendar import Days
from demo.cast import Nursery
from demo.walker import Do, Story
from demo.words import Advice, Answers, Decision, LeftOut, Note, Parents, Referral, Support
from safeguarding.concerns.report import Person

IN_THE_GARDEN = {
    "place": "Garden, behind the mud kitchen",
    "device": "Vic’s own phone",
    "saw": "Vic held a phone up towards the mud kitchen, where Theo and Isla were playing, for "
    "about ten seconds, then put it in a back pocket. Phones are kept in the lockers here.",
    "heard": "Vic said to the children: “Big smile, you two.” Isla said: “Is it for Mummy?”",
    "asked": "Nothing, neither Vic nor the children.",
    "did": "I stayed with the children until lunch. I told Dana and Morgan in person.",
    "think": "I do not know whether a picture was taken. Vic is kind to the children, and I find "
    "this hard to write.",
}
FIRST_DAY = (
    Do("tell-lead", 4, Note("Sam told me and Morgan in the office, with the door closed."), 20),
    Do("first-facts", 5, Answers(("unsure", "adult-who-works-here"))),
    Do(
        "tell-manager-about-adult",
        6,
        Decision(
            "Morgan and I deal with this together, and nobody else here knows of it. Nobody speaks "
            "to Vic about it before the LADO says how.",
            "Fact: Sam saw a phone held up towards two children, and heard one sentence. Whether "
            "there is a picture, nobody knows. My view: it has to be looked into properly, for the "
            "children’s sake and for Vic’s.",
        ),
    ),
    Do(
        "ask-advice",
        9,
        Advice(
            "Do not ask Vic or look for the phone. Keep Sam’s words as they are. Vic may be told "
            "that volunteering pauses this week for everyone in the garden group. Send the "
            "referral form today.",
            agency="Local authority designated officer (LADO)",
            person="The officer on duty",
        ),
        earlier=5,
    ),
    Do(
        "",
        25,
        Referral(
            "lado",
            "Form on the council’s portal, after a call",
            "What Sam saw and heard, in Sam’s words; Vic’s role, start and checks; that nobody has "
            "spoken to Vic. They will ring after they have talked with the police.",
            person="The officer on duty",
            reference="LADO-0417",
            reply_within=5,
        ),
        by="morgan",
    ),
    Do(
        "decide",
        10,
        Decision(
            "The garden group has no volunteers until we hear from the LADO. Sam keeps to the "
            "usual rooms. I keep the record, Morgan keeps in touch with Vic.",
            "As advised. A pause for a whole group says nothing about any one person.",
        ),
    ),
    Do(
        "refer",
        5,
        LeftOut(
            "The LADO decides with the police whether social care needs to know. They asked us to wait."
        ),
    ),
    Do("tell-manager", 2, LeftOut("Morgan leads this with me and knows it already.")),
    Do(
        "tell-parents",
        4,
        Parents(
            "Not told yet: the LADO asked us to wait until they have talked with the police, so "
            "that nothing is lost. We ask again with every call."
        ),
    ),
)
NEXT_DAY = (
    Do(
        "support",
        0,
        Support(
            "Morgan thanked Sam for writing it down, hard as it was, and went through who can be "
            "talked to about it and who cannot. Sam has the number of the whistleblowing line.",
            for_whom="Sam Whitlock",
        ),
        by="morgan",
        earlier=30,
    ),
    Do(
        "support",
        6,
        Support(
            "Morgan rang Vic about the pause for the garden group, asked how things are, and gave "
            "the times at which Vic can ring.",
            for_whom="Vic Jarman",
        ),
        by="morgan",
        earlier=20,
    ),
)


def told(here: Nursery, days: Days) -> Story:
    """Reported, and referred to the LADO, who has not answered yet."""
    yield days.back(4, "12:10")
    people = [
        Person("alleged", member=here.vic),
        Person("other", child=here.children["theo"]),
        Person("other", child=here.isla),
    ]
    concern = reports.send(here.sam, "other", "conduct", IN_THE_GARDEN, people, minutes_before=40)
    yield days.back(4, "12:16")
    reports.read(here.dana, concern)
    yield days.back(4, "12:18")
    reports.read(here.morgan, concern)
    yield days.back(4, "12:24")
    walk = reports.take_forward(
        here,
        here.dana,
        concern,
        title="A phone in the garden",
        procedure="welfare-concern",
        reasons="It is about an adult who helps here, so only Morgan and I deal with it.",
    )
    yield from walk.on(days.back(4, "12:26"), *FIRST_DAY)
    yield from walk.on(days.back(3, "09:50"), *NEXT_DAY)
