"""On PostgreSQL, what a test calls by its name is done behind the second fence, as a page is."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from demo.cast import Nursery
from foundation import fence
from foundation.fence import Place
from foundation.jobs.worker import run_ready
from safeguarding.notifications.tasks import escalate_missed
from safeguarding.people.actions import add_room
from safeguarding.people.models import Room

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db]


def places(act: Callable[[], object]) -> set[Place]:
    """Where it asks the database for something."""
    found = set()

    def listen(execute: Any, sql: str, *more: Any) -> Any:
        if not sql.startswith(("SAVEPOINT", "RELEASE")):
            found.add(fence.here())
        return execute(sql, *more)

    with connection.execute_wrapper(listen):
        act()
    assert fence.here() == fence.OWNER, "what a test looks at afterwards it sees from no side"
    return found


def test_an_action_is_done_inside_the_setting_of_whoever_does_it(
    sunflowers: Nursery, bluebells: Nursery
) -> None:
    here = Place(fence.APP, value=str(sunflowers.setting.pk))

    assert places(lambda: add_room(by=sunflowers.morgan, name="Elms")) == {here}
    assert Room.objects.filter(setting=bluebells.setting).exists()


@pytest.mark.parametrize(
    "act", [escalate_missed.call, run_ready, lambda: call_command("verify")], ids=str
)
def test_what_belongs_to_no_setting_begins_outside_of_all(
    sunflowers: Nursery, act: Callable[[], object]
) -> None:
    roles = {one.role for one in places(act)}

    assert roles
    assert roles <= {fence.APP, fence.ACROSS}
