"""What every test has: no internet, and the cast of two nurseries."""

import pytest

from demo.cast import Nursery, open_nursery
from safeguarding.audit.tests.owner import emptying
from tests.no_internet import no_internet

__all__ = ["bluebells", "emptying", "no_internet", "sunflowers"]


@pytest.fixture
def sunflowers(db: None) -> Nursery:
    return open_nursery("Sunflowers")


@pytest.fixture
def bluebells(db: None) -> Nursery:
    return open_nursery("Bluebells")
