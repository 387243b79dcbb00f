"""Whose training is current: computed for any moment, from what another person confirmed."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.law.calendar import LONDON
from safeguarding.law.models import LocalRule
from safeguarding.law.values import Value
from safeguarding.notifications.models import Notification
from safeguarding.people import actions as people
from safeguarding.people.before import Despite
from safeguarding.people.models import Member
from safeguarding.people.roles import Role
from safeguarding.training import actions
from safeguarding.training.asked import asked_of, counts_until
from safeguarding.training.currency import missing, standings
from safeguarding.training.library import ready_topics
from safeguarding.training.models import AttendanceConfirmed, Requirement
from tests.people import anew, left

from .given import given, state, talk

TODAY = timezone.localdate


def test_what_a_role_needs_is_missing_until_it_was_learnt(sunflowers: Nursery) -> None:
    n = sunflowers
    found = missing([n.priya.pk, n.pat.pk], timezone.now())
    assert "Online safety" in found[n.priya.pk]
    assert n.pat.pk not in found, "nothing is asked of a parent"

    talk(n, "online-safety", to=n.priya)

    assert "Online safety" not in missing([n.priya.pk], timezone.now())[n.priya.pk]
    everything = [
        one.topic.id for one in standings(Q(member=n.priya.pk), timezone.now())[n.priya.pk]
    ]
    talk(n, *everything, to=n.priya)
    assert missing([n.priya.pk], timezone.now()) == {}


def test_it_counts_to_the_day_a_year_later_as_its_rule_says(sunflowers: Nursery) -> None:
    talk(sunflowers, "online-safety", to=sunflowers.priya)
    last = counts_until(Value.parse("1 year"), TODAY())
    for days_before, expected in {61: "current", 60: "soon", 0: "soon", -1: "out"}.items():
        on = last - timedelta(days=days_before)
        moment = datetime.combine(on, time(23, 30), LONDON)
        found = standings(Q(member=sunflowers.priya.pk), moment)[sunflowers.priya.pk]
        states = {one.topic.id: one.state for one in found}
        assert states["online-safety"] == expected, on


def test_a_certificate_may_end_it_sooner_and_a_setting_too(sunflowers: Nursery) -> None:
    n = sunflowers
    short = given("online-safety", days_ago=40, until=TODAY() - timedelta(days=1))
    actions.record_training(by=n.morgan, given=short, present=[n.priya])
    talk(n, "online-safety", to=n.sam, days_ago=40)
    assert (state(n.priya, "online-safety"), state(n.sam, "online-safety")) == ("out", "current")

    LocalRule.objects.create(
        setting_id=n.setting.pk,
        set_by=n.dana.pk,
        rule_id="training.staff-update",
        value="1 month",
        reason="Ours.",
        starts=TODAY(),
    )
    assert state(n.sam, "online-safety") == "out"


def test_the_full_course_counts_as_the_update_but_not_the_other_way(sunflowers: Nursery) -> None:
    talk(sunflowers, "safeguarding-lead", to=sunflowers.dana)
    assert state(sunflowers.dana, "lead-update") == "current"
    talk(sunflowers, "lead-update", to=sunflowers.devi)
    assert state(sunflowers.devi, "safeguarding-lead") == "never"


def test_a_setting_asks_more_of_a_role_or_leaves_it_out(sunflowers: Nursery) -> None:
    n = sunflowers
    said = {"setting": n.setting, "starts": TODAY(), "set_by": n.morgan}
    Requirement.objects.create(topic="filtering", role="volunteer", is_needed=True, **said)
    Requirement.objects.create(
        topic="filtering", role="practitioner", is_needed=False, reason="No screens.", **said
    )

    found = missing([n.vic.pk, n.priya.pk], timezone.now())

    assert "What filters can and cannot do" in found[n.vic.pk]
    assert "What filters can and cannot do" not in found[n.priya.pk]


def test_what_one_writes_oneself_counts_once_another_confirmed_it(sunflowers: Nursery) -> None:
    n = sunflowers
    own = actions.record_own(by=n.dana, given=given("online-safety"))
    assert state(n.dana, "online-safety") == "never"
    for nobody in (n.dana, n.priya):
        with pytest.raises(PermissionDenied):
            actions.confirm_attendance(by=nobody, attendance=own)
    with pytest.raises(DatabaseError), transaction.atomic():
        AttendanceConfirmed.objects.create(
            setting=n.setting, attendance=own, member=n.dana, confirmed_by=n.dana
        )

    actions.confirm_attendance(by=n.cleo, attendance=own)

    assert state(n.dana, "online-safety") == "current"
    with pytest.raises(RuleBroken):
        actions.confirm_attendance(by=n.morgan, attendance=own)


def test_whoever_writes_the_list_does_not_confirm_themselves(sunflowers: Nursery) -> None:
    n = sunflowers
    both = [n.morgan, n.priya]
    training = actions.record_training(by=n.morgan, given=given("online-safety"), present=both)
    states = {one.member_id: one.state for one in training.attendances.all()}
    assert states == {n.morgan.pk: "waiting", n.priya.pk: "confirmed"}


def test_nobody_confirms_their_own_with_another_account(sunflowers: Nursery) -> None:
    n = sunflowers
    own = actions.record_own(by=n.priya, given=given("online-safety"))
    Member.objects.filter(pk=n.devi.pk).update(name="Priya Nair")
    with pytest.raises(PermissionDenied):
        actions.confirm_attendance(by=anew(n.devi), attendance=own)
    listed = actions.record_training(
        by=anew(n.devi), given=given("online-safety"), present=[n.priya]
    )

    assert listed.attendances.get().state == "waiting"


def test_where_lead_and_manager_are_one_the_others_are_asked_to_confirm(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    left(n, n.dana)
    people.confirm_role(
        by=n.devi,
        held=people.grant_role(by=n.cleo, to=n.morgan, role=Role.LEAD),
        despite=Despite("Dana left.", timezone.localdate() + timedelta(days=5)),
    )
    actions.record_own(by=anew(n.morgan), given=given("online-safety"))

    asked = Notification.objects.filter(kind="training_to_confirm")
    assert {one.recipient for one in asked} == {n.devi, n.wren, n.cleo}


def test_who_was_absent_has_not_learnt_it(sunflowers: Nursery) -> None:
    n = sunflowers
    actions.record_training(
        by=n.morgan, given=given("online-safety"), present=[n.priya], absent=[n.sam]
    )
    assert state(n.sam, "online-safety") == "never"


def test_a_mistake_is_taken_back_and_the_past_still_shows_the_past(sunflowers: Nursery) -> None:
    n = sunflowers
    training = actions.record_training(by=n.morgan, given=given("online-safety"), present=[n.priya])
    before = timezone.now()
    (row,) = training.attendances.all()
    with pytest.raises(PermissionDenied):
        actions.correct_attendance(by=n.sam, attendance=row, reason="No.")
    actions.correct_attendance(by=n.morgan, attendance=row, reason="It was Sam.")

    assert state(n.priya, "online-safety") == "never"
    assert "Online safety" not in missing([n.priya.pk], before)[n.priya.pk]
    assert row.corrected.reason == "It was Sam."


def test_another_setting_is_another_setting(sunflowers: Nursery, bluebells: Nursery) -> None:
    with pytest.raises(RuleBroken):
        talk(sunflowers, "online-safety", to=bluebells.priya)


@pytest.mark.once
@pytest.mark.parametrize("people", [1, 8])
def test_the_number_of_questions_does_not_grow(
    people: int, sunflowers: Nursery, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    n = sunflowers
    some = [n.priya, n.sam, n.dana, n.devi, n.wren, n.vic, n.tariq, n.cleo][:people]
    for one in some:
        talk(n, "online-safety", "reporting", to=one)
    with django_assert_num_queries(5):
        missing([one.pk for one in some], timezone.now())


def test_before_the_role_that_was_ticked_by_mistake_is_taken_away_by_the_next(
    sunflowers: Nursery,
) -> None:
    n = sunflowers

    def before(topic: str, role: Role) -> bool:
        here = asked_of([n.setting.pk], timezone.now())[n.setting.pk]
        return here[topic].needs[role].before_role

    for ticked in (True, False):
        about: dict[str, Any] = {
            "by": n.dana,
            "topic": "filtering",
            "role": Role.PRACTITIONER,
            "starts": TODAY(),
        }
        actions.ask_of_role(**about, before_role=ticked)
        assert before("filtering", Role.PRACTITIONER) is ticked

    [ready] = [one for one in ready_topics().values() if one.asks_before(Role.LEAD)][:1]
    said: dict[str, Any] = {"by": n.dana, "topic": ready.id, "role": Role.LEAD, "starts": TODAY()}
    actions.leave_out_for_role(**said, reason="Not here.")
    actions.ask_of_role(**said, before_role=False)
    assert before(ready.id, Role.LEAD), "what comes ready-made is never softened"
