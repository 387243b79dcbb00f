"""When things are due: counted from when the setting knew, by the calendar of working days."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.concerns import actions
from safeguarding.concerns.actions import StepRef
from safeguarding.concerns.deadlines import due_by_rule
from safeguarding.directory.actions import set_local_rule
from safeguarding.law.values import Value
from safeguarding.notifications.models import Clock
from safeguarding.people.models import Term
from tests.people import signed_in

from .given import GROOMING, IMAGE, WELFARE, a_case, a_report, filed, opened
from .test_following_to_closure import begun
from .walker import Walker

LONDON = ZoneInfo("Europe/London")
FRIDAY = datetime(2027, 3, 26, 15, 0, tzinfo=LONDON)  # Good Friday: no working day
WEDNESDAY = datetime(2027, 3, 24, 15, 0, tzinfo=LONDON)  # the week before Easter


def due(key: str) -> datetime:
    return timezone.localtime(Clock.objects.running().get(key__endswith=key).due_at)


@pytest.mark.parametrize(
    ("reported", "hour", "day_later"),
    [
        (
            WEDNESDAY,
            datetime(2027, 3, 24, 16, 0, tzinfo=LONDON),
            datetime(2027, 3, 25, 15, 0, tzinfo=LONDON),
        ),
        (FRIDAY, datetime(2027, 3, 26, 16, 0, tzinfo=LONDON), None),
    ],
)
def test_reading_is_due_in_an_hour_and_parents_by_the_next_working_day(
    sunflowers: Nursery, reported: datetime, hour: datetime, day_later: datetime | None
) -> None:
    n = sunflowers
    with time_machine.travel(reported, tick=False):
        concern = filed(n.priya)
        assert due("read") == hour
        case = a_case(n.sam, n.dana)
        assert case.aware_at == concern.created_at
        parents = due("welfare-concern/tell-parents")
    over_easter = datetime(2027, 3, 30, 23, 59, tzinfo=LONDON)  # the end of Tuesday
    assert parents.replace(second=0, microsecond=0) == (day_later or over_easter)


def test_every_clock_says_by_which_rule(sunflowers: Nursery) -> None:
    n = sunflowers
    a_case(n.priya, n.dana, a_report(IMAGE))

    clocks = Clock.objects.running().filter(subject_kind="case")
    assert clocks.exists()
    assert not clocks.filter(rule_text="").exists()
    assert "UKCIS" in Clock.objects.get(key=f"{IMAGE}/refer-police").rule_text


@pytest.mark.parametrize("step", ["tell-police", "first-facts"], ids=["by rule", "by file"])
def test_what_is_due_at_once_is_chased_after_an_hour(sunflowers: Nursery, step: str) -> None:
    n = sunflowers
    with time_machine.travel(WEDNESDAY, tick=False):
        a_case(n.priya, n.dana, a_report(GROOMING))
        clock = Clock.objects.get(key=f"{GROOMING}/{step}")

    assert clock.is_immediate
    assert clock.due_at == WEDNESDAY
    assert clock.escalate_at is not None
    assert (clock.escalate_at - WEDNESDAY).total_seconds() == 3600
    assert not clock.is_overdue(WEDNESDAY)


def test_deadlines_count_from_when_the_setting_knew_not_from_when_the_case_was_opened(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    with time_machine.travel(WEDNESDAY, tick=False) as clock:
        concern = filed(n.priya)
        clock.move_to(datetime(2027, 3, 25, 9, 0, tzinfo=LONDON))
        opened(n.dana, concern)
        assert due("welfare-concern/tell-parents") == datetime(2027, 3, 25, 15, 0, tzinfo=LONDON)


def test_a_settings_own_rule_counts(sunflowers: Nursery) -> None:
    n = sunflowers
    with time_machine.travel(WEDNESDAY, tick=False):
        set_local_rule(
            by=n.morgan,
            rule_id="report.read",
            value=Value.parse("30 minutes"),
            reason="We are always here.",
            starts=WEDNESDAY.date(),
        )
        filed(n.priya)
        assert due("read") == datetime(2027, 3, 24, 15, 30, tzinfo=LONDON)


def test_a_term_of_ones_own_ends_with_the_term_that_was_entered(sunflowers: Nursery) -> None:
    n = sunflowers
    Term.objects.filter(setting=n.setting).delete()
    start, end = date(2027, 1, 4), date(2027, 4, 1)
    Term.objects.create(setting=n.setting, name="Spring", starts=start, ends=end)
    set_local_rule(
        by=n.morgan,
        rule_id="case.debrief",
        value=Value.parse("1 term"),
        reason="We meet once a term.",
        starts=WEDNESDAY.date(),
    )

    at = due_by_rule("case.debrief", WEDNESDAY, n.setting).at
    assert timezone.localtime(at).date() == end


def test_a_clock_stops_when_its_step_is_settled_and_only_that_one(sunflowers: Nursery) -> None:
    n = sunflowers
    walker = Walker(n, a_case(n.priya, n.dana))
    running = set(Clock.objects.running().values_list("key", flat=True))
    walker.carry_out(walker.run.definition.by_id["tell-lead"])

    now = set(Clock.objects.running().values_list("key", flat=True))
    assert running - now == {"welfare-concern/tell-lead"}


def test_an_answer_starts_the_clocks_of_what_it_makes_a_must(sunflowers: Nursery) -> None:
    n = sunflowers
    walker = Walker(n, a_case(n.priya, n.dana), yes=("danger-now",))
    key = "welfare-concern/tell-police"
    assert not Clock.objects.filter(key=key).exists()

    walker.carry_out(walker.run.definition.by_id["first-facts"])

    assert Clock.objects.running().get(key=key).owner == n.dana


def test_what_a_changed_answer_makes_a_must_counts_from_then_and_is_not_late_already(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    with time_machine.travel(WEDNESDAY, tick=False) as clock:
        walker = Walker(n, a_case(n.priya, n.dana))
        facts = walker.run.definition.by_id["first-facts"]
        walker.carry_out(facts)
        clock.move_to(datetime(2027, 4, 14, 10, 0, tzinfo=LONDON))
        walker.yes = ("danger-now",)
        walker.carry_out(facts)

        police = Clock.objects.running().get(key="welfare-concern/tell-police")
        assert police.started_at == timezone.now()
        assert not police.is_overdue(timezone.now())


def test_the_review_is_counted_from_when_all_else_is_settled(sunflowers: Nursery) -> None:
    n = sunflowers
    with time_machine.travel(WEDNESDAY, tick=False) as clock:
        walker = Walker(n, a_case(n.priya, n.dana))
        assert not Clock.objects.filter(key="welfare-concern/review").exists()
        clock.move_to(datetime(2027, 4, 6, 10, 0, tzinfo=LONDON))
        walker.walk(leaving_out=True, until="review")
        assert due("welfare-concern/review") == datetime(2027, 4, 20, 10, 0, tzinfo=LONDON)


@pytest.mark.parametrize(("now", "due_at"), [((15, 0), (17, 0)), ((17, 0), (23, 59))])
def test_a_reply_has_a_clock_until_it_comes(
    sunflowers: Nursery, now: tuple[int, int], due_at: tuple[int, int]
) -> None:
    n = sunflowers
    with time_machine.travel(datetime(2027, 3, 24, *now, tzinfo=LONDON), tick=False):
        walker = Walker(n, a_case(n.priya, n.dana))
        answers = {"agency": "police", "route": "telephone 101", "text": "Told them.", "at": ""}
        for name in ("on", "reply_on"):
            answers |= {f"{name}_day": "24", f"{name}_month": "3", f"{name}_year": "2027"}
        link = n.setting.link_to("concerns:work", walker.case.pk, "referral")
        assert signed_in(n.dana).post(link, answers).status_code == 302
        clock = Clock.objects.running().get(key__startswith="reply/")
        at = timezone.localtime(clock.due_at)
        assert (clock.owner, (at.hour, at.minute)) == (n.dana, due_at)
        referral = walker.case.entries.get(kind="referral").referral
        actions.record_reply(by=n.dana, case=walker.case, referral=referral, text="No crime.")
    assert not Clock.objects.running().filter(key__startswith="reply/").exists()


def test_the_time_for_a_review_stops_where_an_answer_opens_a_step_again(
    sunflowers: Nursery,
) -> None:
    walker = begun(sunflowers, WELFARE)
    walker.walk(leaving_out=True, until="review")
    running = Clock.objects.running().filter(subject_id=walker.case.pk)
    assert running.filter(key=f"{WELFARE}/review").exists()

    ref = StepRef(walker.run, "first-facts")
    yes = dict.fromkeys(walker.run.definition.by_id["first-facts"].asks, True)
    actions.answer_step(by=walker.lead, case=walker.case, step=ref, answers=yes)

    assert not running.filter(key=f"{WELFARE}/review").exists()
