"""Two settings, somebody in each, and something to write about."""

from uuid import UUID, uuid4

from foundation.models import Record
from safeguarding.audit.models import Entry
from safeguarding.audit.trail import System, record

SUNFLOWERS = UUID("5f000000-0000-4000-8000-000000000001")
BLUEBELLS = UUID("b1000000-0000-4000-8000-000000000002")
IN_SUNFLOWERS = System("Daily reminders", SUNFLOWERS)
IN_BLUEBELLS = System("Daily reminders", BLUEBELLS)


def a_thing() -> Record:
    """Something to write about. The trail takes its id and kind by value: no need to save it."""
    return Entry(id=uuid4())


def a_trail(length: int, by: System = IN_SUNFLOWERS) -> list[Entry]:
    """So many entries in the actor's chain."""
    return [record("thing.done", a_thing(), by=by, turn=turn, note="né") for turn in range(length)]
