"""What the clock starts, by two workers at one moment: nobody is told twice, nothing is recorded twice."""

from collections import Counter
from collections.abc import Callable, Collection
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
import time_machine
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from demo.cast import Nursery
from foundation.jobs.timetable import read
from safeguarding.audit.models import Entry
from safeguarding.concerns.report import Person
from safeguarding.concerns.tests.given import GROOMING, a_report, filed, opened
from safeguarding.concerns.tests.test_device_custody import taken
from safeguarding.notifications.models import Clock, Notification
from safeguarding.people import actions as people
from safeguarding.people.roles import Role
from safeguarding.policies.tests.reviews.given import adopted
from safeguarding.policies.tests.reviews.test_prompts import CITES
from safeguarding.portal.tests.given import told
from safeguarding.portal.tests.test_misuse import many
from tests.architecture.examples import lived_in
from tests.at_once import in_the_moment_of

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
Seen = Counter[tuple[str, str, UUID | None, UUID | None]]

# Two checks of the whole record were made, so that both are on record. Nobody is told of them twice.
BOTH_WERE_DONE = {"record.checked"}
# What `with_more_due` is for.
ALSO = {"review.guidance_changed", "induction.begun", "portal.told_together", "case.settled"}


def seen(known: Collection[UUID] | None = None) -> Seen:
    """What anybody is told, what is on record, and what is owed; of what is new, not which row it is of."""
    told = Notification.objects.values_list("kind", "subject_id", "recipient_id")
    lines = Entry.objects.exclude(event__in=BOTH_WERE_DONE).values_list("event", "subject_id")
    clocks = Clock.objects.running().values_list("key", "subject_id", "owner_id")
    rows = [("told", *one) for one in told] + [("on record", *one, None) for one in lines]
    rows += [("owed", *one) for one in clocks]
    return Counter(
        (what, name, of if known is None or of in known else None, whose)
        for what, name, of, whose in rows
    )


def with_more_due(n: Nursery) -> None:
    """More for the clock to do: guidance, a newcomer, reports held back, and what nobody leads any more."""
    today = timezone.localdate()
    adopted(n, today, parts=CITES)
    people.grant_role(
        by=n.morgan, to=n.cleo, role=Role.PRACTITIONER, starts=today + timedelta(days=1)
    )
    client = many(n)
    for one in range(2):
        told(n, client, what=f"Late {one}")
    report = a_report(GROOMING, Person("harmed", child=n.kit))
    case = opened(n.devi, filed(n.priya, report))
    taken(n, case)
    case.need_to_know.update(until=today)


def done_by_one(task: Callable[[], object], known: Collection[UUID]) -> Seen:
    """What is seen once one worker has done it. It is taken back."""
    with transaction.atomic():
        task()
        found = seen(known)
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("days", [1, 400])
def test_two_workers_do_what_one_does(days: int, subtests: pytest.Subtests) -> None:
    with_more_due(lived_in("Sunflowers").nursery)
    did = set[str]()
    timetable = read(Path(settings.BASE_DIR) / "config" / "schedule.yaml")
    with time_machine.travel(timezone.now() + timedelta(days=days)):
        for task in {one.task.module_path: one.task for one in timetable}.values():
            with subtests.test(task.module_path):
                known = {of for _, _, of, _ in seen() if of}
                before = seen(known)
                alone = done_by_one(task.call, known)
                with in_the_moment_of(task.call) as met:
                    task.call()
                assert met == []
                assert seen(known) == alone
                did |= {name for _, name, _, _ in alone - before}
    assert did >= ALSO
