"""What was ticked by mistake in somebody's first weeks is owed again, and all can read that it was."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from foundation.evidence import findings
from safeguarding.notifications.models import Clock
from safeguarding.people.models import Member
from safeguarding.training import actions
from safeguarding.training.models import Induction, InductionItem
from tests.budget import MOST, queries_of
from tests.people import signed_in

from .test_induction import a_new_volunteer, agreements, begun

__all__ = ["agreements"]
WHY = "The line above the right one was ticked."


def shown(n: Nursery, nell: Member) -> Induction:
    """All of a list, shown by Devi and signed."""
    induction = begun(nell)
    items = list(induction.items.all())
    day = timezone.localdate()
    actions.show_items(by=n.dana, induction=induction, items=items, on=day, presenter=n.devi)
    actions.sign_items(by=nell, induction=induction, items=items)
    return induction


def unticked(n: Nursery, induction: Induction, *items: InductionItem) -> None:
    actions.say_ticked_by_mistake(by=n.dana, induction=induction, items=items, reason=WHY)


def owed(induction: Induction) -> set[str]:
    return {one.owner.name for one in Clock.objects.running().filter(subject_id=induction.pk)}


def test_it_is_owed_again_shown_again_and_signed_anew(sunflowers: Nursery) -> None:
    n, nell = sunflowers, a_new_volunteer(sunflowers)
    induction = shown(n, nell)
    first = induction.items.first()
    assert first
    assert owed(induction) == set()

    unticked(n, induction, first)

    assert owed(induction) == {"Dana Okafor", "Morgan Hughes"}
    assert Induction.objects.open().get() == induction
    with pytest.raises(RuleBroken, match="somebody wrote down as shown"):
        unticked(n, induction, first)
    with pytest.raises(RuleBroken, match="that you have not signed"):
        actions.sign_items(by=nell, induction=induction, items=[first])
    again = induction.items.standing().get(item=first.item)
    day = timezone.localdate()
    actions.show_items(by=n.dana, induction=induction, items=[again], on=day, presenter=n.devi)
    actions.sign_items(by=nell, induction=induction, items=[again])
    assert not Induction.objects.open().exists()
    unticked(n, induction, again)
    assert induction.items.standing().get(item=first.item).again == 2


def test_its_pages_say_so_to_those_who_watch_and_to_the_new_colleague(sunflowers: Nursery) -> None:
    n, nell = sunflowers, a_new_volunteer(sunflowers)
    induction = shown(n, nell)
    first = induction.items.first()
    assert first
    dana, page = signed_in(n.dana), f"/at/sunflowers/training/induction/{induction.pk}/"
    assert f"{page}mistake/" in dana.get(page).text
    assert "Write how" in dana.post(f"{page}mistake/", {"items": [str(first.pk)]}).text
    sent = {"items": [str(first.pk)], "reason": WHY}
    assert dana.post(f"{page}mistake/", sent).status_code == 302
    for browser, where in ((dana, page), (signed_in(nell), "/at/sunflowers/training/mine/")):
        said = browser.get(where).text
        assert WHY in said
        assert f"<del>{first.name}" in said
        assert len(queries_of(browser, where)) <= MOST
    everybody = dana.get("/at/sunflowers/training/induction/").text
    number = induction.items.standing().count()
    assert f"{number - 1} of {number} shown" in everybody


def test_who_may_say_so_and_of_what(sunflowers: Nursery) -> None:
    n, nell = sunflowers, a_new_volunteer(sunflowers)
    induction = begun(nell)
    items = list(induction.items.all())
    with pytest.raises(RuleBroken, match="somebody wrote down as shown"):
        unticked(n, induction, *items)
    for other in (n.priya, nell, n.cleo):
        with pytest.raises(PermissionDenied):
            actions.say_ticked_by_mistake(by=other, induction=induction, items=items, reason=WHY)
    with pytest.raises(RuleBroken, match="Say how"):
        actions.say_ticked_by_mistake(by=n.dana, induction=induction, items=items, reason=" ")
    page = f"/at/sunflowers/training/induction/{induction.pk}/mistake/"
    assert signed_in(n.priya).get(page).status_code in {403, 404}
    assert signed_in(nell).get(page).status_code == 403


def test_what_was_signed_elsewhere_nobody_ticked(
    sunflowers: Nursery, agreements: dict[object, object]
) -> None:
    n, nell = sunflowers, a_new_volunteer(sunflowers)
    induction = begun(nell)
    agreements[nell.pk] = timezone.localdate()
    actions.take_what_is_done_elsewhere(by=nell, inductions=[induction])
    with pytest.raises(RuleBroken, match="somebody wrote down as shown"):
        unticked(n, induction, induction.items.get(item="agreement"))


def test_a_day_before_it_was_said_counts_as_it_was_known_then(sunflowers: Nursery) -> None:
    n, nell = sunflowers, a_new_volunteer(sunflowers)
    induction = shown(n, nell)
    then, here = timezone.now(), [n.setting.pk]
    before = {duty: dict(found) for duty, found in findings(here, then).items()}
    unticked(n, induction, *induction.items.all())

    assert {duty: dict(found) for duty, found in findings(here, then).items()} == before
    after = findings(here, timezone.now() + timedelta(seconds=1))
    assert any(after[duty] != before[duty] for duty in before)
