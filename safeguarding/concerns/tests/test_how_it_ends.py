"""How a matter ends, in the procedure's own words; and what takes two people."""

from html import unescape

import pytest

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.concerns import actions
from safeguarding.concerns.actions import StepRef
from safeguarding.concerns.models import Decision, Entry
from tests.people import signed_in

from .test_following_to_closure import begun
from .test_what_a_step_begins import today
from .walker import Walker


def at_its_end(n: Nursery) -> Walker:
    walker = begun(n, "staff-misuse", "lado-agrees")
    walker.walk(leaving_out=True, until="outcome")
    return walker


def conclude(walker: Walker, option: str, reasons: str = "It was one slip.") -> Decision:
    ref = StepRef(walker.run, "outcome")
    return actions.conclude(
        by=walker.lead, case=walker.case, step=ref, option=option, reasons=reasons
    )


def test_the_page_offers_each_outcome_and_keeps_it_as_a_decision(sunflowers: Nursery) -> None:
    walker = at_its_end(sunflowers)
    link = sunflowers.setting.link_to("concerns:step", walker.case.pk, walker.run.pk, "outcome")
    browser = signed_in(walker.lead)
    page = unescape(browser.get(link).content.decode())
    offered = [one.says for one in walker.run.definition.by_id["outcome"].options]
    assert [one for one in offered if one in page] == offered
    assert page.count('type="radio" name="option"') == len(offered)

    sent = {"option": "guidance", "reasons": "It was one slip.", "at": ""} | today()
    assert browser.post(link, sent).status_code == 302

    entry = Entry.objects.get(case=walker.case, kind="outcome")
    assert entry.details == [["Outcome", "The person is given guidance, training or supervision."]]
    assert (entry.decision.to_act, entry.decision.reasons) == (True, "It was one slip.")
    assert walker.now["outcome"].status == "done"
    shown = browser.get(sunflowers.setting.link_to("concerns:chronology", walker.case.pk))
    assert "given guidance, training or supervision" in shown.content.decode()


def test_no_further_action_is_a_decision_not_to_act(sunflowers: Nursery) -> None:
    assert conclude(at_its_end(sunflowers), "none").to_act is False


@pytest.mark.parametrize(
    ("option", "reasons", "says"),
    [
        ("forgiven", "Because.", "one of the outcomes"),
        ("none", "  ", "Give the reasons"),
    ],
)
def test_an_outcome_is_one_of_those_offered_and_has_its_reasons(
    sunflowers: Nursery, option: str, reasons: str, says: str
) -> None:
    walker = at_its_end(sunflowers)

    with pytest.raises(RuleBroken, match=says):
        conclude(walker, option, reasons)
    assert walker.now["outcome"].status == "open"
    assert not Entry.objects.filter(case=walker.case, kind="outcome").exists()


def test_an_outcome_is_not_left_out_nor_written_as_a_note(sunflowers: Nursery) -> None:
    walker = at_its_end(sunflowers)
    walker.refuse_to_skip(walker.now["outcome"])


def declared(n: Nursery) -> Walker:
    walker = begun(n, "relationship-declared", "both-approve")
    walker.walk(leaving_out=True, until="manager-decides")
    return walker


def status(walker: Walker, step: str) -> str:
    return walker.now[step].status


def test_two_different_people_decide_about_a_relationship(sunflowers: Nursery) -> None:
    n = sunflowers
    walker = declared(n)
    second = walker.run.definition.by_id["manager-decides"]

    with pytest.raises(RuleBroken, match="Two different people"):
        walker.carry_out(second, by=n.dana)
    assert status(walker, "manager-decides") == "open"
    assert status(walker, "check-approved") == "locked"

    walker.carry_out(second, by=n.morgan)
    assert status(walker, "check-approved") == "open"


def test_there_is_no_contact_before_both_have_approved_it(sunflowers: Nursery) -> None:
    walker = declared(sunflowers)
    contact = walker.run.definition.by_id["contact"]
    walker.refused(contact)
    walker.walk(leaving_out=True, until="check-approved")
    walker.refused(contact)

    walker.walk(leaving_out=True, until="contact")
    assert walker.now["contact"].status == "open"
