"""Practice was looked at in the second week, and what should improve is on the action plan."""

from datetime import timedelta

from django.utils import timezone

from demo.calendar import Days
from demo.cast import Nursery
from demo.walker import Story
from safeguarding.governance.plan import actions
from safeguarding.governance.plan.models import Improvement

LOOKED = "Both rooms at tidy-up time, the filter on each tablet, the sign-in list, and what staff told us."
STRONG = "Everybody knows whom to tell. Tablets are used beside an adult in both rooms."


def looked_at(here: Nursery, days: Days) -> Story:
    """Dana and Morgan look; one thing is done within the week, one waits."""
    yield days.back(16, "14:30")
    today = timezone.localdate()
    actions.write_evaluation(
        by=here.dana,
        held_on=today,
        looked_at=LOOKED,
        strong=STRONG,
        improvements=[
            ("A lockable shelf for the tablets in Oaks", here.sam, today + timedelta(days=10)),
            ("A picture list of apps for the parents’ board", here.priya, today + timedelta(60)),
        ],
    )
    yield days.back(11, "15:10")
    shelf = Improvement.objects.get(owner=here.sam, setting=here.setting)
    actions.finish_improvement(by=here.sam, improvement=shelf, note="It hangs beside the door.")
