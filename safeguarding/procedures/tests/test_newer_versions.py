"""A newer Hedgerow brings newer procedures. Changes that no longer fit are left out, and it is said."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from demo.cast import Nursery
from safeguarding.concerns.tests.given import a_case
from safeguarding.procedures import library
from safeguarding.procedures.library import definitions
from safeguarding.procedures.models import Run
from safeguarding.procedures.ours import adapted
from safeguarding.procedures.schema import Definition
from tests.people import signed_in

from .ours import WELFARE, added, sooner

Update = Callable[[Definition], None]


@pytest.fixture
def update(monkeypatch: pytest.MonkeyPatch) -> Update:
    """Bring a newer version of a procedure, as an update of the software does."""

    def bring(newer: Definition) -> None:
        known = definitions() | {newer.id: newer}
        for module in ("concerns.actions.triage", "concerns.kinds", "procedures.views"):
            monkeypatch.setattr(f"safeguarding.{module}.definitions", lambda: known)

    return bring


def newer(**changes: Any) -> Definition:
    """The next version of the procedure, with other steps."""
    base = definitions()[WELFARE]
    return Definition.model_validate(
        base.model_dump(mode="json") | {"version": base.version + 1} | changes
    )


def steps() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = definitions()[WELFARE].model_dump(mode="json")["steps"]
    return found


def run_of(here: Nursery) -> Run:
    return a_case(here.priya, here.dana).runs[0]


def test_the_next_case_has_the_change_and_says_so(sunflowers: Nursery) -> None:
    before = run_of(sunflowers)
    added(sunflowers.dana)
    added(sunflowers.dana, id="ours-2", place="tell-lead")
    after = run_of(sunflowers)

    version = definitions()[WELFARE].version
    assert "ours-1" in after.definition.by_id
    assert after.version_shown == f"{version}, with 2 additions of this setting"
    assert after.digest == library.digest(after.definition)
    kept = Run.objects.get(pk=before.pk)
    assert kept.definition == definitions()[WELFARE], "a case under way stays as it began"
    assert kept.version_shown == str(version)


def test_an_earlier_deadline_is_the_one_the_clock_has(sunflowers: Nursery) -> None:
    sooner(sunflowers.dana, "decide", "1 hour")
    run = run_of(sunflowers)

    clock = sunflowers.dana.clocks.get(key=f"{WELFARE}/decide")
    assert (clock.due_at - run.aware_at).total_seconds() == 3600
    assert run.version_shown.endswith("with 1 earlier deadline of this setting")


def test_a_change_that_still_fits_is_carried_over(sunflowers: Nursery, update: Update) -> None:
    added(sunflowers.dana)
    update(newer(summary="Tell the lead in person."))

    run = run_of(sunflowers)

    assert run.version == definitions()[WELFARE].version + 1
    assert "ours-1" in run.definition.by_id
    assert run.definition.summary == "Tell the lead in person."


NO_LONGER_FITS: dict[
    str, tuple[Callable[[Nursery], object], Callable[[], list[dict[str, Any]]], str]
] = {
    "the step before it is gone": (
        lambda here: added(here.dana, place="tell-manager"),
        lambda: [one for one in steps() if one["id"] != "tell-manager"],
        "no step “tell-manager”",
    ),
    "the new version has a step of that name": (
        lambda here: added(here.dana),
        lambda: [one | {"id": "ours-1"} if one["id"] == "tell-manager" else one for one in steps()],
        "already there",
    ),
    "the new deadline is as early": (
        lambda here: sooner(here.dana, "decide", "2 hours"),
        lambda: [one | {"within": "1 hour"} if one["id"] == "decide" else one for one in steps()],
        "not always earlier than “1 hour”",
    ),
    "the step it hastened is gone": (
        lambda here: sooner(here.dana, "tell-manager", "5 minutes"),
        lambda: [one for one in steps() if one["id"] != "tell-manager"],
        "no step “tell-manager”",
    ),
}


@pytest.mark.parametrize("how", NO_LONGER_FITS)
def test_a_change_that_no_longer_fits_never_stops_a_procedure(
    sunflowers: Nursery, update: Update, how: str
) -> None:
    change, now, why = NO_LONGER_FITS[how]
    change(sunflowers)
    version = newer(steps=now())
    update(version)

    run = run_of(sunflowers)

    assert run.definition == version, "as it came, without the change"
    assert run.version_shown == str(version.version)
    [skipped] = adapted(version, sunflowers.setting.pk).skipped
    assert why in skipped.why


def test_the_lead_sees_on_the_page_that_it_no_longer_fits(
    sunflowers: Nursery, update: Update
) -> None:
    added(sunflowers.dana, place="tell-manager")
    update(newer(steps=[one for one in steps() if one["id"] != "tell-manager"]))
    link = sunflowers.setting.link_to

    lead: Client = signed_in(sunflowers.dana)
    page = lead.get(link("procedures:procedure", WELFARE)).content.decode()
    assert "A change of yours no longer fits" in page
    page = lead.get(link("procedures:ours", WELFARE)).content.decode()
    assert "No longer fits" in page
    assert "no step “tell-manager”" in page
    staff = signed_in(sunflowers.priya)
    page = staff.get(link("procedures:procedure", WELFARE)).content.decode()
    assert "no longer fits" not in page
