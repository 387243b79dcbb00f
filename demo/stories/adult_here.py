"""A worry about an adult who helps here: it goes to the lead and the manager, and is open."""

from demo import reports
from demo.calendar import Days
from demo.cast import Nursery
from demo.walker import Do, Story
from demo.words import Answers, Decision, LeftOut, Note, Parents, Referral, Risk, Support
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
    Do(
        "first-facts",
        5,
        Answers(text="Nobody knows of a picture. If the police do, we answer again."),
    ),
    Do(
        "keep-safe",
        6,
        Decision(
            "From now on nobody but staff goes into the garden with the children: we need the shed "
            "cleared. Vic helps with the library bags. We also thought of sending every volunteer "
            "home, and of saying nothing until we have heard.",
            "Fact: Sam saw a phone held up towards two children, and heard one sentence. Whether "
            "there is a picture, nobody knows. A change for everybody says nothing about one person.",
        ),
        by="morgan",
    ),
    Do(
        "tell-lado",
        25,
        Referral(
            "lado",
            "Telephone, then the form on the council’s portal",
            "What Sam saw and heard, in Sam’s words; Vic’s role, start and checks; that nobody has "
            "spoken to Vic. Do not ask Vic or look for the phone. They talk with the police and ring "
            "back.",
            person="The officer on duty",
            reference="LADO-0417",
            reply_within=5,
        ),
        earlier=5,
        by="morgan",
    ),
    Do(
        "tell-police",
        8,
        LeftOut("The LADO asked us to leave this to them: they speak with the police today."),
        by="morgan",
    ),
    Do(
        "lado-answer",
        3,
        Answers(text="They ring back once they have talked with the police. Until then: nothing."),
        by="morgan",
    ),
    Do(
        "refer-social-care",
        5,
        LeftOut("The LADO decides with the police whether social care needs to know."),
    ),
    Do(
        "other-children",
        15,
        Risk(
            "With volunteers kept to the library bags and the hall, no child here is alone with "
            "Vic. Vic has no children at home and helps nowhere else that we know of.",
            vulnerability="Theo and Isla, and the nine others who were in the garden that week.",
            checks="The LADO asks the other agencies. We have asked nobody.",
        ),
        by="morgan",
    ),
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
        "support-child",
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
        "support-person",
        6,
        Support(
            "Wren would be the one to stay in touch with Vic, once the LADO says that Vic may be "
            "told. Nobody has told Wren yet either.",
            for_whom="Vic Jarman",
        ),
        by="morgan",
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
        procedure="allegation",
        reasons="It is about an adult who helps here, so only Morgan and I deal with it.",
    )
    yield from walk.on(days.back(4, "12:26"), *FIRST_DAY)
    yield from walk.on(days.back(3, "09:50"), *NEXT_DAY)
