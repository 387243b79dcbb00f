"""What is about others stays out of the file of a child, and nobody stands in it by name who should not."""

import json

import pytest
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case, Entry
from safeguarding.concerns.papers.child import ChildsFile, content_of, names_in
from safeguarding.concerns.papers.hiding import BLACKED_OUT, Names
from safeguarding.concerns.report import Mark, Person
from safeguarding.people import actions as people
from safeguarding.people.models import Child
from safeguarding.people.roles import Role
from tests.people import signed_in

from .childs_files import FOR_KIT, an_incident, main, page
from .given import WELFARE, a_case, a_report, file_on_paper


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


@pytest.mark.parametrize(
    ("whose", "stays"),
    [
        ("Isla Byrne", False),
        ("isla", False),
        ("Kit", True),
        ("", True),
        ("the younger one", True),
        ("Kit and Isla", True),
    ],
)
def test_a_mark_on_another_child_is_neither_drawn_nor_listed(
    sunflowers: Nursery, whose: str, *, stays: bool
) -> None:
    n = sunflowers
    marks = (
        Mark("front-left-knee", words="a graze", whose=whose),
        Mark("back-head", words="a bump of his", whose="Kit Lindqvist"),
    )
    both = (Person("harmed", child=n.kit), Person("harmed", child=n.isla))
    a_case(n.priya, n.dana, a_report(WELFARE, *both, marks=marks))
    file = ChildsFile(n.kit, n.dana, capability="X")
    [report] = [one for one in content_of(file, Names([]))["items"] if one["what"] == "report"]

    assert len(report["marks"]) == 1 + stays
    assert sum(len(side["dots"]) for side in report["figure"]) == 1 + stays
    assert report["marks"][-1]["looks"][-1] == ["More", "a bump of his"]


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


def test_a_parent_with_an_account_stands_there_by_part(sunflowers: Nursery) -> None:
    n = sunflowers
    pat = Person("witness", member=n.pat)
    saw = "Pat Lindqvist saw it; pat rang us."
    report = a_report(WELFARE, Person("harmed", child=n.isla), pat, saw=saw, heard="")
    a_case(n.pat, n.dana, report)

    for text in (on_paper(n, n.isla), main(page(n, n.dana, n.isla))):
        assert "Lindqvist saw" not in text
        assert "pat rang" not in text
        assert "Pat Lindqvist: " not in text
        assert "Somebody else: saw or heard it" in text
        assert "a parent or carer" in text
    assert "Lindqvist" not in on_paper(n, n.isla)


def test_who_cares_for_another_child_is_not_named_and_ones_own_family_is(
    sunflowers: Nursery,
) -> None:
    """The name of a mother says which child it was."""
    n = sunflowers
    for name, child in (("Orla Byrne", n.isla), ("Aziz Rahman", n.noor), (n.priya.name, n.noor)):
        assert child.family
        people.add_carer(by=n.morgan, family=child.family, name=name, relation="parent")
    case = an_incident(n)
    actions.add_entry(by=n.dana, case=case, text="Orla rang Pat Lindqvist. Aziz Rahman heard it.")

    for text in (on_paper(n, n.kit), page(n, n.dana, n.kit)):
        assert "[another child] rang Pat Lindqvist. [another child] heard it." in text
        assert n.priya.name in text, "she wrote something"


def test_who_added_to_a_report_from_home_is_not_named_either(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.pat, n.dana, a_report(WELFARE, Person("harmed", child=n.isla)))
    concern = case.gathered.get().concern
    added = "It was Pat who rang."
    actions.add_to_report(by=n.pat, concern=concern, text=added, fingerprint="1")

    text = on_paper(n, n.isla)
    assert "It was [another child] who rang." in text
    assert "Lindqvist" not in text


def test_who_worked_here_is_named_also_where_they_have_children_here(sunflowers: Nursery) -> None:
    n = sunflowers
    held = people.grant_role(by=n.morgan, to=n.pat, role=Role.PRACTITIONER)
    people.end_role(by=n.morgan, held=held, reason="A short time.")
    report = a_report(WELFARE, Person("harmed", child=n.isla), Person("witness", member=n.pat))
    a_case(n.priya, n.dana, report)

    assert "Pat Lindqvist: saw or heard it" in on_paper(n, n.isla)


def test_a_colleague_is_blacked_out_by_the_whole_name_and_never_by_half(
    sunflowers: Nursery,
) -> None:
    """A child may have the same first name: whoever wrote something is still to be seen."""
    n = sunflowers
    report = a_report(WELFARE, Person("harmed", child=n.kit), Person("witness", member=n.sam))
    case = a_case(n.priya, n.dana, report)
    actions.add_file(by=n.dana, case=case, name="letter.txt", content=b"Words.", text="Hers.")
    for hidden, shown in (["Dana"], n.dana.name), ([n.dana.name], BLACKED_OUT):
        content = file_on_paper(n.dana, n.kit, hidden=hidden, **FOR_KIT).content
        assert {one["by"] for one in content["items"]} == {shown, n.priya.name}
        assert content["files"][0][3].startswith(shown)
    whole = file_on_paper(n.dana, n.kit, hidden=[n.sam.name], **FOR_KIT).content
    assert f"{BLACKED_OUT}: saw or heard it" in str(whole)
    assert n.sam.name not in str(whole)
