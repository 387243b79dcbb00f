"""Messages between two older siblings of our children. What went wrong on the way is in `put_right`."""

from demo import reports
from demo.calendar import Days
from demo.cast import Nursery
from demo.walker import Do, Story
from demo.words import Advice, Answers, Decision, LeftOut, Note, Parents, Review, Support
from safeguarding.concerns.report import Person

TITLE = "Messages between two older brothers"
AT_THE_DOOR = {
    "place": "At the door, at pick-up",
    "heard": "Isla’s mother said: “Rory is not going to school, he is being called a baby in the "
    "class chat every night. It is Maya’s brother who starts it.” Isla said: “Rory cries in the "
    "bathroom.”",
    "asked": "I asked whether Rory is safe today. She said that he is at home with his gran.",
    "did": "I thanked her, said that I would tell our lead, and did so straight away.",
    "think": "It is between two boys of the primary school, but both families are ours.",
}
FIRST_DAY = (
    Do(
        "tell-lead",
        2,
        Note("Priya told me at the end of pick-up and wrote it down straight after."),
        15,
    ),
    Do("first-facts", 4, Answers(("other-setting",))),
    Do(
        "advice-other-setting",
        9,
        Advice(
            "No crime from what we know. We may ring the lead of the primary school today, and "
            "tell her only that two of her pupils are concerned, their names and what was said.",
            agency="Education safeguarding service",
            person="The adviser on duty",
        ),
        earlier=4,
    ),
    Do(
        "agree-other-setting",
        2,
        Answers(("other-setting-agreed",), "By telephone, lead to lead, today."),
    ),
    Do(
        "tell-other-setting",
        10,
        Note(
            "I told the safeguarding lead of the primary school what we were told, and nothing "
            "else. She thanked us, and will see both boys and the class chat tomorrow."
        ),
    ),
    Do(
        "what-happened",
        12,
        Decision(
            "The school deals with the chat and with the two boys. We look after Isla and Maya, "
            "and bring the two families into a conversation if both wish.",
            "Fact: the families speak of messages for some weeks; we have not seen any. My "
            "view: it is bullying, and it reaches our children through their brothers. Rory is "
            "with his gran and said that he is not thinking of hurting himself.",
        ),
    ),
    Do(
        "tell-manager",
        3,
        Note("Morgan knows that two families are at odds, and who deals with it."),
    ),
    Do(
        "refer",
        4,
        LeftOut(
            "Rory is safe with his gran and the school sees both boys tomorrow. If it goes "
            "on, I refer."
        ),
    ),
)
NEXT_DAYS = (
    Do(
        "support-harmed",
        0,
        Support(
            "The school gives Rory a person to go to and a quiet place at lunch. His mother and he "
            "left the chat together and blocked two accounts. She said: “He slept.”",
            for_whom="Rory Byrne, 11",
        ),
        earlier=60,
    ),
    Do(
        "support-harmed",
        5,
        Support(
            "Isla has a key person to play telephone with, kindly. Priya listens when she speaks "
            "of Rory and asks nothing.",
            child="isla",
        ),
    ),
    Do(
        "work-with-responsible",
        6,
        Support(
            "The school worked with Kofi. He said: “I thought everyone knew it was a joke.” He "
            "wrote to Rory by himself. He will have help with being online at night.",
            for_whom="Kofi, Maya’s brother, 11",
        ),
    ),
    Do(
        "remove-content",
        4,
        Note("The school saw to it that the chat was closed. We have no address and need none."),
    ),
    Do(
        "tell-parents",
        10,
        Parents(
            "What we had told the school and why. She was relieved that she did not have to do it.",
            who="Isla and Rory’s mother",
            told_by="Dana Okafor",
        ),
        earlier=30,
    ),
    Do(
        "tell-parents",
        8,
        Parents(
            "That the school would ring her, and why. She was upset at first. She said: “He has a "
            "good heart, I will sit with him.”",
            who="Maya and Kofi’s grandmother",
            told_by="Dana Okafor",
        ),
        earlier=20,
    ),
    Do(
        "sanctions",
        2,
        LeftOut("Neither boy is a child of our setting. The school decides for its own."),
    ),
    Do(
        "work-together",
        6,
        Note(
            "Both families, the school and we agreed: no phones after eight, and one person to ask."
        ),
    ),
)
LOOKING_BACK = (
    Do(
        "review",
        0,
        Review(
            "The bullying has stopped: Rory is back at school, and the boys walk home together. We "
            "learnt how much our children see of what happens to their brothers and sisters. "
            "Ringing for advice first took ten minutes and was worth it.",
            changes=(
                ("Say at the next families’ evening that we listen to brothers too", "priya", 20),
            ),
        ),
    ),
)


def told(here: Nursery, days: Days) -> Story:
    """Followed for a week, and closed when the bullying had stopped."""
    yield days.back(17, "13:05")
    people = [
        Person("sibling", child=here.isla),
        Person("harmed", name="Rory Byrne, 11"),
        Person("alleged", name="Kofi, Maya’s brother, 11"),
    ]
    first = reports.send(here.priya, "cyberbullying", "conduct", AT_THE_DOOR, people)
    yield days.back(17, "13:12")
    reports.read(here.dana, first)
    yield days.back(17, "13:16")
    walk = reports.take_forward(
        here,
        here.dana,
        first,
        title=TITLE,
        procedure="cyberbullying",
        reasons="A child stays away from school because of messages, and two families are ours.",
    )
    yield from walk.on(days.back(17, "13:18"), *FIRST_DAY)
    yield from walk.on(days.back(16, "12:30"), *NEXT_DAYS)
    yield from walk.on(days.back(9, "10:00"), *LOOKING_BACK)
    yield from walk.close(
        days.back(9, "10:25"), "The bullying has stopped, and both families say so."
    )
