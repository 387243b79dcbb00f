"""What is owed about reviews is owed by somebody who is here."""

from datetime import timedelta

import time_machine
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.notifications.models import Clock
from safeguarding.people.actions import record_absence
from safeguarding.policies.models import Policy
from safeguarding.policies.reviews import actions
from safeguarding.policies.reviews.models import TechnicalChange
from safeguarding.policies.reviews.tasks import begin_due_reviews
from tests.people import left

from .given import opened


def owners(kind: str, **key: str) -> set[str]:
    """First names of those who owe something of a kind."""
    rows = Clock.objects.running().filter(subject_kind=kind, **key).select_related("owner")
    return {one.owner.display_name.split()[0] for one in rows}


def test_a_policy_that_comes_due_is_owed_by_who_leads_now(
    sunflowers: Nursery, policy: Policy
) -> None:
    n = sunflowers
    with time_machine.travel(timezone.now() + timedelta(days=40), tick=True):
        begin_due_reviews.call()
        assert owners("policy_due") == {"Dana"}
        left(n, n.dana)

        assert owners("policy_due") == {"Devi"}
        begin_due_reviews.call()
        assert owners("policy_due") == {"Devi"}


def test_tasks_are_owed_by_who_leads_now_and_nobody_is_asked_what_who_left_thinks(
    sunflowers: Nursery, policy: Policy
) -> None:
    n = sunflowers
    opened(n, policy)
    assert "Tariq" in owners("policy_review")
    for one in (n.dana, n.tariq):
        left(n, one)

    assert owners("policy_review").isdisjoint({"Dana", "Tariq"})
    assert not Clock.objects.running().filter(key=f"voice/{n.tariq.pk}").exists()
    tasks = Clock.objects.running().filter(subject_kind="policy_review")
    assert {one.owner for one in tasks.exclude(key__startswith="voice/")} == {n.devi}


def test_what_prompts_a_look_is_decided_by_who_leads_now(
    sunflowers: Nursery, policy: Policy
) -> None:
    n = sunflowers
    actions.note_technical_change(
        by=n.tariq,
        kind=TechnicalChange.Kind.FILTER,
        changed_on=timezone.localdate(),
        text="Another filter.",
    )
    assert owners("policy_prompt") == {"Dana"}
    left(n, n.dana)

    assert owners("policy_prompt") == {"Devi"}


def test_while_the_lead_is_away_a_policy_that_comes_due_is_somebody_elses(
    sunflowers: Nursery, policy: Policy
) -> None:
    n = sunflowers
    with time_machine.travel(timezone.now() + timedelta(days=40), tick=True):
        begin_due_reviews.call()
        today = timezone.localdate()
        record_absence(by=n.dana, about=n.dana, starts=today, ends=today + timedelta(days=99))
        assert owners("policy_due") == {"Devi"}
        Clock.objects.filter(subject_kind="policy_due").delete()
        begin_due_reviews.call()

        assert owners("policy_due") == {"Devi"}
