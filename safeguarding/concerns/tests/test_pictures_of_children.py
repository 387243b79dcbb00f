"""A picture of a child: who looks, what is deleted, what is referred, and what the system refuses."""

import pytest
from django.core.exceptions import PermissionDenied

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.concerns import actions
from safeguarding.concerns.actions import StepRef
from safeguarding.concerns.forms.steps import ViewingForm
from safeguarding.concerns.report import Person
from safeguarding.people import actions as people
from tests.people import signed_in

from .given import IMAGE, a_case, a_report
from .walker import Walker

MAY_LOOK = ("no-other-way", "second-senior-person")


def begun(n: Nursery, *yes: str) -> Walker:
    return Walker(n, a_case(n.priya, n.dana, a_report(IMAGE)), yes=yes)


def step(walker: Walker, name: str) -> str:
    return walker.nursery.setting.link_to("concerns:step", walker.case.pk, walker.run.pk, name)


@pytest.mark.parametrize("referral", ["refer-police", "refer-social-care"])
def test_for_early_years_children_a_referral_cannot_be_left_out(
    sunflowers: Nursery, referral: str
) -> None:
    walker = begun(sunflowers)

    assert walker.now[referral].need == "must"
    with pytest.raises(RuleBroken, match="must be done"):
        actions.leave_out(
            by=walker.lead, case=walker.case, step=StepRef(walker.run, referral), reason="No need."
        )


def test_a_referral_step_takes_only_the_agency_it_names(
    sunflowers: Nursery, bluebells: Nursery
) -> None:
    walker = begun(sunflowers)
    ref = StepRef(walker.run, "refer-police")
    elsewhere = Walker(bluebells, a_case(bluebells.priya, bluebells.dana)).agency(["police"])
    for agency in (walker.agency(["ceop"]), elsewhere):
        with pytest.raises(RuleBroken, match="agency"):
            actions.refer(
                by=walker.lead, case=walker.case, agency=agency, route="web", text="Told.", step=ref
            )
    assert walker.now["refer-police"].status == "open"


def test_nobody_looks_before_the_reasons_are_written_down(sunflowers: Nursery) -> None:
    walker = begun(sunflowers, *MAY_LOOK, "device-in-reach")
    walker.walk(leaving_out=True, until="reason-to-look")

    walker.refused(walker.run.definition.by_id["look"])
    page = signed_in(walker.lead).get(step(walker, "look")).content.decode()
    assert "This step is locked" in page
    assert 'name="text"' not in page


@pytest.mark.parametrize("missing", MAY_LOOK)
def test_nobody_looks_while_there_is_another_way_or_no_second_person(
    sunflowers: Nursery, missing: str
) -> None:
    walker = begun(sunflowers, *(set(MAY_LOOK) - {missing}))
    walker.walk(leaving_out=True)

    with pytest.raises(RuleBroken):
        walker.carry_out(walker.run.definition.by_id["look"])
    assert not walker.case.entries.filter(kind="viewing").exists()


def test_only_somebody_who_leads_the_case_looks(sunflowers: Nursery) -> None:
    n = sunflowers
    walker = begun(n, *MAY_LOOK, "device-in-reach")
    actions.let_know(by=n.dana, case=walker.case, member=n.morgan, reason="to be present")
    walker.walk(leaving_out=True, until="look")

    for who in (n.morgan, n.wren, n.tariq, n.priya):
        with pytest.raises(PermissionDenied):
            walker.carry_out(walker.run.definition.by_id["look"], by=who)
    walker.carry_out(walker.run.definition.by_id["look"])
    assert walker.now["look"].status == "done"


def test_the_second_person_is_somebody_else_of_the_leadership_whom_it_is_not_about(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    people.declare_relationship(by=n.wren, about=n.wren, kind="relative", child=n.kit)
    case = a_case(n.priya, n.dana, a_report(IMAGE, Person("harmed", child=n.kit)))
    question = str(ViewingForm(None, case=case, member=n.dana)["second_person"])

    offered = {name for name, member in n.people.items() if member.display_name in question}
    assert offered == {"devi", "morgan"}


@pytest.mark.parametrize("second", ["", "Dana Okafor", "Priya Nair", "Somebody"])
def test_a_viewing_without_a_second_senior_person_is_refused(
    sunflowers: Nursery, second: str
) -> None:
    walker = begun(sunflowers, *MAY_LOOK, "device-in-reach")
    walker.walk(leaving_out=True, until="look")
    answers = {"second_person": second, "text": "To tell the police.", "at": ""}

    answer = signed_in(walker.lead).post(step(walker, "look"), answers)

    assert answer.status_code == 422
    assert walker.now["look"].status == "open"


def test_a_case_about_an_adult_and_pictures_takes_no_picture_either(sunflowers: Nursery) -> None:
    n = sunflowers
    report = a_report("indecent-images-staff", Person("alleged", member=n.sam))
    case = a_case(n.priya, n.dana, report)
    other = a_case(n.priya, n.dana, a_report("staff-misuse", Person("alleged", member=n.sam)))
    browser = signed_in(n.dana)

    pages = [browser.get(one.path).content.decode() for one in (case, other)]

    assert (case.record_class, other.record_class) == ("C3", "C3")
    assert ["No picture may enter this record" in page for page in pages] == [True, False]
    assert [case.is_imagery, other.is_imagery] == [True, False]
