"""Changes that a setting makes to its procedures, for tests of what it may and may not."""

from typing import Any

from safeguarding.people.models import Member
from safeguarding.procedures import actions
from safeguarding.procedures.library import definitions
from safeguarding.procedures.models import Adaptation

WELFARE = "welfare-concern"
WHY = "Our partnership asks for it."


def a_step(**changes: Any) -> dict[str, Any]:
    """A step as a setting would add it."""
    step = {
        "id": "ours-1",
        "do": "Tell the child’s key person what they need to know.",
        "by": "lead",
        "need": "must",
        "within": "1 working day",
        "records": "note",
    }
    return {name: value for name, value in (step | changes).items() if value is not None}


def added(lead: Member, name: str = WELFARE, place: str = "decide", **changes: Any) -> Adaptation:
    return actions.add_step(
        by=lead, definition=definitions()[name], step=a_step(**changes), place=place, reason=WHY
    )


def sooner(by: Member, step: str, within: str, name: str = WELFARE) -> Adaptation:
    return actions.tighten_deadline(
        by=by, definition=definitions()[name], step_id=step, within=within, reason=WHY
    )
