"""What the nursery learnt from one case became a step of its own in the procedure."""

from demo.calendar import Days
from demo.cast import Nursery
from demo.walker import Story
from safeguarding.procedures.actions import add_step
from safeguarding.procedures.library import definitions

STEP = {
    "id": "ours-1",
    "do": "Look for the same app on the other tablets of that room. Put away each one that has it.",
    "why": "Tablets of one room were set up together, so what is on one is often on all.",
    "by": "leadership",
    "need": "must",
    "within": "2 hours",
    "records": "note",
}
REASON = "Agreed when we looked back at the frightening video: a second tablet had the same app."


def told(here: Nursery, days: Days) -> Story:
    """The lead adds a step for the next time a filter fails."""
    yield days.back(13, "15:20")
    add_step(
        by=here.dana,
        definition=definitions()["filtering-breach"],
        step=STEP,
        place="block-now",
        reason=REASON,
    )
