"""How each duty stands: from the records or by word, now and at any day before."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from demo.cast import Nursery
from foundation.evidence import Finding, Source, sources
from safeguarding.concerns.actions import read_concern
from safeguarding.concerns.tests.given import a_report, about, filed, opened
from safeguarding.governance import board
from safeguarding.governance.board import counts, end_of, for_many, lines, standing
from safeguarding.governance.figures import coarse
from safeguarding.governance.models import Attestation
from safeguarding.policies.actions import adopt_duties
from safeguarding.policies.adopting import Take, ready_made
from safeguarding.policies.duties import catalogue
from safeguarding.policies.models import DutyAdoption

from .given import BY_WORD, LEADS, READ, line, not_so, said, taken

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TO_COME = "OSP-7-FILT-01"


def test_what_the_records_show_is_met_due_overdue_or_not_there_yet(sunflowers: Nursery) -> None:
    n = sunflowers
    taken(n, LEADS, READ, TO_COME)
    assert [line(n, one).state for one in (LEADS, READ, TO_COME)] == [
        "met",
        "not evidenced",
        "not evidenced",
    ]
    concern = filed(n.priya, a_report())

    assert line(n, READ).state == "due"
    assert line(n, READ, timezone.now() + 30 * HOUR).state == "overdue"
    read_concern(by=n.dana, concern=concern)
    assert line(n, READ).state == "met"


def test_what_was_not_taken_on_is_not_on_the_board(sunflowers: Nursery) -> None:
    taken(sunflowers, LEADS)

    assert [one.duty.id for one in lines(sunflowers.setting.pk, timezone.now())] == [LEADS]


def test_an_opt_out_stays_in_sight_with_its_reason(sunflowers: Nursery) -> None:
    taken(sunflowers, LEADS, READ)
    taken(sunflowers, READ, opted_out_because="We are closed for good.")

    found = line(sunflowers, READ)
    assert (found.state, found.adoption.adopted_by) == ("opted out", sunflowers.dana)
    assert counts(lines(sunflowers.setting.pk, timezone.now()))["opted out"] == 1
    taken(sunflowers, READ)
    assert line(sunflowers, READ).state == "not evidenced"


def test_kept_too_long_ago_is_overdue_by_the_setting_s_own_interval(
    sunflowers: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    n, now = sunflowers, timezone.now()
    kept = {n.setting.pk: Finding(n.setting.pk, kept=1, latest=now - 100 * DAY)}
    source = Source(frozenset([TO_COME]), lambda *_: {TO_COME: kept})
    monkeypatch.setattr("foundation.evidence._registered", [source])
    taken(n, TO_COME, interval_days=120)
    assert line(n, TO_COME).state == "met"

    taken(n, TO_COME, interval_days=90)

    assert line(n, TO_COME).state == "overdue"


@pytest.mark.parametrize(
    ("beside", "state"),
    [((0, 0, 0), "not evidenced"), ((1, 0, 0), "met"), ((0, 1, 0), "due"), ((0, 0, 1), "overdue")],
)
def test_what_came_up_long_ago_shows_nothing_any_more_and_nobody_is_late(
    beside: tuple[int, int, int], state: str, sunflowers: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    n, long_ago = sunflowers, timezone.now() - 400 * DAY
    came_up = {n.setting.pk: Finding(n.setting.pk, kept=1, latest=long_ago, on_occasion=True)}
    stands = {n.setting.pk: Finding(n.setting.pk, *beside)}
    duties = frozenset([TO_COME])
    parts = [
        Source(duties, lambda *_: {TO_COME: came_up}),
        Source(duties, lambda *_: {TO_COME: stands}),
    ]
    monkeypatch.setattr("foundation.evidence._registered", parts)
    taken(n, TO_COME, interval_days=365)

    assert line(n, TO_COME).state == state


def test_the_past_still_shows_the_past(sunflowers: Nursery) -> None:
    n = sunflowers
    taken(n, LEADS, READ, BY_WORD)
    filed(n.priya, a_report())
    before = timezone.now()
    then = {one.duty.id: (one.state, one.days) for one in lines(n.setting.pk, before)}
    with time_machine.travel(before + 30 * DAY, tick=True):
        said(n.morgan)
        taken(n, LEADS, opted_out_because="No longer ours.")
        taken(n, READ, interval_days=5)
        assert line(n, BY_WORD).state == "attested"
        assert line(n, LEADS).state == "opted out"

        now = {one.duty.id: (one.state, one.days) for one in lines(n.setting.pk, before)}
        assert now == then
        assert lines(n.setting.pk, before - DAY) == []


def test_the_board_does_not_move_with_a_report_about_an_adult_here(sunflowers: Nursery) -> None:
    n = sunflowers
    adopt_duties(by=n.dana, takes=ready_made(n.setting.pk))
    before = [(one.duty.id, one.state, one.finding) for one in lines(n.setting.pk, timezone.now())]
    opened(n.morgan, filed(n.priya, about(n.sam)))
    opened(n.dana, filed(n.priya, a_report("nude-image")))

    later = timezone.now() + 10 * DAY  # when it would be late as well
    for moment in (timezone.now(), later):
        found = [(one.duty.id, one.finding) for one in lines(n.setting.pk, moment)]
        assert found == [(duty, finding) for duty, _, finding in before]


def test_every_duty_is_counted_once(sunflowers: Nursery) -> None:
    n = sunflowers
    adopt_duties(by=n.dana, takes=ready_made(n.setting.pk))
    found = lines(n.setting.pk, timezone.now())

    assert [one.duty.id for one in found] == list(catalogue()), "in the order of the policies"
    assert sum(counts(found).values()) == len(catalogue())


@pytest.mark.parametrize("rows", [1, 10])
def test_the_number_of_queries_is_that_of_the_apps_and_three(
    rows: int,
    sunflowers: Nursery,
    bluebells: Nursery,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    n = sunflowers
    adopt_duties(by=n.dana, takes=ready_made(n.setting.pk))
    for number in range(rows):
        said(n.morgan, days=10 + number)

    both = [n.setting.pk, bluebells.setting.pk]
    with django_assert_max_num_queries(3 + sum(one.queries for one in sources())):
        found = standing(both, timezone.now())
    assert [len(found[one]) for one in both] == [len(catalogue()), 0]


def test_many_settings_are_asked_about_some_at_a_time(
    sunflowers: Nursery, bluebells: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken(sunflowers, LEADS)
    taken(bluebells, LEADS, READ)
    monkeypatch.setattr(board, "TOGETHER", 1)

    both = [sunflowers.setting.pk, bluebells.setting.pk, uuid4()]
    found = {setting: len(of) for setting, of in for_many(both, timezone.now())}
    assert list(found.values()) == [1, 2, 0]


def test_a_day_shows_its_last_moment_and_today_shows_now() -> None:
    today = timezone.localdate()

    assert end_of(today - DAY) < timezone.now() - timedelta(seconds=1)
    assert timezone.localdate(end_of(today - DAY)) == today - DAY
    assert timezone.now() - end_of(today) < HOUR


@pytest.mark.once
def test_small_figures_are_too_coarse_to_tell_one_event_from() -> None:
    shown = [coarse(number) for number in (0, 1, 4, 5, 7, 8, 52)]

    assert shown == ["0 to 4", "0 to 4", "0 to 4", "about 5", "about 5", "about 10", "about 50"]


def test_the_command_says_the_same_to_programs(
    sunflowers: Nursery, capsys: pytest.CaptureFixture[str]
) -> None:
    taken(sunflowers, LEADS, BY_WORD)
    not_so(sunflowers.morgan)

    call_command("assurance", "sunflowers", "--json")
    found = json.loads(capsys.readouterr().out)
    assert (found["counts"]["met"], found["counts"]["broken"]) == (1, 1)
    assert {one["id"]: one["state"] for one in found["duties"]} == {LEADS: "met", BY_WORD: "broken"}
    call_command("assurance", "sunflowers")
    assert BY_WORD in capsys.readouterr().out


def test_only_the_rows_of_the_setting_count(sunflowers: Nursery, bluebells: Nursery) -> None:
    taken(sunflowers, BY_WORD)
    taken(bluebells, BY_WORD)
    said(bluebells.morgan)

    assert line(sunflowers, BY_WORD).state == "due"
    assert line(bluebells, BY_WORD).state == "attested"
    assert not Attestation.objects.readable_by(sunflowers.dana).exists()
    assert DutyAdoption.objects.readable_by(sunflowers.dana).count() == 1
    assert Take.of(DutyAdoption.objects.readable_by(sunflowers.dana).get()) == Take(BY_WORD)
