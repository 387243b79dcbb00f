"""Looking at practice, and the action plan: what was found is seen to, and the board shows it."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.governance.plan import actions
from safeguarding.governance.plan.models import Evaluation, Improvement
from safeguarding.notifications.models import Clock, Notification
from safeguarding.notifications.tasks import escalate_missed
from safeguarding.people.actions import end_role, grant_role
from safeguarding.people.roles import Role
from safeguarding.policies.actions import adopt_duties
from safeguarding.policies.adopting import ready_made
from tests.budget import MOST, queries_of
from tests.people import left, signed_in
from tests.standing import built_once

from .given import line

DAY = timedelta(days=1)
FOUND = "The tablets lie about after lunch"


def state(at: Nursery, duty: str) -> str:
    return line(at, duty).state


def look(at: Nursery) -> Improvement:
    """Somebody looked at practice, and Sam is to see to one thing."""
    today = timezone.localdate()
    browser, page = signed_in(at.morgan), at.setting.link_to("governance:evaluate")
    day = {"held_on_day": today.day, "held_on_month": today.month, "held_on_year": today.year}
    due = today + 10 * DAY
    row = {"row0-text": FOUND, "row0-owner": str(at.sam.pk), "row0-due_on_day": due.day}
    row |= {"row0-due_on_month": due.month, "row0-due_on_year": due.year}
    sent = {"looked_at": "Both rooms.", "strong": "The sign-in list.", **day, **row}
    assert browser.post(page, sent).status_code == 302
    return Improvement.objects.get()


@built_once
def taken_on(sunflowers: Nursery) -> Nursery:
    adopt_duties(by=sunflowers.dana, takes=ready_made(sunflowers.setting.pk))
    return sunflowers


def test_what_is_found_goes_onto_the_plan_and_the_board_follows(taken_on: Nursery) -> None:
    n = taken_on
    assert state(n, "OSP-4-LEAD-09") == state(n, "OSP-3-05") == "not evidenced"
    item = look(n)
    assert state(n, "OSP-4-LEAD-09") == state(n, "OSP-3-03b") == "met"
    assert state(n, "MTSM-4.5") == "due"
    sam, page = signed_in(n.sam), n.setting.link_to("governance:improvement", item.pk)
    assert FOUND in sam.get(page).content.decode()
    assert sam.post(page, {"note": "A shelf was put up."}).status_code == 302
    assert state(n, "MTSM-4.5") == state(n, "OSP-3-05") == "met"
    with pytest.raises(RuleBroken, match="done already"):
        actions.finish_improvement(by=n.dana, improvement=item, note="Again.")
    with time_machine.travel(timezone.now() + 400 * DAY):
        assert state(n, "OSP-4-LEAD-09") == "overdue", "a year is over"


def test_what_was_put_on_the_plan_in_error_comes_off_it_and_counts_as_nothing(
    taken_on: Nursery,
) -> None:
    n = taken_on
    item = look(n)
    page, note = n.setting.link_to("governance:improvement", item.pk), "Another day was agreed."
    sam, dana = signed_in(n.sam), signed_in(n.dana)
    assert "comes off the plan" not in sam.get(page).text
    with pytest.raises(PermissionDenied):
        actions.finish_improvement(by=n.sam, improvement=item, note=note, left_out=True)

    assert "comes off the plan" in dana.get(page).text
    assert dana.post(page, {"note": note, "left_out": "on"}).status_code == 302
    assert "Off the plan" in sam.get(page).text
    assert "Taken off the plan on" in dana.get(n.setting.link_to("governance:plan")).text
    assert not Clock.objects.running().filter(subject_id=item.pk).exists()
    assert state(n, "OSP-3-05") == state(n, "MTSM-4.5") == "not evidenced"


def test_what_is_not_seen_to_is_told_to_its_owner_and_then_to_those_who_lead(
    taken_on: Nursery,
) -> None:
    n = taken_on
    item = look(n)
    clock = Clock.objects.running().get(subject_id=item.pk)
    assert clock.owner == n.sam
    for days in (0, 4, 8):
        with time_machine.travel(clock.due_at + days * DAY + DAY / 24):
            escalate_missed.call()
            assert state(n, "OSP-3-05") == ("due" if days == 0 else "overdue")
    told = Notification.objects.filter(kind="improvement_late")
    assert {one.recipient for one in told} == {n.sam, n.dana, n.morgan}


def test_the_plan_is_for_those_who_lead_and_its_words_are_sealed(sunflowers: Nursery) -> None:
    n = sunflowers
    item = look(n)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM governance_improvement")
        assert FOUND not in str(cursor.fetchone())
    plan = n.setting.link_to("governance:plan")
    cleo = signed_in(n.cleo)
    assert FOUND in cleo.get(plan).content.decode()
    assert len(queries_of(cleo, plan)) <= MOST
    assert signed_in(n.sam).get(plan).status_code == 403
    mine = n.setting.link_to("governance:improvement", item.pk)
    assert signed_in(n.priya).get(mine).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.plan_improvement(by=n.sam, text="X", owner=n.sam, due_on=timezone.localdate())


def test_a_row_that_is_half_filled_in_is_not_lost(sunflowers: Nursery) -> None:
    n, today = sunflowers, timezone.localdate()
    day = {"held_on_day": today.day, "held_on_month": today.month, "held_on_year": today.year}
    sent = {"looked_at": "Rooms.", "strong": "Much.", "row1-text": FOUND, **day}
    answer = signed_in(n.dana).post(n.setting.link_to("governance:evaluate"), sent)
    assert answer.status_code == 422
    assert FOUND in answer.content.decode()
    assert not Evaluation.objects.exists()


def test_what_somebody_who_left_was_to_see_to_is_owed_by_the_lead(sunflowers: Nursery) -> None:
    n = sunflowers
    wanted = look(n)
    left(n, n.sam)
    clock = Clock.objects.running().get(subject_id=wanted.pk)
    assert clock.owner == n.dana

    with time_machine.travel(clock.due_at + timedelta(hours=1)):
        escalate_missed.call()
        told = Notification.objects.filter(kind="improvement_late")
        assert [one.recipient for one in told] == [n.dana]


def test_who_stays_as_a_parent_only_neither_owes_nor_reads_it_any_more(sunflowers: Nursery) -> None:
    n = sunflowers
    wanted = look(n)
    page = n.setting.link_to("governance:improvement", wanted.pk)
    held = n.sam.roles_held.get()
    grant_role(by=n.morgan, to=n.sam, role=Role.PARENT)
    end_role(by=n.morgan, held=held, reason="Works here no more.")

    assert Clock.objects.running().get(subject_id=wanted.pk).owner == n.dana
    assert signed_in(n.sam).get(page).status_code == 404
