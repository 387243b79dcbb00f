"""Who is told next when something about training was not done in time. The worker climbs these."""

from safeguarding.audit.trail import System, hold
from safeguarding.notifications.ladders import ladder
from safeguarding.notifications.models import Clock
from safeguarding.people.models import Member

from .actions import tell_of_late_induction, tell_of_late_role


@ladder("training")
def out_of_date(_clock: Clock) -> list[Member] | None:
    """Nobody further: its person and those who watch each have a clock and a message of their own."""
    return None


@ladder("awareness")
def activity(_clock: Clock) -> list[Member] | None:
    """Nobody further: it stands on the plan, and on the board, that nobody said how it went."""
    return None


def _the_line(clock: Clock) -> None:
    """Clocks about training are settled after the line that says what changed."""
    hold(clock.setting_id)


@ladder("induction", first=_the_line)
def induction(clock: Clock) -> list[Member] | None:
    """First weeks in which something was not shown in time."""
    return tell_of_late_induction(by=System("escalation", clock.setting_id), clock=clock)


@ladder("early_role", first=_the_line)
def early_role(clock: Clock) -> list[Member] | None:
    """A role taken early, and what should have come first still missing on the day agreed."""
    return tell_of_late_role(by=System("escalation", clock.setting_id), clock=clock)
