"""A second procedure on a case, and a case that is closed and taken up again."""

import pytest

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case
from safeguarding.procedures.library import definitions

from .test_following_to_closure import begun, close


def test_with_two_procedures_both_have_to_be_settled(sunflowers: Nursery) -> None:
    walker = begun(sunflowers, "welfare-concern")
    second = actions.start_procedure(
        by=walker.lead,
        case=walker.case,
        definition=definitions()["cyberbullying"],
        reason="There is a group chat.",
    )
    walker.walk(leaving_out=True)
    with pytest.raises(RuleBroken, match="Online bullying"):
        close(walker)

    walker.run = second
    walker.walk(leaving_out=True)
    close(walker)


def test_a_procedure_is_followed_once_on_a_case(sunflowers: Nursery) -> None:
    walker = begun(sunflowers, "welfare-concern")
    with pytest.raises(RuleBroken, match="already under way"):
        actions.start_procedure(
            by=walker.lead, case=walker.case, definition=walker.run.definition, reason="Again."
        )


def test_a_picture_found_later_makes_it_a_case_about_imagery(sunflowers: Nursery) -> None:
    walker = begun(sunflowers, "welfare-concern")
    actions.start_procedure(
        by=walker.lead,
        case=walker.case,
        definition=definitions()["nude-image"],
        reason="There is a picture.",
    )

    assert Case.objects.get().record_class == "C4"
    assert walker.case in Case.objects.led_by(sunflowers.dana)
    assert walker.case not in Case.objects.readable_by(sunflowers.devi)


def test_a_closed_case_takes_nothing_until_it_is_reopened_with_a_reason(
    sunflowers: Nursery,
) -> None:
    walker = begun(sunflowers, "welfare-concern")
    walker.walk(leaving_out=True)
    close(walker)
    for act in (
        lambda: actions.add_entry(by=walker.lead, case=walker.case, text="More."),
        lambda: close(walker),
    ):
        with pytest.raises(RuleBroken, match="This case is closed"):
            act()

    actions.reopen_case(by=walker.lead, case=walker.case, reason="Something new.")
    actions.add_entry(by=walker.lead, case=walker.case, text="More.")
    with pytest.raises(RuleBroken, match="This case is open"):
        actions.reopen_case(by=walker.lead, case=walker.case, reason="Again.")
    close(walker)

    assert list(walker.case.entries.order_by("created_at").values_list("kind", flat=True))[-4:] == [
        "closed",
        "reopened",
        "note",
        "closed",
    ]
