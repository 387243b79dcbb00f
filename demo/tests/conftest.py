"""The demo, lived through once for a whole file of tests and taken back after it."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from demo.cast import Nursery
from demo.history import live

Demo = tuple[Nursery, Nursery]


@pytest.fixture(scope="module")
def lived(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Demo]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield live()
        transaction.set_rollback(True)


@pytest.fixture
def demo(lived: Demo, db: None) -> Demo:
    """Both nurseries after their month; what a test does is taken back."""
    return lived


@pytest.fixture
def sunflowers(demo: Demo) -> Nursery:
    return demo[0]


@pytest.fixture
def bluebells(demo: Demo) -> Nursery:
    return demo[1]
