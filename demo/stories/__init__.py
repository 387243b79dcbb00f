"""What happened at the two nurseries: each story a file, each told in its own time."""

from collections.abc import Iterator

from demo.calendar import Days
from demo.cast import Nursery
from demo.walker import Story

from . import (
    adult_here,
    bluebells,
    bullying,
    coins,
    everyday,
    exploitation,
    filtering,
    offensive,
    picture,
    welfare,
)


def at_sunflowers(here: Nursery, days: Days) -> Iterator[Story]:
    """Everything that happened at Sunflowers."""
    yield everyday.opening(here, days)
    yield everyday.mornings(here, days)
    yield filtering.told(here, days)
    yield filtering.logged(here, days)
    yield offensive.told(here, days)
    yield everyday.put_aside(here, days)
    yield bullying.told(here, days)
    yield coins.told(here, days)
    yield welfare.told(here, days)
    yield adult_here.told(here, days)
    yield picture.told(here, days)
    yield exploitation.told(here, days)
    yield everyday.undecided(here, days)
    yield everyday.unread(here, days)


def at_bluebells(here: Nursery, days: Days) -> Iterator[Story]:
    """Everything that happened at Bluebells."""
    yield everyday.opening(here, days)
    yield everyday.mornings(here, days)
    yield bluebells.song(here, days)
    yield bluebells.tired(here, days)
    yield bluebells.messages(here, days)
