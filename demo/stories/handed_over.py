"""The lead is away for two days: her work goes to the deputy, and comes back."""

from demo.calendar import Days
from demo.cast import Nursery
from demo.walker import Story
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case, WorkHandover
from safeguarding.people.models import Member

COURSE = "I am on a course on both days. I can be reached at noon."
BACK = "Dana is back."
TO_DEVI = "Nothing is urgent. Look at what is due, and ring the family if they ring us."
TO_DANA = "Nothing has changed. All calls are written down."


def handed_over(here: Nursery, days: Days) -> Story:
    """Offered and taken on the evening before; handed back on the morning after."""
    yield days.back(6, "16:30")
    offer = _offer(here.dana, here.devi, COURSE, TO_DEVI)
    yield days.back(6, "16:50")
    actions.take_work(by=here.devi, handover=offer)
    yield days.back(3, "08:35")
    offer = _offer(here.devi, here.dana, BACK, TO_DANA)
    yield days.back(3, "08:45")
    actions.take_work(by=here.dana, handover=offer)


def _offer(by: Member, to: Member, reason: str, note: str) -> WorkHandover:
    """All open cases about children that both may lead, each with a word on it."""
    cases = Case.objects.led_by(by).open().filter(record_class__in=["C1", "C2"])
    notes = dict.fromkeys(cases.select_related("setting"), note)
    return actions.hand_work_over(by=by, to=to, cases=notes, reports=[], reason=reason)
