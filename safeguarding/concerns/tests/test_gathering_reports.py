"""A report that joins an open case; who decides; and how a class is changed."""

import pytest
from django.core.exceptions import PermissionDenied

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case, Concern
from safeguarding.people.models import Setting
from safeguarding.procedures.library import definitions
from tests.people import signed_in

from .given import GROOMING, IMAGE, WELFARE, a_case, a_report, about, filed, opened


def test_a_second_report_is_gathered_into_an_open_case(sunflowers: Nursery) -> None:
    n = sunflowers
    case, second = a_case(n.priya, n.dana), filed(n.sam)
    link = n.setting.link_to("concerns:gather", second.pk, case.pk)

    assert signed_in(n.dana).post(link).status_code == 302
    assert case.gathered.count() == 2


@pytest.mark.parametrize("into", [WELFARE, GROOMING, IMAGE])
def test_an_allegation_is_never_gathered_into_a_case_about_children(
    sunflowers: Nursery, into: str
) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, a_report(into))

    with pytest.raises(RuleBroken, match="more closely guarded"):
        actions.gather(by=n.dana, concern=filed(n.priya, about(n.sam)), case=case)


def test_a_picture_is_not_gathered_into_a_case_that_more_people_read(sunflowers: Nursery) -> None:
    n = sunflowers
    with pytest.raises(RuleBroken, match="more closely guarded"):
        actions.gather(
            by=n.dana, concern=filed(n.priya, a_report(IMAGE)), case=a_case(n.priya, n.dana)
        )


def test_only_leads_and_deputies_decide_on_a_childs_report(
    sunflowers: Nursery, subtests: pytest.Subtests
) -> None:
    for who in ["priya", "morgan", "wren", "cleo", "omar", "tariq", "pat"]:
        with subtests.test(who):
            n = sunflowers
            with pytest.raises(PermissionDenied):
                opened(n.people[who], filed(n.sam))


def test_the_setting_tells_the_procedure_whether_its_children_are_of_early_years_age(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    assert a_case(n.priya, n.dana).runs.get().facts == ["early-years-child"]

    Setting.objects.filter(pk=n.setting.pk).update(kind=Setting.Kind.SCHOOL)
    n.setting.refresh_from_db()
    concern = Concern.objects.get(pk=filed(n.priya).pk)
    assert opened(n.dana, concern).runs.get().facts == []


def test_a_class_is_changed_with_a_row_and_a_reason_and_imagery_keeps_its_own(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)
    actions.reclassify_case(by=n.dana, case=case, record_class="C2", reason="Staff family.")

    assert case.reclassifications.get().reason == "Staff family."
    assert case not in Case.objects.readable_by(n.devi)
    picture = a_case(n.priya, n.dana, a_report(IMAGE))
    with pytest.raises(RuleBroken, match="keeps its class"):
        actions.reclassify_case(by=n.dana, case=picture, record_class="C1", reason="No need.")


@pytest.mark.parametrize("asked_by", ["its procedure", "a report"])
def test_a_case_is_guarded_no_less_than_its_procedures_and_reports_ask(
    sunflowers: Nursery, asked_by: str
) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)
    actions.reclassify_case(by=n.dana, case=case, record_class="C2", reason="Staff family.")
    case.refresh_from_db()
    if asked_by == "a report":
        actions.gather(by=n.dana, concern=filed(n.sam, a_report(GROOMING)), case=case)
    else:
        grooming = definitions()[GROOMING]
        actions.start_procedure(by=n.dana, case=case, definition=grooming, reason="A man wrote.")

    with pytest.raises(RuleBroken, match="guarded this closely"):
        actions.reclassify_case(by=n.dana, case=case, record_class="C1", reason="No need.")
    assert case not in Case.objects.readable_by(n.devi)
