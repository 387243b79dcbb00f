"""Nor can anybody tell by how long a page takes (F23): two settings alike, but for an allegation in one."""

import math
import time
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

import pytest
import time_machine
from django.test import Client

from demo.cast import Nursery
from safeguarding.people.models import Member
from safeguarding.today import context
from tests.architecture.addresses import inside
from tests.architecture.examples import WORDS
from tests.people import signed_in

from .test_two_worlds import Lives, let_them_have_passwords, life

pytestmark = [pytest.mark.once, pytest.mark.django_db]

TIMES = 40  # each page in each setting
BY_CHANCE = 0.01  # that two such lots are drawn from the same: less, and they are looked at again
LOOKS = 3  # what is there each time is no chance
PAGES = ("today:today", "concerns:cases", "concerns:mine")


class Pair:
    """Two leads at the same work. The first is accused, and it was dealt with; the second is not."""

    def __init__(self, accused: Nursery, other: Nursery) -> None:
        self.leads = (accused.dana, other.dana)
        self.nurseries = (accused, other)

    @contextmanager
    def lived(self) -> Iterator[None]:
        """At the end of the same three days."""
        lives = [Lives(n) for n in self.nurseries]
        begins, goes_on, ends = life(lives[0]).moments
        with time_machine.travel(begins):
            for each in lives:
                let_them_have_passwords(each.n)
                each.before()
            lives[0].accused()
        with time_machine.travel(goes_on):
            for each in lives:
                each.later()
        with time_machine.travel(ends, tick=False):
            yield

    def browsers(self) -> list[tuple[Client, Member]]:
        return [(signed_in(lead), lead) for lead in self.leads]


@pytest.fixture
def pair(sunflowers: Nursery, bluebells: Nursery) -> Iterator[Pair]:
    pair = Pair(sunflowers, bluebells)
    with pair.lived():
        yield pair


@pytest.mark.parametrize("pages", [PAGES, pytest.param((), marks=pytest.mark.long, id="all")])
def test_f23_a_page_takes_as_long_where_its_reader_is_accused(
    pair: Pair, pages: tuple[str, ...], subtests: pytest.Subtests
) -> None:
    looked_at = [one for one in inside() if not one.ids and str(one) in (pages or {str(one)})]
    assert len(looked_at) >= max(len(pages), len(PAGES))
    for one in looked_at:
        with subtests.test(str(one)):
            assert not tells(pair, f"/at/{pair.leads[0].setting.slug}{one.filled(WORDS)}")


def test_f23_five_thousandths_of_a_second_would_be_seen(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages, accused = context._pages, pair.leads[0]

    def lingering(member: Member) -> list[tuple[str, str, str]]:
        until = time.process_time() + (member == accused) * 0.005
        while time.process_time() < until:
            pass
        return pages(member)

    monkeypatch.setattr(context, "_pages", lingering)
    assert tells(pair, accused.setting.home)


@pytest.mark.parametrize(("further", "is_chance"), [(0, True), (14, True), (15, False)])
def test_two_lots_of_forty_are_told_apart_as_the_tables_say(
    further: int, *, is_chance: bool
) -> None:
    """At one in a hundred the largest distance of two lots of forty is fifteen of them."""
    one = [float(number) for number in range(40)]
    assert (by_chance(one, [number + further for number in one]) >= BY_CHANCE) is is_chance


def tells(pair: Pair, path: str) -> bool:
    """Whether the time this page takes tells the two apart, each time it is looked at."""
    asks = [
        partial(client.get, path.replace(pair.leads[0].setting.slug, lead.setting.slug))
        for client, lead in pair.browsers()
    ]
    assert len({ask().status_code for ask in asks}) == 1, "and both are given the page, or neither"
    return all(by_chance(*taken(asks)) < BY_CHANCE for _ in range(LOOKS))


def taken(asks: Sequence[Callable[[], object]]) -> list[list[float]]:
    """Seconds of the processor each of them takes, in turn, so that what else goes on meets both."""
    found: list[list[float]] = [[] for _ in asks]
    for number in range(-2, TIMES):  # the first two load what stays
        for place in (0, 1) if number % 2 else (1, 0):
            began = time.process_time()
            asks[place]()
            if number >= 0:
                found[place].append(time.process_time() - began)
    return found


def by_chance(one: list[float], other: list[float]) -> float:
    """How likely two lots drawn from the same differ as much (Kolmogorov and Smirnov)."""
    one, other = sorted(one), sorted(other)
    apart = max(
        abs(bisect_right(one, at) / len(one) - bisect_right(other, at) / len(other))
        for at in (*one, *other)
    )
    root = math.sqrt(len(one) * len(other) / (len(one) + len(other)))
    far = (root + 0.12 + 0.11 / root) * apart
    if far < 0.2:  # the row below does not end there
        return 1.0
    row = (math.copysign(math.exp(-2 * (k * far) ** 2), k % 2 - 0.5) for k in range(1, 101))
    return 2 * math.fsum(row)
