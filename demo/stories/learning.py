"""Who has learnt what at Sunflowers: most of it current, some running out, one out of date, one new."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from demo.calendar import Days
from demo.cast import Nursery
from demo.walker import Story
from safeguarding.people.models import Member
from safeguarding.training import actions
from safeguarding.training.currency import standings
from safeguarding.training.given import Given
from safeguarding.training.library import ready_topics

BEFORE = 30  # days before the month of the demo: the evening for the whole team


def learning(here: Nursery, days: Days) -> Story:
    """The register is filled in, with one absent; a new volunteer is in her first weeks."""
    yield days.back(23, "16:20")
    today = timezone.localdate()
    needed = _needed(here)
    team = ["online-safety", "reporting", "filtering", "social-media", "safeguarding-update"]
    names = ("dana", "devi", "morgan", "wren", "priya", "tariq", "cleo", "vic")
    staff = [here.people[one] for one in names]
    _held(here, "Summer evening for the team", today - timedelta(days=BEFORE), team, staff)
    everybody = [one for one in here.people.values() if one.pk in needed]
    workers = [one for one in everybody if one not in (here.vic, here.tariq, here.cleo)]
    course = today - timedelta(days=400)
    _held(here, "Early-years safeguarding, two days", course, ["safeguarding"], workers)
    for lead, days_ago in ((here.dana, 670), (here.devi, 300)):
        on = today - timedelta(days=days_ago)
        _held(here, "Course for safeguarding leads", on, ["safeguarding-lead"], [lead])
    leads = [here.dana, here.devi]
    _held(here, "Lead’s update", today - timedelta(days=90), ["lead-update"], leads)
    _held(here, "Last year’s evening", today - timedelta(days=380), team, [here.sam])
    actions.begin_induction(by=here.morgan, member=here.vic, starts=today)
    yield days.back(22, "09:15")
    _first_day(here)


def _needed(here: Nursery) -> set[object]:
    return set(standings(Q(setting=here.setting), timezone.now()))


def _held(here: Nursery, title: str, on: object, topics: list[str], who: list[Member]) -> None:
    """Morgan writes it down, Dana where it is about Morgan."""
    ready = ready_topics()
    points = {one: [point.id for point in ready[one].points] for one in topics}
    given = Given(title, on, "talk", points, provider="Hazel Dean")  # type: ignore[arg-type]
    others = [one for one in who if one != here.morgan]
    absent = [here.sam] if "Summer" in title else []
    training = actions.record_training(by=here.morgan, given=given, present=who, absent=absent)
    if len(others) < len(who):
        own = training.attendances.get(member=here.morgan)
        actions.confirm_attendance(by=here.dana, attendance=own)


def _first_day(here: Nursery) -> None:
    """Vic is shown what comes first, and signs for most of it."""
    induction = here.vic.inductions.get()
    items = [one for one in induction.items.all() if one.first_day]
    on = timezone.localdate()
    actions.show_items(by=here.dana, induction=induction, items=items, on=on, presenter=here.dana)
    actions.sign_items(by=here.vic, induction=induction, items=items[:3])
