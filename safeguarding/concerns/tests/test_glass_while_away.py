"""The glass is broken most often while the lead is away: then somebody who is here owes the review."""

from demo.cast import Nursery
from safeguarding.concerns import actions
from safeguarding.notifications.models import Clock
from safeguarding.people.models import BreakGlass

from .test_who_is_there import gone

WHY = "The police are here and ask for him."


def broken(n: Nursery) -> BreakGlass:
    return actions.break_glass(by=n.devi, child=n.kit, code="in_danger", reason=WHY)


def test_somebody_who_is_here_owes_the_review(sunflowers: Nursery) -> None:
    gone(sunflowers, "dana")
    glass = broken(sunflowers)

    assert Clock.objects.running().get(subject_id=glass.pk).owner == sunflowers.cleo


def test_whoever_owes_it_and_goes_away_hands_it_on(sunflowers: Nursery) -> None:
    n = sunflowers
    glass = broken(n)
    assert Clock.objects.running().get(subject_id=glass.pk).owner == n.dana
    gone(n, "dana")
    assert Clock.objects.running().get(subject_id=glass.pk).owner == n.cleo

    gone(n, "cleo")
    assert Clock.objects.running().get(subject_id=glass.pk).owner in {n.dana, n.cleo}
