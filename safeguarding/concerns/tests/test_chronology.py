"""The chronology: only ever added to, corrected beside what was written, read by those who may."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.audit.models import Entry as Line
from safeguarding.concerns import actions
from safeguarding.concerns.actions import StepRef
from tests.people import signed_in

from .given import IMAGE, a_case, a_report


def test_a_correction_stands_beside_what_it_corrects(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)
    entry = actions.add_entry(by=n.dana, case=case, text="It was on Monday.")
    link = n.setting.link_to("concerns:correct", case.pk, entry.pk)
    assert signed_in(n.dana).post(link, {"text": "It was on Tuesday."}).status_code == 302

    entry.refresh_from_db()
    correction = case.entries.get(kind="correction")
    assert entry.text == "It was on Monday."
    assert correction.corrects == entry
    page = signed_in(n.dana).get(n.setting.link_to("concerns:chronology", case.pk))
    assert "It was on Monday." in page.content.decode()
    assert "It was on Tuesday." in page.content.decode()


def test_what_was_corrected_says_so_where_it_stands(sunflowers: Nursery) -> None:
    """The correction stands with what happened today, perhaps pages further on."""
    n = sunflowers
    case = a_case(n.priya, n.dana)
    entry = actions.add_entry(by=n.dana, case=case, kind="call", text="It was his mother.")
    actions.correct_entry(by=n.dana, case=case, entry=entry, text="It was his gran.")
    link = n.setting.link_to("concerns:chronology", case.pk)
    page = signed_in(n.dana).get(link, {"kind": "call"}).content.decode()

    assert "It was his gran." not in page
    assert page.count("Corrected by what was written on") == 1


def test_an_entry_of_another_case_cannot_be_corrected_here(sunflowers: Nursery) -> None:
    n = sunflowers
    case, other = a_case(n.priya, n.dana), a_case(n.sam, n.dana)
    entry = actions.add_entry(by=n.dana, case=other, text="Elsewhere.")

    with pytest.raises(RuleBroken, match="another case"):
        actions.correct_entry(by=n.dana, case=case, entry=entry, text="Here.")
    link = n.setting.link_to("concerns:correct", case.pk, entry.pk)
    assert signed_in(n.dana).get(link).status_code == 404


def test_a_step_of_another_case_cannot_be_settled_here(sunflowers: Nursery) -> None:
    n = sunflowers
    case, other = a_case(n.priya, n.dana), a_case(n.sam, n.dana)

    with pytest.raises(RuleBroken, match="another case"):
        actions.add_entry(
            by=n.dana, case=case, text="Done.", step=StepRef(other.runs.get(), "tell-lead")
        )


def test_what_happened_is_kept_apart_from_when_it_was_written_and_is_never_in_the_future(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    case, now = a_case(n.priya, n.dana), timezone.now()
    entry = actions.add_entry(
        by=n.dana, case=case, text="She rang.", happened_at=now - timedelta(days=2)
    )

    assert entry.created_at - entry.happened_at > timedelta(days=1)
    with pytest.raises(RuleBroken, match="have not come yet"):
        actions.add_entry(
            by=n.dana, case=case, text="Soon.", happened_at=now + timedelta(minutes=5)
        )


@pytest.mark.parametrize("reasons", ["", "  \n"])
def test_a_decision_needs_its_reasons_above_all_not_to_act(
    sunflowers: Nursery, reasons: str
) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)

    with pytest.raises(RuleBroken, match="Give the reasons"):
        actions.decide(by=n.dana, case=case, to_act=False, text="We wait.", reasons=reasons)
    decided = actions.decide(
        by=n.dana, case=case, to_act=False, text="We wait.", reasons="Social care asked us to."
    )
    assert str(decided) == "decided not to act"


def test_telling_parents_says_whom_and_not_telling_them_says_why(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)

    with pytest.raises(RuleBroken, match="Say who was told"):
        actions.inform_parents(by=n.dana, case=case, were_told=True, text="All of it.")
    with pytest.raises(RuleBroken, match="why they were not"):
        actions.inform_parents(by=n.dana, case=case, were_told=False, text=" ")
    kept = actions.inform_parents(
        by=n.dana, case=case, were_told=False, text="The police asked us to wait."
    )
    assert str(kept) == "parents not told"


def test_only_those_who_work_on_a_case_write_on_it(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.sam, n.dana, a_report(IMAGE))
    actions.let_know(by=n.dana, case=case, member=n.morgan, reason="to be present")
    devi = case.need_to_know.get(member=n.devi)
    actions.end_need_to_know(by=n.dana, case=case, granted=devi, reason="on leave")

    for who in (n.morgan, n.priya, n.devi, n.sam, n.cleo, n.pat):
        for act in (actions.add_entry, actions.give_support):
            with pytest.raises(PermissionDenied):
                act(by=who, case=case, text="A word.")
        with pytest.raises(PermissionDenied):
            actions.close_case(by=who, case=case, outcome="Over.")


def test_each_reading_of_a_case_is_in_the_trail(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)
    for page in ("concerns:case", "concerns:chronology", "concerns:case"):
        signed_in(n.dana).get(n.setting.link_to(page, case.pk))

    read = Line.objects.filter(subject_id=case.pk, actor_id=n.dana.pk, event__endswith="read")
    assert read.count() == 3
