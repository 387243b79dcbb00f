"""An abusive e-mail to the setting: closed."""

from demo import reports
from demo.calendar import Days
from demo.cast import Nursery
from demo.walker import Do, Story
from demo.words import Advice, Answers, Decision, LeftOut, Note, Review
from safeguarding.concerns.report import Person

MAIL = {
    "place": "Office",
    "device": "Office computer",
    "saw": "An e-mail came to the setting’s address from a sender I do not know. It calls me names "
    "because of where my family is from and says that I should not be near children. It names "
    "nobody else.",
    "heard": "The last line is: “We know what time you lock up.”",
    "did": "I did not answer, forward or delete it. I told Dana and Morgan in person.",
    "think": "The last line frightened me. It may be from somebody whose place on the waiting list "
    "I could not bring forward, but I do not know.",
}
STEPS = (
    Do("tell-lead", 3, Note("Wren told me and Morgan in person and wrote the report at once."), 25),
    Do("first-facts", 5, Answers(("unsure",))),
    Do(
        "ask-advice",
        8,
        Advice(
            "Treat it as a possible hate crime and ring 101 about the last line; keep the e-mail "
            "with its full header; do not answer. Wren decides whether she wants to give a "
            "statement.",
            agency="Education safeguarding service",
            person="The adviser on duty",
        ),
        earlier=5,
    ),
    Do(
        "decide",
        35,
        Decision(
            "The e-mail is kept on file with its header. Morgan rings 101 with Wren beside her. "
            "Two people lock up together until we know more.",
            "Fact: an insulting e-mail whose last line can be read as a threat. My view: it was "
            "meant to frighten. No child is named or was there, so this is about an adult’s safety "
            "at work, and we handle it under the online safety and behaviour policies.",
        ),
    ),
    Do(
        "tell-manager",
        4,
        Note(
            "Morgan knew from Wren. We agreed who does what, and that Wren chooses who else hears."
        ),
    ),
    Do(
        "report-to-provider",
        50,
        Note(
            "The police said that we may report it. Tariq reported the sender to the mail provider "
            "and blocked the address; the message itself stays where it is."
        ),
    ),
    Do(
        "support",
        20,
        Note(
            "Morgan sat down with Wren. She would like company at closing time, and not to read "
            "the inbox this week. Wren said: “I am all right, I just do not want to be alone with "
            "it.” Morgan will ask again in a week."
        ),
    ),
    Do("refer", 5, LeftOut("No child is named in it, was there or is at risk.")),
    Do(
        "tell-parents",
        2,
        LeftOut("No child is involved. Wren does not want families to hear of it."),
    ),
    Do("sanctions", 3, LeftOut("Nobody knows who sent it. We look again if the police find out.")),
    Do("work-together", 2, LeftOut("Wren, Morgan and I have agreed all there is to agree.")),
)
LOOKING_BACK = (
    Do(
        "review",
        0,
        Review(
            "Wren kept calm and kept the evidence, and telling two people at once helped her. The "
            "police gave a crime number and found no sender. Nothing has come since. We learnt to "
            "ask for company at closing time before we are asked."
        ),
    ),
)


def told(here: Nursery, days: Days) -> Story:
    """Reported, advised on, reported to the provider, and closed a week later."""
    yield days.back(20, "09:05")
    people = [Person("harmed", member=here.wren), Person("alleged", name="Unknown sender")]
    concern = reports.send(here.wren, "offensive-communication", "conduct", MAIL, people)
    yield days.back(20, "09:14")
    reports.read(here.dana, concern)
    yield days.back(20, "09:19")
    walk = reports.take_forward(
        here,
        here.dana,
        concern,
        title="Abusive e-mail to a member of staff",
        procedure="offensive-communication",
        reasons="It may be a crime, and Wren needs our help.",
    )
    yield from walk.on(days.back(20, "09:22"), *STEPS)
    yield from walk.on(days.back(13, "14:00"), *LOOKING_BACK)
    yield from walk.close(
        days.back(13, "14:20"), "No further message came. Wren feels safe at work."
    )
