"""A clock runs once for a thing, whoever sets it running and however many do at the same moment."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.notifications import clocks
from safeguarding.notifications.clocks import Due, Owed, start_missing
from safeguarding.notifications.models import Clock
from safeguarding.people.models import Member


def owed(owner: Member, subject: UUID, key: str) -> Owed:
    now = timezone.now()
    return Owed(owner, ("concern", subject), key, "Read it", "/x/", now, Due(now + timedelta(1)))


def test_what_runs_already_is_kept_as_it_is(sunflowers: Nursery) -> None:
    n, subject = sunflowers, uuid4()
    start_missing([owed(n.dana, subject, "read")])
    start_missing([owed(n.devi, subject, "read"), owed(n.devi, subject, "decide")])

    found = Clock.objects.filter(subject_id=subject).values_list("key", "owner")
    assert set(found) == {("read", n.dana.pk), ("decide", n.devi.pk)}


def test_what_somebody_sets_running_at_the_same_moment_runs_once(
    sunflowers: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    n, subject = sunflowers, uuid4()
    start_missing([owed(n.dana, subject, "read")])
    monkeypatch.setattr(clocks, "_RUNNING", lambda *_: [])  # asked before the other's commit
    start_missing([owed(n.devi, subject, "read"), owed(n.devi, subject, "decide")])

    found = Clock.objects.filter(subject_id=subject).values_list("key", "owner")
    assert set(found) == {("read", n.dana.pk), ("decide", n.devi.pk)}
