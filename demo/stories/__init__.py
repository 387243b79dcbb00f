"""What happened at the two nurseries: each story a file, each told in its own time."""

from collections.abc import Iterator

from demo.calendar import Days
from demo.cast import Nursery
from demo.walker import Story

from .adopting import adopted, redrafted
from .adult_here import told as adult_here
from .agreed import agreed
from .bluebells import messages, song, tired
from .bullying import told as bullying
from .coins import told as coins
from .duties import duties
from .everyday import mornings, opening, put_aside, undecided, unread
from .exploitation import told as exploitation
from .filtering import logged as filter_log
from .filtering import told as filtering
from .handed_over import handed_over
from .learning import learning
from .low_level import nickname, phone
from .offensive import told as offensive
from .own_step import told as own_step
from .picture import told as picture
from .plan import looked_at
from .policies import built as policies
from .policy_reviews import told as policy_reviews
from .put_right import told as put_right
from .two_people import told as two_people
from .welfare import told as welfare
from .without_a_name import told as without_a_name

AT_SUNFLOWERS = (
    *(opening, agreed, mornings, filtering, filter_log, own_step, offensive, put_aside),
    *(bullying, coins, put_right),
    *(welfare, adult_here, phone, nickname, picture, two_people, exploitation, without_a_name),
    *(
        undecided,
        unread,
        handed_over,
        policies,
        adopted,
        redrafted,
        policy_reviews,
        duties,
        looked_at,
        learning,
    ),
)


def at_sunflowers(here: Nursery, days: Days) -> Iterator[Story]:
    """Everything that happened at Sunflowers."""
    for told in AT_SUNFLOWERS:
        yield told(here, days)


def at_bluebells(here: Nursery, days: Days) -> Iterator[Story]:
    """Everything that happened at Bluebells."""
    yield opening(here, days)
    yield mornings(here, days)
    yield song(here, days)
    yield tired(here, days)
    yield messages(here, days)
