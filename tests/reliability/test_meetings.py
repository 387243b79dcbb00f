"""Pairs of actions meet on PostgreSQL, drawn by lot: see `meetings`. A few known ones in each run.

`bin/simulate --pairs 1000` draws many; `bin/simulate --pair 7` makes one of them again.
"""

import os
import random
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import pytest

from tests.architecture import acting, acts
from tests.architecture.examples import lived_in

from .meetings.catalogue import catalogue
from .meetings.meeting import AT_THE_COMMIT, DONE, REFUSED, Group, Meeting, Named, begun
from .meetings.on_cases import on_casework, on_devices
from .meetings.on_the_rest import on_access, on_learning, on_papers, on_posts
from .meetings.places import ready, with_cases_to_meet_on

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
ONE_PAIR = os.environ.get("SIMULATE_PAIR")
FIRST = int(os.environ.get("SIMULATE_FROM", "0"))
ABOUT = os.environ.get("SIMULATE_ABOUT", "")
MANY = int(os.environ.get("SIMULATE_PAIRS", "50"))
SEEDS = [int(ONE_PAIR)] if ONE_PAIR else range(FIRST, FIRST + MANY)
POINTS = (0, 0.5, 1)  # before its first lock, half way, and before its commit


@pytest.fixture
def meeting() -> Iterator[Meeting]:
    """One nursery for all that meet: each pair is put back when it is over."""
    at = lived_in("Sunflowers")
    at.of_one_address["ready case"] = ready(at.nursery)
    with begun(at) as meeting:
        yield meeting


@pytest.fixture
def anywhere() -> Iterator[Meeting]:
    """One with more to meet on."""
    with begun(with_cases_to_meet_on(lived_in("Sunflowers"))) as meeting:
        yield meeting


def named(group: Group) -> Callable[..., Named]:
    """The acts of this group, by their names."""
    return partial(Named, group)


cases, work, papers = named(acting.on_cases), named(on_casework), named(on_papers)
reports, held = named(acting.on_reports), named(acting.on_what_cases_hold)
people, posts = named(acts.on_people), named(on_posts)
agreements, access = named(acts.on_agreements), named(on_access)
policies, training, learning = named(acts.on_policies), named(acts.on_training), named(on_learning)
approvals, rest = named(acts.on_approvals), named(acts.on_the_rest)

# What two people did in the same moment once: it was done twice, or the second met an error of the program.
ONCE = [
    *(work("let know"), held("pictures"), reports("pause"), agreements("publish")),
    *(access("end"), access("give"), agreements("off"), agreements("go on")),
    *(people("add member"), people("key"), posts("room"), posts("carer")),
    *(papers("another name"), policies("forget a draft"), policies("loss")),
    *(training("topic"), training("leave out"), learning("item"), learning("no item")),
]
# They waited for each other for ever, or one wrote on what the other closed, or both took one number.
PAIRS = [
    (work("close", "ready case"), work("write", "ready case")),
    (work("class of a picture"), named(on_devices)("take")),  # the device was in no quarantine
    (cases("end", "ready case"), cases("gather", "ready case")),  # who left came back on the list
    (cases("support"), people("change")),
    *((reports("error in a report"), one) for one in (cases("gather"), reports("put aside"))),
    (reports("error in a report"), posts("close to")),  # whoever had just been shut out said it
    *((cases("take out"), one) for one in (cases("take out"), cases("gather"), cases("correct"))),
    *((cases("take out"), work(one)) for one in ("gather it", "add to it", "close", "write")),
    (cases("gather"), reports("read a report")),
    (
        reports("read a report"),
        posts("away"),
    ),  # of one the clock, of the other the trail came first
    (reports("put aside"), posts("away")),
    (reports("put aside"), work("mentions a child")),
    (reports("put aside"), cases("take work")),
    (people("hours"), people("end role")),
    (people("tie"), people("hours")),
    (posts("close to"), work("open")),  # whoever had just been shut out led the new case
    (posts("room"), people("room")),  # there were two rooms of one name
    (approvals("refuse an approval"), approvals("widen")),
    (access("write"), access("write")),
    (agreements("accept"), agreements("ask to sign")),  # who had just signed was asked once more
    (papers("the next version"), papers("the next version")),
    (papers("adopt"), papers("adopt")),
    (rest("contact"), rest("contact")),
    (access("no partnership"), access("list of the area")),
]


def test_what_is_done_once_is_done_once_when_two_do_it_in_the_same_moment(
    meeting: Meeting, subtests: pytest.Subtests
) -> None:
    for act in ONCE:
        with subtests.test(str(act)):
            came, problems = meeting.meet(act, act, AT_THE_COMMIT)
            assert problems == ""
            assert came.ends == (DONE, REFUSED)
    for first, second in PAIRS:
        with subtests.test(f"{first} and {second}"):
            assert meets(meeting, first, second, POINTS) == ""


@pytest.mark.long
def test_whoever_meets_comes_one_after_the_other(
    anywhere: Meeting, subtests: pytest.Subtests
) -> None:
    rows = [row for row in catalogue(anywhere.at) if any(_is_about(one) for one in row)]
    assert rows, f"No act is about {ABOUT!r}."
    for seed in SEEDS:
        rng = random.Random(seed)  # noqa: S311  the same again
        row = rng.choice(rows)
        pair = rng.choice([one for one in row if _is_about(one)]), rng.choice(row)
        first, second = rng.sample(pair, 2) if ABOUT else pair
        with subtests.test(f"pair {seed}"):
            wrong = meets(anywhere, first, second, (0, rng.random(), 1))
            assert not wrong, f"{first} and {second}: {wrong}\nAgain: bin/simulate --pair {seed}"


def _is_about(act: Named) -> bool:
    return ABOUT in str(act)


def meets(meeting: Meeting, first: Named, second: Named, points: Sequence[float]) -> str:
    """Let the second come at these points of the first, as shares of its way. What is wrong."""
    orders = meeting.orders(first, second)
    if orders.is_idle:
        return ""
    for one in points:
        stop_at = int(one * orders.holds) if one < 1 else AT_THE_COMMIT
        if wrong := meeting.wrong(first, second, stop_at, orders):
            return f"at {stop_at} of {orders.holds}: {wrong}"
    return ""
