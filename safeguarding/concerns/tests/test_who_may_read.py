"""Who may read what: every person of the cast against every kind of record, by a rule written anew.

The rule here is written by hand from the access model, not read from the product's matrix, so that a
slip in either shows.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count, product
from typing import Any

from django.utils import timezone

from demo.cast import ADULTS, Nursery
from foundation.codes import readable_code
from foundation.paging import Page
from safeguarding.concerns import permissions, seals
from safeguarding.concerns.listing import one_case, page_of_cases, page_of_waiting
from safeguarding.concerns.models import (
    Case,
    Concern,
    Gathered,
    NeedToKnow,
    NeedToKnowEnded,
    Recipient,
)
from safeguarding.concerns.report import Person
from safeguarding.people import actions as people
from safeguarding.people.models import Member
from safeguarding.people.roles import Role
from tests.standing import built_once

from .given import GROOMING, IMAGE, WELFARE, a_report, again, filed

# What a role may read: everything of the class here, or what it was let into. Nothing else at all.
EVERYTHING = {("lead", "C1"), ("deputy", "C1")}
LET_INTO = {
    *product(("lead", "deputy", "manager"), ("C1", "C2", "C3", "C4")),
    *product(("deputy_manager",), ("C1", "C2")),
    ("committee_lead", "C3"),
    ("practitioner", "C1"),
}
# Whom each person is close to: declared by one, and confirmed by the other.
CLOSE = {
    "dana": {"isla"},
    "morgan": {"sam"},
    "sam": {"morgan"},
    "devi": {"tariq"},
    "tariq": {"devi"},
    "pat": {"kit"},
}
NAMES = list(ADULTS)
A_FEW = 9  # of so many records, each of them is asked about one by itself


@dataclass
class Written:
    """One record, and all that the rule needs to know about it."""

    record: Any
    record_class: str
    alleged: Collection[str]
    harmed: Collection[str]
    listed: Collection[str]

    def is_for(self, name: str, roles: Collection[Role]) -> bool:
        """The rule: named or close to somebody named, nothing; else by role, class and list."""
        close = CLOSE.get(name, set())
        if name in self.alleged or close & {*self.alleged, *self.harmed}:
            return False
        held = {(str(role), self.record_class) for role in roles}
        return bool(held & EVERYTHING) or (bool(held & LET_INTO) and name in self.listed)


def everyone(nursery: Nursery) -> Iterator[tuple[str, Member]]:
    yield from ((name, again(member)) for name, member in nursery.people.items())


@built_once
def ties(sunflowers: Nursery) -> Nursery:
    n = sunflowers
    people.declare_relationship(by=n.dana, about=n.dana, kind="relative", child=n.isla)
    for one, other in ((n.sam, n.morgan), (n.devi, n.tariq)):
        tie = people.declare_relationship(by=one, about=one, kind="close", other_member=other)
        people.confirm_relationship(by=other, tie=tie)
    people.grant_role(by=n.morgan, to=n.omar, role=Role.PRACTITIONER)  # two posts, one person
    return n


@built_once
def reports(ties: Nursery) -> list[Written]:
    """Reports of each class about each of several people, each told to a different part of the cast."""
    n, written = ties, []
    accused, children = ("", "vic", "sam", "tariq", "dana"), ("kit", "isla", "noor", "")
    every = product((WELFARE, GROOMING, IMAGE), accused, children)
    for number, (kind, alleged, harmed) in enumerate(every):
        named = [Person("alleged", member=n.people[alleged])] if alleged else []
        named += [Person("harmed", child=n.children[harmed])] if harmed else []
        concern = filed(n.priya, a_report(kind, *named, Person("witness", member=n.wren)))
        listed = {name for place, name in enumerate(NAMES) if (number + place) % 3}
        written.append(Written(concern, concern.record_class, {alleged}, {harmed}, listed))
    return written


def test_a_report_is_read_by_those_who_lead_or_were_told_and_by_nobody_named(
    ties: Nursery, reports: list[Written], bluebells: Nursery
) -> None:
    few = {one.record for one in reports[::A_FEW]}
    Recipient.objects.all().delete()
    for one in reports:
        Recipient.objects.bulk_create(
            Recipient(
                setting=ties.setting, concern=one.record, member=ties.people[name], why="test"
            )
            for name in one.listed
        )
    for name, member in everyone(ties):
        wanted = {one.record for one in reports if one.is_for(name, member.roles)}
        assert set(Concern.objects.readable_by(member)) == wanted, name
        assert set(on_pages(page_of_waiting, member)) == wanted, name
        assert {one for one in few if permissions.may_read_concern(member, one)} == wanted & few
    for name, member in everyone(bluebells):
        assert not Concern.objects.readable_by(member).exists(), name


def test_a_case_is_read_by_those_who_lead_or_need_to_know_and_by_nobody_named(
    ties: Nursery, reports: list[Written], bluebells: Nursery
) -> None:
    written = [as_case(ties, one) for one in reports]
    few = {one.record for one in written[::A_FEW]}
    gathered = {one.record.gathered.get().concern: one for one in written}
    for name, member in everyone(ties):
        wanted = {one.record for one in written if one.is_for(name, member.roles)}
        assert set(Case.objects.readable_by(member)) == wanted, name
        assert set(on_pages(partial(page_of_cases, closed=False), member)) == wanted, name
        assert {one_case(member, one.pk) for one in few} - {None} == wanted & few, name
        assert {one for one in few if permissions.may_read_this_case(member, one)} == wanted & few
        words = {concern for concern, one in gathered.items() if one.is_for(name, member.roles)}
        assert set(Concern.objects.readable_by(member)) == words, name
    for name, member in everyone(bluebells):
        assert not Case.objects.readable_by(member).exists(), name


def on_pages(page: Callable[..., Page[Any]], member: Member) -> Iterator[Any]:
    """Everything on the pages of a list, as somebody opens one after the other."""
    for number in count(1):
        opened = page(member, str(number))
        yield from opened
        if not opened.has_next:
            return


def as_case(n: Nursery, report: Written) -> Written:
    """A case on this report. Of those told, one has run out and one was ended: they are off the list."""
    case = Case(
        setting=n.setting,
        reference=readable_code(),
        title="A case",
        record_class=report.record_class,
        opened_by=n.dana,
        aware_at=timezone.now(),
    )
    new_key = seals.begin(case)
    case.save(force_insert=True)
    Gathered.objects.create(setting=n.setting, concern=report.record, case=case, gathered_by=n.dana)
    today = timezone.localdate()
    over = sorted(report.listed)[:2]
    for name in sorted(report.listed):
        until = today.replace(year=today.year - 1) if name == over[0] else today
        granted = NeedToKnow.objects.create(
            setting=n.setting, case=case, member=n.people[name], granted_by=n.dana, until=until
        )
        if name == over[1]:
            NeedToKnowEnded.objects.create(
                setting=n.setting, need_to_know=granted, ended_by=n.dana, reason="test"
            )
    seals.keep(case, *new_key)
    listed = set(report.listed) - set(over)
    return Written(case, case.record_class, report.alleged, report.harmed, listed)
