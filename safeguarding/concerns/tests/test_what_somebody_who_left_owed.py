"""What somebody owed on a case, also on a closed one, is owed by somebody who is here once they have left."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.audit.models import Entry as Line
from safeguarding.concerns import actions
from safeguarding.concerns.actions import Receiver
from safeguarding.concerns.models import NeedToKnow, ReviewAction
from safeguarding.concerns.report import Person
from safeguarding.concerns.tasks import hand_on_what_ran_out
from safeguarding.notifications.ladders import climb
from safeguarding.notifications.models import Clock, Notification
from safeguarding.people import actions as people
from safeguarding.people.roles import Role
from tests.people import left

from .given import WELFARE, a_case, a_report, about, ended, filed, opened
from .test_device_custody import offered, taken
from .test_when_nobody_answers import clock as clock
from .walker import Walker


def a_review(n: Nursery, *, closed: bool) -> ReviewAction:
    """What came of a review: Priya has something to do."""
    walker = Walker(n, a_case(n.sam, n.dana))
    walker.walk(leaving_out=True)
    if closed:
        ended(n.dana, walker.case)
    found: ReviewAction = walker.case.entries.get(kind="review").actions.get()
    return found


def owed(key: str) -> Clock:
    return Clock.objects.running().select_related("owner").get(key=key)


def told_of(clock: Clock) -> list[str]:
    """Who hears when it is late, by first name."""
    before = list(Notification.objects.values_list("pk", flat=True))
    with time_machine.travel(clock.due_at + timedelta(hours=1)):
        climb(clock.pk)
    new = Notification.objects.exclude(pk__in=before)
    return [one.recipient.display_name.split()[0] for one in new]


@pytest.mark.parametrize("closed", [False, True])
def test_an_action_of_a_review_is_owed_by_who_leads(sunflowers: Nursery, *, closed: bool) -> None:
    n = sunflowers
    action = a_review(n, closed=closed)
    assert owed(f"action/{action.pk}").owner == n.priya
    left(n, n.priya)

    clock = owed(f"action/{action.pk}")
    assert clock.owner == n.dana
    assert told_of(clock) == ["Dana"]


def test_the_look_at_a_kept_device_of_a_closed_case_is_owed_by_who_leads(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    walker = Walker(n, a_case(n.sam, n.dana))
    item, later = taken(n, walker.case), timezone.localdate() + timedelta(days=40)
    actions.keep_on(by=n.dana, item=item, reason="Police asked.", look_again_on=later)
    walker.walk(leaving_out=True)
    ended(n.dana, walker.case)
    left(n, n.dana)

    assert owed(f"kept/{item.pk}").owner == n.devi


def test_what_is_owed_on_a_closed_allegation_never_goes_to_whom_it_names(
    sunflowers: Nursery,
) -> None:
    """Devi is named, Morgan is tied to her: the committee's lead is the next who may know."""
    n = sunflowers
    people.declare_relationship(by=n.morgan, about=n.morgan, kind="close", other_member=n.devi)
    walker = Walker(n, opened(n.dana, filed(n.priya, about(n.devi))))
    item, later = taken(n, walker.case), timezone.localdate() + timedelta(days=40)
    actions.keep_on(by=n.dana, item=item, reason="Police asked.", look_again_on=later)
    walker.walk(leaving_out=True)
    ended(n.dana, walker.case)
    left(n, n.dana)

    assert owed(f"kept/{item.pk}").owner == n.cleo
    on_list = NeedToKnow.objects.current(timezone.localdate()).filter(case=walker.case)
    assert not on_list.filter(member__in=[n.devi.pk, n.morgan.pk]).exists()


def test_who_left_gets_no_mail_about_a_device_and_who_leads_owes_it(sunflowers: Nursery) -> None:
    n = sunflowers
    item = taken(n)
    offer = offered(item, n.dana, Receiver(to=n.tariq))
    left(n, n.tariq)

    clock = owed(f"offer/{offer.pk}")
    assert (clock.owner, clock.path) == (n.dana, item.path)
    assert told_of(clock) == ["Dana"]


def test_why_the_glass_was_broken_is_reviewed_by_who_is_here(sunflowers: Nursery) -> None:
    n = sunflowers
    broken = actions.break_glass(
        by=n.devi, child=n.kit, code="in_danger", reason="The police are here and ask for him."
    )
    left(n, n.dana)

    assert Clock.objects.running().get(subject_id=broken.pk).owner == n.cleo


def test_a_role_that_runs_out_by_its_day_is_the_same(
    sunflowers: Nursery, clock: time_machine.Traveller
) -> None:
    """Vic helps until a day, and nobody ends that role."""
    n = sunflowers
    walker = Walker(
        n, opened(n.dana, filed(n.sam, a_report(WELFARE, Person("harmed", child=n.kit))))
    )
    walker.walk(leaving_out=True, until="review")
    action = a_review_for(walker, n)
    held = n.vic.roles_held.get(role=Role.VOLUNTEER)
    clock.move_to(timezone.now() + timedelta(days=200))
    assert held.ends is not None
    assert held.ends < timezone.localdate()
    for _ in range(2):
        hand_on_what_ran_out.call()

    assert owed(f"action/{action.pk}").owner == n.dana
    assert Line.objects.filter(event="case.settled", subject_id=walker.case.pk).count() == 1


def a_review_for(walker: Walker, n: Nursery) -> ReviewAction:
    entry = actions.review_handling(
        by=n.dana,
        case=walker.case,
        text="Well.",
        actions=[("Mend the gate", n.vic, timezone.localdate() + timedelta(days=300))],
        step=actions.StepRef(walker.run, "review"),
    )
    found: ReviewAction = entry.actions.get()
    return found
