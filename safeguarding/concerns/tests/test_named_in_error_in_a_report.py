"""A child chosen by mistake in a report that waits, or was put aside: no case is needed to say so."""

import pytest
from django.core.exceptions import PermissionDenied

from demo.cast import Nursery
from foundation.errors import RuleBroken
from foundation.keyrings import give_keyring
from safeguarding.audit.models import Entry as Line
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case, Concern, Involvement
from safeguarding.concerns.papers.child import ChildsFile
from safeguarding.concerns.permissions import is_shut_out
from safeguarding.concerns.report import Person
from safeguarding.notifications.models import Notification
from safeguarding.people import actions as people
from tests.people import anew, signed_in

from .given import WELFARE, a_case, a_report, filed, opened, url
from .sealed_records import MARKER, every_value, with_key

WHY = "It was Maya. Kit was not there."


def of_kit(n: Nursery) -> tuple[Concern, Involvement]:
    concern = filed(n.priya, a_report(WELFARE, Person("harmed", child=n.kit)))
    return concern, concern.involvements.get()


@pytest.mark.parametrize("stands", ["waits", "put aside"])
def test_the_report_leaves_the_file_of_the_child_and_says_why(
    sunflowers: Nursery, stands: str
) -> None:
    n, dana = sunflowers, signed_in(sunflowers.dana)
    concern, named = of_kit(n)
    if stands == "put aside":
        actions.put_aside(by=n.dana, concern=concern, reasons="A game.")
    address = url(n, "report_named_in_error", concern.pk, named.pk)
    assert address in dana.get(url(n, "concern", concern.pk)).text
    assert "still does not read the" in dana.get(address).text
    assert dana.post(address, {"reason": " "}).status_code == 422

    assert dana.post(address, {"reason": WHY}).status_code == 302

    assert ChildsFile(n.kit, anew(n.dana)).concerns == []
    page = dana.get(url(n, "concern", concern.pk)).text
    assert "Kit Lindqvist: named in error, said Dana Okafor on" in page
    assert WHY in page
    assert (url(n, "name_person", concern.pk) in page) is (stands == "waits")
    assert dana.get(address).status_code == 404, "said once"
    line = Line.objects.get(event="concern.named_in_error")
    assert (line.subject_id, line.details) == (concern.pk, {"involvement": str(named.pk)})


def test_what_it_opens_to_nobody_and_who_hears_of_it(sunflowers: Nursery) -> None:
    n = sunflowers
    people.declare_relationship(by=n.devi, about=n.devi, kind="relative", child=n.kit)
    concern, named = of_kit(n)
    Concern.objects.get(pk=concern.pk).recipients.create(
        setting=n.setting, member=n.wren, why="told"
    )
    actions.say_report_names_in_error(by=n.dana, concern=concern, named=named, reason=WHY)
    assert is_shut_out(anew(n.devi), concern.pk)
    assert not Notification.objects.filter(kind="report_added_to", recipient=n.devi).exists()


def test_who_may_say_so_of_whom_and_when(sunflowers: Nursery) -> None:
    n = sunflowers
    concern, named = of_kit(n)
    other, _ = of_kit(n)
    with pytest.raises(PermissionDenied):
        actions.say_report_names_in_error(by=n.priya, concern=concern, named=named, reason=WHY)
    with pytest.raises(RuleBroken, match="Only a child"):
        actions.say_report_names_in_error(by=n.dana, concern=other, named=named, reason=WHY)
    actions.say_report_names_in_error(by=n.dana, concern=concern, named=named, reason=WHY)
    with pytest.raises(RuleBroken, match="once"):
        actions.say_report_names_in_error(by=n.dana, concern=concern, named=named, reason=WHY)
    of_other = other.involvements.get()
    opened(n.dana, other)
    with pytest.raises(RuleBroken, match="part of a case by now"):
        actions.say_report_names_in_error(by=n.dana, concern=other, named=of_other, reason=WHY)


def test_a_case_it_comes_into_says_so_and_it_holds_when_it_leaves_that_again(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    concern, named = of_kit(n)
    actions.say_report_names_in_error(by=n.dana, concern=concern, named=named, reason=WHY)
    case = a_case(n.sam, n.dana)
    actions.gather(by=n.dana, concern=concern, case=case)
    shown = signed_in(n.dana).get(url(n, "chronology", case.pk)).text
    assert f"In report {concern.code}, Kit Lindqvist: named in error, said Dana Okafor on" in shown

    actions.take_out(by=n.dana, concern=concern, case=case, reasons="Of another child.")

    named.refresh_from_db()
    assert named.in_error
    assert WHY not in signed_in(n.dana).get(url(n, "chronology", case.pk)).text


def test_of_an_adult_it_is_sealed_as_the_report_is(sunflowers: Nursery) -> None:
    n, dana = sunflowers, with_key(sunflowers.dana)
    report = a_report(WELFARE, Person("alleged", member=n.sam), Person("harmed", child=n.kit))
    concern = filed(n.priya, report)
    named = concern.involvements.get(child=n.kit)

    actions.say_report_names_in_error(by=dana, concern=concern, named=named, reason=MARKER)

    assert not [one for one in every_value() if MARKER in one]
    found = Concern.objects.readable_by(dana).get(pk=concern.pk)
    beside = found.involvements.select_related("said_in_error").get(child=n.kit)
    assert beside.said_in_error.reason == MARKER
    with pytest.raises(RuleBroken, match="Nothing was changed"):
        opened(anew(n.dana), Concern.objects.get(pk=concern.pk))
    case = opened(dana, found)
    there = Case.objects.readable_by(dana).get(pk=case.pk).entries.get(kind="person")
    give_keyring([there], dana.keyring)
    assert MARKER in there.text
