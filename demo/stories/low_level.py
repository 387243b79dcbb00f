"""Two small worries about one adult, a fortnight apart: the first talked through, the second open."""

from demo import reports
from demo.calendar import Days
from demo.cast import Nursery
from demo.walker import Do, Story
from demo.words import Answers, Decision, LeftOut, Note, Outcome, Review
from safeguarding.concerns.report import Person

APRON = {
    "place": "Acorns room",
    "device": "Sam’s own phone",
    "saw": "Sam’s phone slid out of an apron pocket at snack time. It was off. Sam put it back and "
    "went on cutting apples.",
    "did": "I said “Locker?” and Sam took it there.",
    "think": "Sam simply forgot. I write it down because we agreed to write all of these down.",
}
NICKNAME = {
    "place": "Cloakroom",
    "heard": "Sam called Theo “my little prince” twice this week, and nobody else by a pet name. Theo "
    "said to Isla: “I am his favourite.”",
    "think": "It was meant kindly. It may make Theo feel special in a way the others are not.",
}
TALKED_THROUGH = (
    Do("tell-lead", 3, Note("Priya told me at the door, then wrote it down.")),
    Do("first-facts", 4, Answers(), by="morgan"),
    Do("read-together", 5, Note("The first about Sam. No pattern."), by="morgan"),
    Do("ask-lado", 2, LeftOut("Nothing in it comes near what they are told."), by="morgan"),
    Do("check-level", 1, Answers(("stays-low-level",)), by="morgan"),
    Do("move-up", 1, LeftOut("A phone that was off, for a moment, in sight of everybody.")),
    Do(
        "speak-with-person",
        40,
        Note(
            "Said what was noticed and what our code says. Sam: “I came in late and forgot. I am "
            "sorry.” We looked for what would help: the lockers are past the children’s room."
        ),
        by="morgan",
    ),
    Do("support", 3, LeftOut("Both are at ease with it, and I thanked Priya.")),
    Do(
        "action",
        4,
        Decision(
            "A reminder of the code, and a row of hooks for phones by the staff door.",
            "It could have happened to anyone who comes in late.",
        ),
        by="morgan",
    ),
    Do(
        "outcome",
        2,
        Outcome("kept-low-level", "Talked through, understood, and made easier to keep."),
        by="morgan",
    ),
    Do(
        "review",
        6,
        Review("The way to the lockers led past the children. It took two minutes to see that."),
    ),
)
BEGUN = (  # what it means beside the first one is still to be written
    Do("tell-lead", 3, Note("Wren told me, and wrote it down the same hour.")),
    Do("first-facts", 6, Answers(), by="morgan"),
    Do(
        "ask-lado",
        9,
        LeftOut("We look at both together first, and ask if we are not sure."),
        by="morgan",
    ),
    Do(
        "support", 3, LeftOut("I thanked Wren. Sam is not spoken to before it is clear what it is.")
    ),
)


def phone(here: Nursery, days: Days) -> Story:
    """A phone where it should not be: kept as low-level, and closed."""
    yield days.back(15, "10:40")
    who = [Person("alleged", member=here.sam)]
    concern = reports.send(here.priya, "low-level-concern", "conduct", APRON, who)
    yield days.back(15, "10:55")
    reports.read(here.dana, concern)
    reports.read(here.morgan, concern)
    yield days.back(15, "11:05")
    walk = reports.take_forward(
        here,
        here.dana,
        concern,
        title="A phone in an apron pocket",
        procedure="low-level-concern",
        reasons="Small, and worth keeping: we read such things together.",
    )
    yield from walk.on(days.back(15, "11:08"), *TALKED_THROUGH)
    yield from walk.close(days.back(15, "12:50"), "Kept as low-level. Hooks are up by the door.")


def nickname(here: Nursery, days: Days) -> Story:
    """A pet name for one child: still open, and the second about the same adult."""
    yield days.back(3, "15:05")
    people = [
        Person("alleged", member=here.sam),
        Person("other", child=here.children["theo"]),
    ]
    concern = reports.send(here.wren, "low-level-concern", "conduct", NICKNAME, people)
    yield days.back(3, "15:12")
    reports.read(here.morgan, concern)
    yield days.back(3, "15:15")
    walk = reports.take_forward(
        here,
        here.dana,
        concern,
        title="A pet name for one child",
        procedure="low-level-concern",
        reasons="Kindly meant. It is the second about the same adult, so we look at both.",
    )
    yield from walk.on(days.back(3, "15:18"), *BEGUN)
