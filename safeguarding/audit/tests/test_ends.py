"""The ends of the chains, as they are given to whoever keeps them elsewhere."""

import pytest
from pytest_django import DjangoAssertNumQueries

from safeguarding.audit.ends import Head, heads
from safeguarding.audit.tests.given import (
    BLUEBELLS,
    IN_BLUEBELLS,
    SUNFLOWERS,
    a_trail,
)

pytestmark = pytest.mark.django_db


def test_every_chain_is_named_with_its_newest_entry(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    ours = a_trail(3)[-1]
    theirs = a_trail(1, by=IN_BLUEBELLS)[-1]

    with django_assert_num_queries(1):
        found = heads()

    assert found == [Head(SUNFLOWERS, 3, ours.link), Head(BLUEBELLS, 1, theirs.link)]
