"""The clock by which tests run."""

import time
from datetime import datetime
from pathlib import Path

import pytest
from django.utils import timezone

from demo.cast import Nursery

from .clock import LONDON, Clock


def test_it_is_the_same_day_whatever_the_machine_says(pytestconfig: pytest.Config) -> None:
    begin = datetime.fromisoformat(pytestconfig.option.at).replace(tzinfo=LONDON)
    assert 0 <= (timezone.now() - begin).total_seconds() < 4 * 60 * 60


@pytest.mark.real_time
def test_what_shares_its_clock_with_others_has_that_of_the_machine(tmp_path: Path) -> None:
    (tmp_path / "new").touch()
    assert abs(time.time() - (tmp_path / "new").stat().st_mtime) < 60


@pytest.mark.real_time
def test_and_does_not_stand_on_what_was_built_at_another_hour(sunflowers: Nursery) -> None:
    assert abs((timezone.now() - sunflowers.setting.created_at).total_seconds()) < 60


def test_what_is_no_moment_is_said_before_anything_runs() -> None:
    with pytest.raises(pytest.UsageError, match="wants a moment"):
        Clock("next Wednesday")
