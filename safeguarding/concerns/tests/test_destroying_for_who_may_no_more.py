"""What one lead recorded of the police is not done once that lead may not ask for it any more (R23)."""

from typing import Any

import pytest

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.concerns import actions
from safeguarding.concerns.report import Person
from safeguarding.documents.models import StoredFile
from safeguarding.people import actions as people
from tests.people import anew, left

from .given import a_case
from .test_frozen_files import asked, frozen


@pytest.mark.parametrize("why", ["tied", "left"])
def test_a_yes_destroys_nothing_that_somebody_asked_for_who_may_no_more(
    sunflowers: Nursery, tmp_path: Any, settings: Any, why: str
) -> None:
    n, settings.FILES = sunflowers, tmp_path / "files"
    case = a_case(n.priya, n.dana)
    ask = asked(n, frozen(n, case))
    if why == "tied":
        actions.name_person(by=n.devi, case=case, person=Person("harmed", child=n.kit))
        people.declare_relationship(by=n.dana, about=n.dana, kind="relative", child=n.kit)
    else:
        left(n, n.dana)

    with pytest.raises(RuleBroken, match="Dana Okafor may not ask for this any more"):
        actions.approve_destruction(by=anew(n.devi), asked=ask, bound_to=ask.bound_to)
    assert not StoredFile.objects.filter(wrapped_key="").exists()
    actions.decline_destruction(by=anew(n.devi), asked=ask, reason="Dana no longer leads it.")
