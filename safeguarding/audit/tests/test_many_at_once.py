"""Many lines at once are as good as one after the other, and take the database no more than one trip."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from safeguarding.audit.models import Entry
from safeguarding.audit.trail import Line, record, record_many
from safeguarding.audit.verify import verify

from .given import IN_SUNFLOWERS, SUNFLOWERS, a_thing

pytestmark = pytest.mark.django_db


def test_each_of_many_is_an_entry_of_its_own_in_a_chain_that_holds() -> None:
    things = [a_thing() for _ in range(40)]
    record("thing.begun", a_thing(), by=IN_SUNFLOWERS)

    record_many(
        [Line("thing.done", one, {"turn": n, "note": "né"}) for n, one in enumerate(things)],
        by=IN_SUNFLOWERS,
    )

    record("thing.ended", a_thing(), by=IN_SUNFLOWERS)
    kept = list(Entry.objects.order_by("seq"))
    assert [one.seq for one in kept] == list(range(1, 43))
    assert [one.subject_id for one in kept[1:-1]] == [one.pk for one in things]
    assert kept[40].details == {"turn": 39, "note": "né"}
    assert (kept[1].actor_name, kept[1].subject_type) == ("Daily reminders", "audit.Entry")
    assert verify(SUNFLOWERS).is_intact


@pytest.mark.parametrize("event", ["done", "Thing.done", "thing.done;"])
def test_one_line_that_does_not_belong_stops_them_all(event: str) -> None:
    with pytest.raises(ValueError, match="not an event"), transaction.atomic():
        record_many(
            [Line("thing.done", a_thing(), {}), Line(event, a_thing(), {})], by=IN_SUNFLOWERS
        )

    assert not Entry.objects.exists()


def test_the_end_of_the_chain_is_read_once_for_all() -> None:
    record("thing.begun", a_thing(), by=IN_SUNFLOWERS)
    lines = [Line("thing.done", a_thing(), {}) for _ in range(50)]

    with CaptureQueriesContext(connection) as asked:
        record_many(lines, by=IN_SUNFLOWERS)

    assert sum("chainhead" in one["sql"] for one in asked) == 1
    assert len(asked) <= 4


def test_nothing_at_all_is_nothing() -> None:
    record_many([], by=IN_SUNFLOWERS)

    assert not Entry.objects.exists()
