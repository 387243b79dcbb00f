"""The demo, lived through once for all tests that look at it and taken back after them."""

import pytest

from demo.cast import Nursery
from demo.history import live
from tests import standing

Demo = tuple[Nursery, Nursery]
demo = standing.built_once(live)


@pytest.fixture
def sunflowers(demo: Demo) -> Nursery:
    return demo[0]


@pytest.fixture
def bluebells(demo: Demo) -> Nursery:
    return demo[1]
