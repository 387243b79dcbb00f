"""What the worker does in every setting: one in which it fails stops none of the others."""

import logging

import pytest

from demo.cast import Nursery
from safeguarding.people.each import SomeFailedError, in_each_setting
from safeguarding.people.models import Setting

pytestmark = pytest.mark.once


def test_what_fails_in_one_is_done_in_the_others_and_counts_as_failed(
    bluebells: Nursery, sunflowers: Nursery, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[Setting] = []

    def act(setting: Setting) -> None:
        if setting == bluebells.setting:
            raise ValueError("Kit told me.")
        done.append(setting)

    with caplog.at_level(logging.ERROR), pytest.raises(SomeFailedError, match="1 of 2 failed"):
        in_each_setting(act)

    assert done == [sunflowers.setting]
    assert "ValueError" in caplog.text
    assert "Kit" not in caplog.text, "what went wrong may hold words of a record"
