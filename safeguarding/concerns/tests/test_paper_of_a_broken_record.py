"""No paper is asked for or taken of a record that was found not to be whole."""

import pytest

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.approvals.models import Approval
from safeguarding.audit.models import Entry as Line
from safeguarding.concerns import actions
from safeguarding.concerns.actions import printing
from safeguarding.concerns.models import PaperCopy

from .childs_files import FOR_KIT, an_incident
from .given import a_case, agreed

NOT_WHOLE = "found not to be whole"


def test_what_was_agreed_to_before_is_not_taken(
    sunflowers: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    n = sunflowers
    case, why = a_case(n.priya, n.dana), "They asked"
    agreed(actions.ask_to_print_case(by=n.dana, case=case, recipient="LADO", purpose=why))
    copy = PaperCopy.objects.get()
    with monkeypatch.context() as broken:
        broken.setattr(printing, "is_whole", lambda _: False)
        with pytest.raises(RuleBroken, match=NOT_WHOLE):
            actions.take_paper(by=n.dana, copy=copy)
    assert not Line.objects.filter(event="paper.taken").exists()

    assert actions.take_paper(by=n.dana, copy=copy).copy == copy


def test_the_file_of_a_child_is_not_asked_for(
    sunflowers: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    n = sunflowers
    an_incident(n)
    monkeypatch.setattr(printing, "is_whole", lambda _: False)
    with pytest.raises(RuleBroken, match=NOT_WHOLE):
        actions.ask_to_print_file(by=n.dana, child=n.kit, **FOR_KIT)
    assert not Approval.objects.exists()
