"""A device that came before its case was about a picture: nobody gives it back before the police advise."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.audit.models import Entry as Line
from safeguarding.concerns import actions
from safeguarding.concerns.actions import Receiver
from safeguarding.concerns.models import Case, CustodyItem, Entry
from safeguarding.procedures.library import definitions

from .given import IMAGE, a_case, about
from .test_device_custody import POLICE, advised, fresh, offered, taken

MOTHER: dict[str, Any] = {
    "purpose": "owner",
    "name": "Ms Lund",
    "organisation": "Her mother",
}


def comes_to_be_about_a_picture(n: Nursery, case: Case, how: str) -> None:
    if how == "class":
        actions.reclassify_case(by=n.dana, case=case, record_class="C4", reason="A picture.")
        return
    actions.start_procedure(by=n.dana, case=case, definition=definitions()[how], reason="So.")


def lines_of(item: CustodyItem) -> int:
    return Line.objects.filter(event="custody.quarantined", subject_id=item.pk).count()


@pytest.mark.parametrize("how", [IMAGE, "class", "indecent-images-staff"])
def test_it_is_in_quarantine_from_then_and_an_offer_to_its_owner_leads_nowhere(
    sunflowers: Nursery, how: str
) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, about(n.sam) if how == "indecent-images-staff" else None)
    item = taken(n, case)
    offer = offered(item, n.dana, Receiver(**MOTHER, witness=n.priya))

    comes_to_be_about_a_picture(n, case, how)

    assert fresh(item).is_quarantined
    with pytest.raises(RuleBroken, match="until the police advise"):
        actions.accept_handover(by=n.priya, offer=offer)
    assert lines_of(item) == 1
    written = Entry.objects.readable_by(n.dana).filter(case=case, kind="custody")
    said = [one for one in written if one.text.startswith("In quarantine from now")]
    assert [one.details for one in said] == [[["Custody number", item.number]]]


def test_what_the_police_advised_on_or_took_stays_as_it_is(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)
    cleared, gone = taken(n, case, quarantine=True), taken(n, case)
    advised(n, cleared)
    back = offered(gone, n.dana, Receiver(**MOTHER, witness=n.sam))
    actions.accept_handover(by=n.sam, offer=back)

    comes_to_be_about_a_picture(n, case, IMAGE)

    assert not fresh(cleared).is_quarantined
    assert lines_of(cleared) == lines_of(gone) == 0


def test_what_the_police_said_before_then_ends_no_quarantine(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)
    item, said = taken(n, case), timezone.now()
    with time_machine.travel(said + timedelta(days=3), tick=True):
        comes_to_be_about_a_picture(n, case, IMAGE)
        with pytest.raises(RuleBroken, match="before it came to be in quarantine"):
            actions.lift_quarantine(
                by=n.dana, item=fresh(item), **POLICE, advised_at=said, advice="Give it back."
            )
        advised(n, fresh(item))

    assert not fresh(item).is_quarantined
