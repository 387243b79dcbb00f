"""Whose report it is that comes while the records are closed: a young note in its form says so."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.concerns.models import Concern
from safeguarding.lock import drops, taking_in

from .given import MARK
from .test_f39_taking_in import data, member_report

__all__ = ["data"]


@pytest.mark.parametrize(("hours", "is_hers"), [(11, True), (13, False)])
def test_a_note_from_a_page_of_long_ago_says_not_whose_report_it_is(
    sunflowers: Nursery, data: Path, hours: int, *, is_hers: bool
) -> None:
    now = timezone.now()
    with time_machine.travel(now - timedelta(hours=hours, days=1)):
        sent = member_report(sunflowers)
    with time_machine.travel(now - timedelta(days=1)):
        drops.put_in(data, "report", "sunflowers", sent)
    taking_in.look_after()

    concern = Concern.objects.get()
    assert MARK in concern.saw
    assert (concern.reported_by == sunflowers.priya) == is_hers
