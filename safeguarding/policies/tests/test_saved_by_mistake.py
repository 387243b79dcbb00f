"""A policy saved as a new one by a slip is forgotten by everything that counts, and stays to be read."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.policies.actions import (
    Part,
    adopt_duties,
    propose,
    say_saved_by_mistake,
    withdraw_proposal,
    write_version,
)
from safeguarding.policies.adopting import Take, ready_made
from safeguarding.policies.evidence import policies_in_force
from safeguarding.policies.models import DutyAdoption, Policy, PolicyVersion
from safeguarding.policies.reviews import actions as reviews
from safeguarding.policies.reviews.models import Why
from tests.budget import MOST, queries_of
from tests.people import signed_in

from .reviews.given import PARTS, adopted, drafted, standing
from .reviews.test_withdrawn import withdrawn
from .test_adopting import DUTY

WHY = "It is version 2 of the online safety policy."


def mistaken(at: Nursery) -> Policy:
    made = PolicyVersion.Made.IMPORTED
    return write_version(by=at.dana, title="Online safety 2026", parts=PARTS, made=made).policy


def owed(at: Nursery, before: timedelta = timedelta()) -> int:
    found = policies_in_force([at.setting.pk], timezone.now() - before)
    return found["OSP-4-LEAD-02"][at.setting.pk].owed


def test_what_counts_forgets_it_and_its_page_says_why(sunflowers: Nursery) -> None:
    n = sunflowers
    policy = mistaken(n)
    assert (owed(n), standing(n).counts) == (2, True)
    dana, page = signed_in(n.dana), f"/at/sunflowers/policies/{policy.pk}/"
    assert f"{page}mistake/" in dana.get(page).text
    assert dana.post(f"{page}mistake/", {"reason": ""}).status_code == 422

    assert dana.post(f"{page}mistake/", {"reason": WHY}).status_code == 302

    assert (owed(n), standing(n).counts) == (0, False)
    shown = dana.get(page).text
    assert WHY in shown
    assert f"{page}mistake/" not in shown
    library = dana.get("/at/sunflowers/policies/").text
    assert "Saved by mistake" in library
    assert "Not adopted yet" not in library
    assert "is a draft" not in library
    with pytest.raises(RuleBroken, match="was withdrawn"):
        reviews.open_review(
            by=n.dana,
            policy=policy,
            why=Why.OTHER,
            input_until=timezone.localdate() + timedelta(days=7),
            due_on=timezone.localdate() + timedelta(days=30),
        )


def test_no_clause_leads_to_it(sunflowers: Nursery) -> None:
    n = sunflowers
    policy = mistaken(n)
    here = write_version(
        by=n.dana,
        title="Handbook",
        parts=[Part("1", "Tablets", "See the Online safety 2026 policy.")],
        made=PolicyVersion.Made.WRITTEN,
    )
    link = f'href="/at/sunflowers/policies/{policy.pk}/"'
    assert link in signed_in(n.sam).get(here.get_absolute_url()).text
    say_saved_by_mistake(by=n.dana, policy=policy, reason=WHY)
    assert link not in signed_in(n.sam).get(here.get_absolute_url()).text


def test_what_was_in_force_or_still_holds_something_is_refused(sunflowers: Nursery) -> None:
    n = sunflowers
    in_force = adopted(n, timezone.localdate()).policy
    with pytest.raises(RuleBroken, match="committee adopted"):
        say_saved_by_mistake(by=n.dana, policy=in_force, reason=WHY)
    policy = mistaken(n)
    waits = propose(by=n.dana, version=policy.versions.get(), approvers=[n.cleo])
    with pytest.raises(RuleBroken, match="waits for the committee"):
        say_saved_by_mistake(by=n.dana, policy=policy, reason=WHY)
    withdraw_proposal(by=n.dana, proposal=waits)
    with pytest.raises(PermissionDenied):
        say_saved_by_mistake(by=n.sam, policy=policy, reason=WHY)
    say_saved_by_mistake(by=n.dana, policy=policy, reason=WHY)
    with pytest.raises(RuleBroken, match="said already"):
        say_saved_by_mistake(by=n.dana, policy=policy, reason=WHY)


def test_it_is_not_proposed_and_takes_no_duty_while_it_stands_as_a_mistake(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    policy = mistaken(n)
    old = policy.versions.get()
    say_saved_by_mistake(by=n.dana, policy=policy, reason=WHY)
    with pytest.raises(RuleBroken, match="saved by mistake"):
        propose(by=n.dana, version=old, approvers=[n.cleo])
    new = drafted(n, policy)
    propose(by=n.dana, version=new, approvers=[n.cleo])
    assert owed(n) == 2, "whoever writes a version of it anew brings it back"


def test_what_is_written_anew_is_back_everywhere(sunflowers: Nursery) -> None:
    n = sunflowers
    policy = mistaken(n)
    say_saved_by_mistake(by=n.dana, policy=policy, reason=WHY)
    page = f"/at/sunflowers/policies/{policy.pk}/"
    drafted(n, policy)

    assert standing(n).counts, "and so its review is asked for"
    shown = signed_in(n.dana).get(page).text
    assert WHY not in shown
    assert "the committee has not adopted one yet" in shown


def test_a_second_time_it_is_said_as_the_first(sunflowers: Nursery) -> None:
    n = sunflowers
    policy = mistaken(n)
    say_saved_by_mistake(by=n.dana, policy=policy, reason=WHY)
    again = drafted(n, policy)
    dana, page = signed_in(n.dana), f"/at/sunflowers/policies/{policy.pk}/"
    assert f"{page}mistake/" in dana.get(page).text

    assert dana.post(f"{page}mistake/", {"reason": "The wrong line again."}).status_code == 302

    assert (owed(n), standing(n).counts) == (0, False)
    shown = dana.get(page).text
    assert WHY in shown
    assert "The wrong line again." in shown
    assert f"{page}mistake/" not in shown
    assert len(queries_of(dana, page)) <= MOST
    with pytest.raises(RuleBroken, match="said already"):
        say_saved_by_mistake(by=n.dana, policy=policy, reason=WHY)
    with pytest.raises(RuleBroken, match="saved by mistake"):
        propose(by=n.dana, version=again, approvers=[n.cleo])


def test_what_came_back_and_was_withdrawn_by_a_review_was_no_mistake(sunflowers: Nursery) -> None:
    n = sunflowers
    policy = mistaken(n)
    say_saved_by_mistake(by=n.dana, policy=policy, reason=WHY)
    drafted(n, policy)
    withdrawn(n, policy)

    shown = signed_in(n.dana).get(f"/at/sunflowers/policies/{policy.pk}/").text
    assert "the policy was withdrawn" in shown
    assert WHY not in shown


def test_its_duties_stand_where_they_would_without_it(sunflowers: Nursery) -> None:
    n = sunflowers
    policy = mistaken(n)
    adopt_duties(by=n.dana, takes=[Take(DUTY, policy, "7.3", 30), Take("OSP-1-01")])
    right = drafted(n).policy

    say_saved_by_mistake(by=n.dana, policy=policy, reason=WHY)

    rows = DutyAdoption.objects.filter(setting=n.setting).as_at(timezone.now())
    found = {one.duty_id: one for one in rows}
    assert (found[DUTY].policy, found[DUTY].interval_days) == (right, 30)
    assert found["OSP-1-01"].policy is None
    assert {one.policy for one in ready_made(n.setting.pk)} <= {right, None}
