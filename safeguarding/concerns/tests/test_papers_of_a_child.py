"""The file of one child on paper: the names of others are found, and blacked out as somebody says."""

import pytest
from django.core.exceptions import PermissionDenied

from demo.cast import Nursery
from safeguarding.approvals.models import Approval
from safeguarding.audit.models import Entry as Line
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case, Entry, PaperCopy
from safeguarding.concerns.papers.child import ChildsFile, content_of, names_in
from safeguarding.concerns.papers.content import Content
from safeguarding.concerns.papers.hiding import Names
from safeguarding.concerns.report import Mark, Person
from tests.people import signed_in
from tests.standing import built_once

from .childs_files import FOR_KIT, an_incident, page
from .given import WELFARE, a_case, a_report, agreed, file_on_paper, filed, opened


@built_once
def incident(sunflowers: Nursery) -> Case:
    return an_incident(sunflowers)


def all_words(content: Content) -> str:
    return str({**content, "recipient": "", "purpose": "", "title": ""})


def test_the_form_ticks_the_names_of_others_and_the_paper_hides_them(
    sunflowers: Nursery, incident: Case
) -> None:
    n = sunflowers
    actions.add_entry(by=n.dana, case=incident, text="Noor saw it from the Oak Road gate.")
    link, browser = n.setting.link_to("concerns:print_file", n.kit.pk), signed_in(n.dana)
    form = browser.get(link).context["form"]

    assert set(form.initial["hidden"]) == {"Isla", "Isla Byrne", "Byrne", "Rory", "Noor"}
    ticked = {"hidden": form.initial["hidden"], "offered": form.initial["offered"]}
    answer = browser.post(link, {**FOR_KIT, **ticked, "more": "Oak Road\n"})
    assert answer.status_code == 302
    approval = agreed(Approval.objects.get())
    answer = browser.post(approval.of_kind.result(approval))
    assert answer["Content-Type"] == "application/pdf"
    assert b"/StructTreeRoot" in answer.content
    assert "Kit" not in answer["Content-Disposition"]
    copy = PaperCopy.objects.get()
    assert set(copy.hidden) == {*form.initial["hidden"], "Oak Road"}
    again_ = file_on_paper(n.dana, n.kit, hidden=copy.hidden, **FOR_KIT).content
    assert again_["digest"] == copy.digest
    for name in ("Isla", "Byrne", "Rory", "Noor", "Oak Road"):
        assert name not in all_words(again_)
    assert "[another child] took the tablet from Kit." in all_words(again_)
    assert any("Noor" in one.text for one in Entry.objects.all()), "the original stays"


def test_a_word_may_be_unticked_where_it_is_not_a_name(sunflowers: Nursery, incident: Case) -> None:
    n = sunflowers
    link, browser = n.setting.link_to("concerns:print_file", n.kit.pk), signed_in(n.dana)
    offered = browser.get(link).context["form"].initial["offered"]
    browser.post(link, {**FOR_KIT, "offered": offered, "hidden": ["Isla", "Isla Byrne"]})

    assert set(Approval.objects.get().arguments["hidden"]) == {"Isla", "Isla Byrne"}


def test_a_name_that_came_in_meanwhile_is_asked_about_before_anything_is_printed(
    sunflowers: Nursery, incident: Case
) -> None:
    n = sunflowers
    link, browser = n.setting.link_to("concerns:print_file", n.kit.pk), signed_in(n.dana)
    form = browser.get(link).context["form"]
    ticked = {"hidden": form.initial["hidden"], "offered": form.initial["offered"]}
    actions.add_entry(by=n.dana, case=incident, text="Noor saw it.")
    answer = browser.post(link, {**FOR_KIT, **ticked})

    assert answer.status_code == 422
    assert "more was written, with these names: Noor" in answer.content.decode()
    assert not PaperCopy.objects.exists()
    shown = answer.context["form"]
    ticked = {"hidden": shown["hidden"].value(), "offered": shown["offered"].value()}
    assert "Noor" in ticked["hidden"]
    assert browser.post(link, {**FOR_KIT, **ticked}).status_code == 302


def test_only_who_gives_out_every_child_concern_prints_a_file(
    sunflowers: Nursery, incident: Case
) -> None:
    n = sunflowers
    actions.let_know(by=n.dana, case=incident, member=n.morgan, reason="plans the staff")
    for who in (n.devi, n.morgan):
        assert "Make a printed copy" not in page(n, who, n.kit)
        link = n.setting.link_to("concerns:print_file", n.kit.pk)
        assert signed_in(who).post(link, FOR_KIT).status_code == 403
        with pytest.raises(PermissionDenied):
            actions.ask_to_print_file(by=who, child=n.kit, **FOR_KIT)


def test_a_paper_of_a_file_shows_in_each_case_it_holds(sunflowers: Nursery, incident: Case) -> None:
    n = sunflowers
    file_on_paper(n.dana, n.kit, hidden=["Isla"], **FOR_KIT)
    readers = signed_in(n.devi).get(n.setting.link_to("concerns:readers", incident.pk))
    line = Line.objects.get(event="child.file_printed")

    assert "part of a child’s file, for Kit’s father" in readers.content.decode()
    assert set(line.details) == {"copy", "digest"}


def test_a_paper_of_a_report_shows_in_the_case_that_takes_it_in_later(sunflowers: Nursery) -> None:
    n = sunflowers
    concern = filed(n.priya, a_report(WELFARE, Person("harmed", child=n.kit)))
    file_on_paper(n.dana, n.kit, **FOR_KIT)
    case = opened(n.dana, concern)

    for name in ("concerns:chronology", "concerns:readers"):
        shown = signed_in(n.dana).get(n.setting.link_to(name, case.pk)).content.decode()
        assert "part of a child’s file, for Kit’s father" in shown


def test_a_paper_that_nobody_took_does_not_stand_there_as_given_out(
    sunflowers: Nursery, incident: Case
) -> None:
    n = sunflowers
    browser, chronology = signed_in(n.dana), n.setting.link_to("concerns:chronology", incident.pk)
    approval = agreed(actions.ask_to_print_file(by=n.dana, child=n.kit, **FOR_KIT))
    assert "nothing has gone out" in browser.get(chronology).content.decode()

    browser.post(approval.of_kind.result(approval))
    assert "nothing has gone out" not in browser.get(chronology).content.decode()


def test_marks_are_drawn_and_files_are_listed_with_the_names_of_others_hidden(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    child = Person("harmed", child=n.kit)
    mark = Mark("front-left-knee", words="Noor pushed him")
    case = a_case(n.priya, n.dana, a_report(WELFARE, child, marks=(mark,)))
    actions.add_file(by=n.dana, case=case, name="letter-Noor.txt", content=b"Words.", text="Hers.")
    file = ChildsFile(n.kit, n.dana, capability="X")

    found = names_in(file, file.items)
    content = content_of(file, Names(found))

    assert "Noor" in found
    [report] = [one for one in content["items"] if one["what"] == "report"]
    assert report["marks"][0]["looks"] == [["More", "[another child] pushed him"]]
    assert [len(side["dots"]) for side in report["figure"]] == [1, 0]
    assert content["files"][0][0] == "letter-[another child].txt"
    assert "Noor" not in str(content)


def test_no_paper_is_made_of_a_file_in_which_there_is_nothing(sunflowers: Nursery) -> None:
    """Nobody could take it; and it would say that there is nothing, which others may know better."""
    n = sunflowers
    link = n.setting.link_to("concerns:print_file", n.kit.pk)
    answer = signed_in(n.dana).post(link, {**FOR_KIT, "offered": ""})

    assert "Make a printed copy" not in page(n, n.dana, n.kit)
    assert answer.status_code == 422
    assert "nothing in this file that you may give out" in answer.content.decode()
    assert not Approval.objects.exists()
