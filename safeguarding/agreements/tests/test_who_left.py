"""Whoever has left owes no signature, and what they were to switch off is owed by somebody else."""

from datetime import timedelta

import time_machine
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.agreements import actions, tasks
from safeguarding.agreements.models import Grant
from safeguarding.notifications.models import Clock, Notification
from safeguarding.notifications.tasks import escalate_missed
from tests.people import left

from .given import in_force, sign


def test_nobody_is_chased_for_the_signature_of_somebody_who_left(sunflowers: Nursery) -> None:
    n = sunflowers
    one = in_force(n, days=14)
    staff = (n.dana, n.devi, n.morgan, n.wren, n.priya, n.tariq)
    sign(one, *staff)
    left(n, n.sam)
    assert not Clock.objects.running().filter(owner=n.sam).exists()

    with time_machine.travel(timezone.now() + timedelta(days=40), tick=True):
        tasks.keep_access.call()
        escalate_missed.call()
        assert not Notification.objects.filter(kind="agreement_unsigned").exists()


def test_what_is_to_be_switched_off_is_owed_by_somebody_who_is_here(sunflowers: Nursery) -> None:
    n = sunflowers
    grant = Grant.objects.create(
        setting=n.setting, kind="computer", what="Laptop 2", member=n.priya, given_by=n.morgan
    )
    ended = actions.end_access(by=n.morgan, grant=grant)
    assert Clock.objects.running().get(subject_id=ended.pk).owner == n.tariq
    left(n, n.tariq)

    assert Clock.objects.running().get(subject_id=ended.pk).owner == n.morgan
