"""A change of a setting ends by a further row, and the procedure is as it came again."""

import pytest

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.procedures import actions
from safeguarding.procedures.library import definitions
from safeguarding.procedures.models import Adaptation
from safeguarding.procedures.ours import adapted

from .ours import WELFARE, WHY, added


def test_an_ended_change_no_longer_counts_and_stays_on_record(sunflowers: Nursery) -> None:
    row = added(sunflowers.dana)
    before = Adaptation.objects.filter(pk=row.pk).values().get()

    actions.end_adaptation(by=sunflowers.morgan, adaptation=row, reason="No longer asked for.")

    assert (
        adapted(definitions()[WELFARE], sunflowers.setting.pk).definition == definitions()[WELFARE]
    )
    assert Adaptation.objects.filter(pk=row.pk).values().get() == before, "nothing is edited"
    with pytest.raises(RuleBroken, match="ended already"):
        actions.end_adaptation(by=sunflowers.morgan, adaptation=row, reason=WHY)
    with pytest.raises(RuleBroken, match="an end, not a change"):
        actions.end_adaptation(by=sunflowers.morgan, adaptation=row.ended, reason=WHY)


def test_what_another_change_builds_on_is_not_ended_first(sunflowers: Nursery) -> None:
    first = added(sunflowers.dana)
    second = added(sunflowers.dana, id="ours-2", place="ours-1", after=["ours-1"])

    with pytest.raises(RuleBroken, match="builds on this one"):
        actions.end_adaptation(by=sunflowers.dana, adaptation=first, reason=WHY)
    actions.end_adaptation(by=sunflowers.dana, adaptation=second, reason=WHY)
    actions.end_adaptation(by=sunflowers.dana, adaptation=first, reason=WHY)

    assert (
        adapted(definitions()[WELFARE], sunflowers.setting.pk).definition == definitions()[WELFARE]
    )
