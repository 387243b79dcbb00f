"""Calls in a loop do not make Python ask the system for memory again and again, however deep they are."""

from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse

from foundation.frames import room_for_frames

resource = pytest.importorskip("resource", reason="Windows does not say how often it was asked.")
CALLS = 300


def _nothing() -> None:
    """A frame that comes and goes."""


def _asked() -> int:
    faults: int = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    return faults


def _deep(depth: int) -> int:
    """How often the system was asked for a page of memory during some calls at a depth."""
    if depth:
        return _deep(depth - 1)
    before = _asked()
    for _ in range(CALLS):
        _nothing()
    return _asked() - before


def _worst(call: Callable[[int], int]) -> int:
    return max(call(depth) for depth in range(250))


@pytest.mark.once
def test_no_depth_is_a_bad_one_within_a_request() -> None:
    found: list[int] = []

    def page(_request: HttpRequest) -> HttpResponse:
        found.append(_worst(_deep))
        return HttpResponse()

    room_for_frames(page)(HttpRequest())

    assert found[0] < CALLS / 3
