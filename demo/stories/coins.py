"""A child bought coins in a game: closed."""

from demo import reports
from demo.calendar import Days
from demo.cast import Nursery
from demo.walker import Do, Story
from demo.words import Answers, Decision, LeftOut, Note, Parents, Review, Support
from safeguarding.concerns.report import Person

TITLE = "Coins bought in a game"
COINS = {
    "place": "Oaks, snack table",
    "device": "Her gran’s tablet, at home",
    "heard": "Isla said: “I buyed a hundred coins for the kitty and Granny cried.” Then: “I put "
    "her number in, I know it, it is one two three four.”",
    "asked": "I said: “You can tell me more if you like.” She did not.",
    "did": "I said that it is not her fault and that grown-ups will sort it out.",
    "think": "She may have paid real money in a game. I think that she is worried she is in trouble.",
}
STEPS = (
    Do("tell-lead", 3, Note("Sam told me at the end of snack, before he wrote the report."), 30),
    Do("first-facts", 4, Answers()),
    Do(
        "decide",
        20,
        Decision(
            "We talk with Isla’s mother today and help the family to ask for the money back. No "
            "other agency is needed.",
            "Fact: Isla says that she bought something and that her gran cried. My view: a game "
            "made it too easy. Nothing points to anyone in contact with her, and her family is "
            "warm and takes part in everything here.",
        ),
    ),
    Do(
        "refer",
        3,
        LeftOut("It does not reach the threshold: an accident with a game."),
    ),
    Do("tell-manager", 3, LeftOut("Morgan does not need to know of it to keep the overview.")),
    Do(
        "tell-parents",
        150,
        Parents(
            "What Isla said. It was £64.99, and gran had been too embarrassed to tell. I showed her "
            "where to ask the store for the money and how to put a lock on buying.",
            who="Isla’s mother",
            told_by="Dana Okafor",
        ),
        earlier=10,
    ),
)
NEXT_DAY = (
    Do(
        "support",
        0,
        Support(
            "Sam played shop with Isla, with real pennies, and told her that the money is coming "
            "back. She said: “And Granny is not cross.”",
            child="isla",
        ),
    ),
    Do(
        "work-together",
        4,
        Note("Gran keeps the code to herself, and somebody sits beside Isla when she plays."),
    ),
)
LOOKING_BACK = (
    Do(
        "review",
        0,
        Review(
            "The store paid the money back. We learnt that grandparents’ tablets are often without "
            "any lock, and that nobody tells them how. Sam’s calm made it easy for Isla to speak.",
            changes=(("Hold a tablet hour for grandparents", "sam", 15),),
        ),
    ),
)


def told(here: Nursery, days: Days) -> Story:
    """Reported, talked over with the family, and closed a week later."""
    yield days.back(15, "10:50")
    people = [Person("harmed", child=here.isla)]
    concern = reports.send(
        here.sam, "welfare-concern", "commerce", COINS, people, minutes_before=30
    )
    yield days.back(15, "11:05")
    reports.read(here.dana, concern)
    yield days.back(15, "11:12")
    walk = reports.take_forward(
        here,
        here.dana,
        concern,
        title=TITLE,
        procedure="welfare-concern",
        reasons="A child is worried, and a family may have lost money. It needs a conversation.",
    )
    yield from walk.on(days.back(15, "11:15"), *STEPS)
    yield from walk.on(days.back(14, "10:20"), *NEXT_DAY)
    yield from walk.on(days.back(8, "15:00"), *LOOKING_BACK)
    yield from walk.close(
        days.back(8, "15:15"), "The family has its money back, and Isla her ease."
    )
