"""What every test has: no internet, and the cast of two nurseries."""

import pytest

from demo.cast import Nursery
from safeguarding.audit.tests.owner import emptying
from tests.mould import nursery
from tests.no_internet import no_internet

__all__ = ["bluebells", "emptying", "no_internet", "sunflowers"]


@pytest.fixture
def sunflowers(db: None) -> Nursery:
    return nursery("Sunflowers")


@pytest.fixture
def bluebells(db: None) -> Nursery:
    return nursery("Bluebells")
