"""What every test has: no internet, and the cast of two nurseries."""

from collections.abc import Iterator
from shutil import rmtree

import pytest
from django.conf import settings

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


@pytest.fixture(scope="session", autouse=True)
def no_files_left_behind() -> Iterator[None]:
    """What tests add to cases lies in a folder of this run, and goes with it."""
    yield
    rmtree(settings.FILES, ignore_errors=True)
