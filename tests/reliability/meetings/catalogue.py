"""Every act that may meet another, by what it is about."""

from dataclasses import replace

from tests.architecture import acting, acts
from tests.architecture.examples import Examples

from . import on_cases, on_slips, on_the_rest
from .meeting import Group, Later, Named

# Each of these is about one thing, or about things that are looked at together.
SUBJECTS: list[tuple[Group, ...]] = [
    (acting.on_cases, on_cases.on_casework, on_cases.on_steps),
    (acting.on_cases, acting.on_what_cases_hold, on_cases.on_casework, on_cases.on_devices),
    (acting.on_reports, on_cases.on_casework),
    (acting.on_cases, on_cases.on_steps, on_cases.on_clocks),
    (acting.on_reports, on_the_rest.on_posts, on_cases.on_clocks),
    (acts.on_approvals, on_cases.on_answers),
    (acts.on_agreements, on_the_rest.on_access),
    (acts.on_people, on_the_rest.on_posts),
    (acts.on_people, on_the_rest.on_posts, on_cases.on_casework),
    (acts.on_policies, on_the_rest.on_papers, on_the_rest.on_reviews),
    (acts.on_training, on_the_rest.on_learning),
    (acts.on_training, on_the_rest.on_learning, on_the_rest.on_posts),
    (acts.on_the_rest, on_the_rest.on_access),
]
OTHERS: dict[str, tuple[Group, ...]] = {
    "ready case": (acting.on_cases, on_cases.on_casework),
    "closed case": (acting.on_cases, on_cases.on_casework),
    "allegation": (acting.on_cases, on_cases.on_casework, on_cases.on_answers),
    "slips": (acting.on_cases, on_slips.on_slips, on_cases.on_casework),
    "further slips": (
        on_slips.on_slips,
        on_slips.on_its_clocks,
        on_cases.on_steps,
        on_cases.on_answers,
    ),
    "device": (acting.on_what_cases_hold, on_cases.on_devices),
}
# The worker does these inside a clock that it holds: see `on_clocks`.
IN_A_CLOCK = {"unread", "undecided", "case", "glass"}


def catalogue(at: Examples) -> list[list[Named]]:
    """In each row, acts that people may well do in the same moment; in the last, all of them."""
    rows = [_of(at, groups) for groups in SUBJECTS]
    rows += [_of(at, groups, of) for of, groups in OTHERS.items()]
    by_the_clock = [one for one in _of(at, (acting.by_the_clock,)) if one.name not in IN_A_CLOCK]
    return [*rows, list({one: None for row in [*rows, by_the_clock] for one in row})]


def _of(at: Examples, groups: tuple[Group, ...], of: str = "") -> list[Named]:
    ids = at.ids | at.of_one_address.get(of, {})
    here = Later(replace(at, ids=ids))
    return [Named(group, name, of) for group in groups for name in group(here)]
