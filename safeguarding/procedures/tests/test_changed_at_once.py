"""Two people change one procedure at the same moment: both changes count, or the second is told why not."""

import pytest

from demo.cast import open_nursery
from foundation.errors import RuleBroken
from safeguarding.procedures import actions
from safeguarding.procedures.library import definitions
from safeguarding.procedures.models import Adaptation
from tests.at_once import in_the_moment_of

from .ours import WELFARE, WHY, a_step, added

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def test_two_steps_added_at_once_have_two_names() -> None:
    n = open_nursery("Sunflowers")
    step = a_step(id=None)
    how = {"definition": definitions()[WELFARE], "step": step, "place": "decide", "reason": WHY}

    with in_the_moment_of(lambda: actions.add_step(by=n.morgan, **how)) as met:  # type: ignore[arg-type]
        actions.add_step(by=n.dana, **how)  # type: ignore[arg-type]

    assert met == []
    assert set(Adaptation.objects.values_list("step", flat=True)) == {"ours-1", "ours-2"}


def test_a_change_ended_at_once_by_two_ends_once_and_the_second_is_told() -> None:
    n = open_nursery("Sunflowers")
    row = added(n.dana)

    with in_the_moment_of(
        lambda: actions.end_adaptation(by=n.morgan, adaptation=row, reason=WHY)
    ) as met:
        actions.end_adaptation(by=n.dana, adaptation=row, reason=WHY)

    assert [str(one) for one in met] == ["This change was ended already."]
    assert [type(one) for one in met] == [RuleBroken]
