"""A later step about a device that is with us already: it keeps its number, its log and its place."""

from typing import Any

import pytest

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.concerns import actions
from safeguarding.concerns.actions import Device, StepRef
from safeguarding.concerns.models import Case, CustodyItem, Entry
from safeguarding.concerns.tests.given import a_case, a_report, filed, opened, url
from safeguarding.concerns.tests.test_device_custody import advised, fresh
from safeguarding.procedures.library import definitions
from safeguarding.procedures.models import Run
from tests.people import signed_in

PROCEDURE, STEP = "indecent-images-on-setting-device", "secure-device"
TABLET = Device("Acorns tablet 1", "ours", "Sam Whitlock")


@pytest.fixture
def case(sunflowers: Nursery) -> Case:
    """With a procedure that asks for a device, and one that came before it began."""
    n = sunflowers
    made = opened(n.dana, filed(n.priya, a_report("other")))
    actions.take_into_custody(by=n.dana, case=made, device=TABLET, place="Safe")
    definition = definitions()[PROCEDURE]
    actions.start_procedure(by=n.dana, case=made, definition=definition, reason="It is one.")
    return Case.objects.get(pk=made.pk)


def run_of(case: Case) -> Run:
    return case.runs.get(definition_id=PROCEDURE)


def sent(n: Nursery, case: Case, **typed: str) -> Any:
    day = {"on_day": "18", "on_month": "11", "on_year": "2026"}
    page = url(n, "step", case.pk, run_of(case).pk, STEP)
    return signed_in(n.dana).post(page, {**day, **typed})


def test_the_step_is_settled_with_it_and_no_second_number_is_given(
    sunflowers: Nursery, case: Case
) -> None:
    n, item = sunflowers, CustodyItem.objects.get()
    page = url(n, "step", case.pk, run_of(case).pk, STEP)
    assert f"{item.number}: Acorns tablet 1" in signed_in(n.dana).get(page).text

    assert sent(n, case, already=str(item.pk), text="The police said so.").status_code == 302

    entry = Entry.objects.filter(case=case, kind="custody").latest("created_at")
    assert entry.text == "The police said so."
    assert ["Custody number", item.number] in [list(one) for one in entry.details]
    item = CustodyItem.objects.get()
    assert item.is_quarantined
    assert len(item.log) == 1
    states = {one.step.id: one.status for one in Run.objects.get(pk=run_of(case).pk).states()}
    assert states[STEP] == "done"


def test_what_was_typed_beside_it_is_never_dropped_unsaid(sunflowers: Nursery, case: Case) -> None:
    item = CustodyItem.objects.get()
    page = sent(sunflowers, case, already=str(item.pk), place="The cupboard").content.decode()
    assert "empty those boxes" in page
    assert "The cupboard" in page
    assert CustodyItem.objects.get().now.place == "Safe"


def test_another_device_is_taken_as_ever(sunflowers: Nursery, case: Case) -> None:
    assert "Write which device it is" in sent(sunflowers, case).content.decode()
    another = {"what": "Phone", "whose": "ours", "taken_from": "Sam", "place": "Safe"}
    assert sent(sunflowers, case, **another).status_code == 302
    assert CustodyItem.objects.count() == 2


def test_a_device_of_another_case_settles_nothing(sunflowers: Nursery, case: Case) -> None:
    n, elsewhere = sunflowers, a_case(sunflowers.sam, sunflowers.dana)
    device = Device("Phone", "ours", "Sam")
    item = actions.take_into_custody(by=n.dana, case=elsewhere, device=device, place="Safe")
    ref = StepRef(run_of(case), STEP)

    assert "not one of" in sent(n, case, already=str(item.pk)).content.decode()
    with pytest.raises(RuleBroken, match="another case"):
        actions.settle_with_device(by=n.dana, case=case, item=item, step=ref)


def test_the_tick_for_quarantine_holds_for_it_too_unless_the_police_have_advised(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, a_report("other"))
    item = actions.take_into_custody(by=n.dana, case=case, device=TABLET, place="Safe")
    definition = definitions()["child-device-brought-in"]
    run = actions.start_procedure(by=n.dana, case=case, definition=definition, reason="It is one.")
    page = url(n, "step", case.pk, run.pk, "switch-off")
    ticked = {"already": str(item.pk), "quarantine": "yes"}
    ticked |= {"on_day": "18", "on_month": "11", "on_year": "2026"}

    assert signed_in(n.dana).post(page, ticked).status_code == 302
    assert fresh(item).is_quarantined

    advised(n, fresh(item))
    ref = StepRef(run, "switch-off")
    with pytest.raises(RuleBroken, match="advised on this device already"):
        actions.settle_with_device(by=n.dana, case=case, item=item, step=ref, quarantine=True)
