"""What is about others stays out of the file of a child, and nobody stands in it by name who should not."""

import json

import pytest
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case, Entry
from safeguarding.concerns.papers.child import ChildsFile, content_of, names_in
from safeguarding.concerns.papers.hiding import Names
from safeguarding.concerns.report import Person
from safeguarding.people import actions as people
from safeguarding.people.models import Child
from tests.people import signed_in

from .childs_files import an_incident, page
from .given import WELFARE, a_case, a_report


def on_paper(n: Nursery, child: Child) -> str:
    """What a paper of a file says, with every name hidden that was found; but for its title."""
    file = ChildsFile(child, n.dana, capability="X")
    hide = Names(names_in(file, file.items))
    return json.dumps({**content_of(file, hide), "title": ""}, ensure_ascii=False)


def corrected(n: Nursery, case: Case, entry: Entry, text: str) -> Entry:
    return actions.correct_entry(by=n.dana, case=case, entry=entry, text=text)


def test_what_corrects_support_for_another_child_is_left_out_with_it(sunflowers: Nursery) -> None:
    n = sunflowers
    case = an_incident(n)
    support = case.entries.get(support__child=n.isla)
    once = corrected(n, case, support, "It was the play therapist.")
    corrected(n, case, once, "It was her play therapist, on Monday.")
    own = case.entries.get(support__child=n.kit)
    corrected(n, case, own, "The corner by the window.")

    for text in (on_paper(n, n.kit), page(n, n.dana, n.kit)):
        assert "play therapist" not in text
        assert "The corner by the window." in text


def test_what_corrects_who_was_let_in_is_left_out_too(sunflowers: Nursery) -> None:
    n = sunflowers
    case = an_incident(n)
    actions.let_know(by=n.dana, case=case, member=n.morgan, reason="plans the staff")
    corrected(n, case, case.entries.get(kind="access"), "She plans the rooms.")

    assert "plans the rooms" not in on_paper(n, n.kit)


@pytest.mark.parametrize("name", ["letter_from_Noor_Rahman.txt", "Noor2.txt", "Noor.Rahman.txt"])
def test_a_name_in_the_name_of_a_file_is_hidden(sunflowers: Nursery, name: str) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, a_report(WELFARE, Person("harmed", child=n.kit)))
    actions.add_file(by=n.dana, case=case, name=name, content=b"Words.", text="A letter.")
    text = on_paper(n, n.kit)

    assert "Noor" not in text
    assert "Rahman" not in text


def test_the_page_stands_whatever_a_child_is_called(sunflowers: Nursery) -> None:
    n = sunflowers
    called = {"known_as": "Ann´", "full_name": "Ann´ Lee"}  # noqa: RUF001  as somebody typed it
    born, room = timezone.localdate(), n.kit.room
    people.admit_child(by=n.morgan, born_on=born, room=room, family=n.noor.family, **called)
    case = a_case(n.priya, n.dana, a_report(WELFARE, Person("harmed", child=n.kit)))
    actions.add_entry(by=n.dana, case=case, text="Ann hit him in the annex.")

    assert "[another child] hit him in the annex." in page(n, n.dana, n.kit)
    link = n.setting.link_to("concerns:print_file", n.kit.pk)
    assert signed_in(n.dana).get(link).context["form"].initial["hidden"] == ["Ann´"]  # noqa: RUF001
