"""Where a case stands in a procedure, drawn on the picture of the procedure."""

from django.utils import timezone

from foundation.moments import say_date
from foundation.templatetags.uk import uk_datetime
from safeguarding.procedures.adapting import OWN, Rules
from safeguarding.procedures.drawing import Drawing, Stand
from safeguarding.procedures.engine import StepState
from safeguarding.procedures.wording import Wording

from .checklist import Checklist, Line

SETTLED = {
    "done": "Done",
    "decided_against": "Decided against",
    "does_not_apply": "Does not apply",
    "not_needed": "Not needed",
}


def drawn(checklist: Checklist, rules: Rules) -> Drawing:
    """The drawing of a run, with each of its steps marked. Asks nothing of the database."""
    definition = checklist.run.definition
    stands = {line.state.step.id: _stand(line) for line in checklist.lines}
    own = frozenset(step.id for step in definition.steps if step.id.startswith(OWN))
    return Drawing(Wording(definition, rules), stands, own)


def _stand(line: Line) -> Stand:
    return Stand(_look(line), _words(line), gate_open=_gate_is_open(line.state))


def _look(line: Line) -> str:
    """As on the checklist, but what was decided against is not what was never needed."""
    if line.state.status in {"decided_against", "does_not_apply"}:
        return "against"
    return line.look


def _words(line: Line) -> str:
    if line.state.is_settled:
        said = SETTLED[line.state.status]
        settled = line.settled
        return f"{said}, {say_date(timezone.localdate(settled.created_at))}" if settled else said
    if line.state.status == "locked":
        return "Locked for now"
    if line.clock is None:
        return "To do"
    if line.look == "overdue":
        return f"Overdue: by {uk_datetime(line.clock.due_at)}"
    return "To do at once" if line.at_once else f"To do by {uk_datetime(line.clock.due_at)}"


def _gate_is_open(state: StepState) -> bool:
    """Whether the questions of its gate are answered yes, as far as the case has come."""
    gate = state.step.gate
    if gate is None or state.status in {"not_needed", "decided_against", "does_not_apply"}:
        return False
    return gate.says not in state.locked_by
