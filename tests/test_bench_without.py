"""The bench's build without safeguards writes beside the chain, never into it."""

import pytest
from django.db import connection

from demo.cast import Nursery
from safeguarding.audit.models import Entry
from safeguarding.concerns import actions
from safeguarding.concerns.tests.given import a_case
from tests.bench.without import PLAIN, switched_off

pytestmark = pytest.mark.once


def test_what_is_written_without_safeguards_stays_out_of_the_chain(sunflowers: Nursery) -> None:
    case = a_case(sunflowers.priya, sunflowers.dana)
    before = Entry.objects.count()
    with connection.cursor() as cursor:
        for statement in PLAIN:
            cursor.execute(statement)
        with switched_off():
            actions.add_entry(by=sunflowers.dana, case=case, text="Rang the family.")
        cursor.execute("SELECT COUNT(*) FROM bench_entry")
        [written] = cursor.fetchone()

    assert written >= 1
    assert Entry.objects.count() == before
