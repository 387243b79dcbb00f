"""An incident with two children, and what the file of one of them says."""

import re

from demo.cast import Nursery
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case
from safeguarding.concerns.report import Person
from safeguarding.people.models import Child, Member
from tests.people import signed_in

from .given import WELFARE, a_case, a_report

FOR_KIT = {"recipient": "Kit’s father", "purpose": "He asked to see it"}
WHAT_HAPPENED = "Isla took the tablet from Kit. “Kit is a baby”, Isla Byrne said; the Byrnes know."


def an_incident(n: Nursery) -> Case:
    """Two children in one incident, and one who looked on by name only."""
    report = a_report(
        WELFARE,
        Person("harmed", child=n.kit),
        Person("alleged", child=n.isla),
        Person("witness", name="Rory, 11"),
        saw=WHAT_HAPPENED,
        heard="",
    )
    case = a_case(n.priya, n.dana, report)
    actions.give_support(by=n.dana, case=case, text="A quiet corner.", child=n.kit)
    actions.give_support(by=n.dana, case=case, text="A talk about turns.", child=n.isla)
    actions.add_entry(by=n.dana, case=case, text="Rory’s mother rang.")
    return case


def page(n: Nursery, by: Member, child: Child) -> str:
    """The page of a child's file, as this member sees it."""
    answer = signed_in(by).get(n.setting.link_to("concerns:childs_file", child.pk))
    assert answer.status_code == 200
    return answer.content.decode()


def main(text: str) -> str:
    """What a page says, without the keys that differ from one visit to the next."""
    inside = text[text.index("<main") : text.index("</main>")]
    return re.sub(r'value="[^"]{40,}"', "", inside)
