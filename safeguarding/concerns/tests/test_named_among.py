"""Who is shut out is asked of the database for lists, and of rows already fetched for one report."""

import pytest

from demo.cast import Nursery
from safeguarding.concerns import permissions
from safeguarding.concerns.models import Involvement
from safeguarding.concerns.report import Person
from safeguarding.people import actions as people
from safeguarding.people.models import Member

from .given import WELFARE, a_report, again, filed


@pytest.mark.parametrize("part", Involvement.Part.values)
def test_both_ways_of_asking_say_the_same(sunflowers: Nursery, part: str) -> None:
    n = sunflowers
    people.declare_relationship(by=n.dana, about=n.dana, kind="relative", child=n.isla)
    people.declare_relationship(by=n.devi, about=n.devi, kind="close", other_member=n.sam)
    named = [Person(part, child=n.isla), Person(part, member=n.sam), Person(part, name="A visitor")]
    answers = [
        shut_out(again(one), who) for one in (n.dana, n.devi, n.sam, n.cleo) for who in named
    ]

    assert all(by_rows == by_query for by_rows, by_query in answers)
    assert sum(by_rows for by_rows, _ in answers) == {"alleged": 3, "harmed": 2}.get(part, 0)


def shut_out(member: Member, who: Person) -> tuple[bool, bool]:
    """Whether a report that names this person shuts a member out: by rows fetched, and by a query."""
    report = filed(member, a_report(WELFARE, who))
    rows = Involvement.objects.filter(concern=report)
    named = rows.filter(permissions.naming(member)).exists()
    return permissions.is_named_among(member, rows), named
