"""A question to the committee that was overtaken, taken back, or waits for somebody who left."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.notifications.models import Notification
from safeguarding.people import actions as people
from safeguarding.people.models import RoleHeld
from safeguarding.people.roles import Role
from safeguarding.policies import tasks
from safeguarding.policies.actions import Part, accept_loss, adopt_duties, propose
from safeguarding.policies.adopting import Take
from safeguarding.policies.losses import standing
from safeguarding.policies.models import Adoption, PolicyVersion, Proposal
from tests.people import anew, signed_in

from .test_adopting import AIMS, DUTY, FILTER, NO, adopted, in_force, said, written


def page_of(here: Nursery, version: PolicyVersion) -> str:
    return signed_in(here.dana).get(version.get_absolute_url()).content.decode()


def test_an_older_version_is_not_adopted_after_a_newer_one(sunflowers: Nursery) -> None:
    n = sunflowers
    first = written(n.dana, AIMS, FILTER)
    waits = propose(by=n.dana, version=first, approvers=[n.cleo])
    adopted(n, written(n.dana, AIMS, FILTER, policy=first.policy))

    with pytest.raises(RuleBroken, match="does not wait"):
        said(n.cleo, waits)

    assert in_force() == [2]
    assert not Adoption.objects.filter(version=first).exists()
    assert "A newer version was adopted since" in page_of(n, first)
    late = signed_in(n.cleo).get(n.setting.link_to("policies:answer", first.pk))
    assert "does not wait for an answer any more" in late.content.decode()


def test_duties_are_not_taken_back_to_an_older_version(sunflowers: Nursery) -> None:
    n = sunflowers
    base = adopted(n, written(n.dana, AIMS, FILTER))
    adopt_duties(by=n.dana, takes=[Take(DUTY, base.policy, "7.3")])
    moved = {}
    for number in ("6.1", "9.1"):
        version = written(n.dana, AIMS, Part(number, "", FILTER.text, 2), policy=base.policy)
        accept_loss(by=n.dana, version=version, duty_id=DUTY, moved_to=number)
        moved[number] = propose(by=n.dana, version=version, approvers=[n.omar])
    said(n.omar, moved["9.1"])

    with pytest.raises(RuleBroken, match="does not wait"):
        said(n.omar, moved["6.1"])

    assert {one.duty_id: one.clause_number for one in standing(n.setting.pk)}[DUTY] == "9.1"


def test_whoever_said_yes_and_also_writes_takes_the_question_back(sunflowers: Nursery) -> None:
    n = sunflowers
    RoleHeld.objects.create(
        setting=n.setting, member=n.devi, role=Role.COMMITTEE, starts=timezone.localdate()
    )
    version = written(n.dana, AIMS)
    waits = propose(by=n.dana, version=version, approvers=[anew(n.devi), n.omar])
    said(anew(n.devi), waits)

    sent = signed_in(anew(n.devi)).post(n.setting.link_to("policies:withdraw", version.pk))

    assert sent.status_code == 302
    assert not Proposal.objects.open().exists()


def test_a_not_yet_reaches_somebody_where_whoever_asked_has_left(sunflowers: Nursery) -> None:
    n = sunflowers
    waits = propose(by=n.devi, version=written(n.devi, AIMS), approvers=[n.omar])
    for held in n.devi.roles_held.all():
        people.end_role(by=n.devi, held=held, reason="She moves away.")

    said(n.omar, waits, NO, reason="Where is the filter?")

    told = Notification.objects.filter(kind="policy_sent_back")
    assert {one.recipient for one in told} == {n.dana, n.morgan, n.wren}


def test_whoever_is_asked_is_reminded_every_two_weeks_until_they_answer(
    sunflowers: Nursery,
) -> None:
    n, now = sunflowers, timezone.now()
    waits = propose(by=n.dana, version=written(n.dana, AIMS), approvers=[n.omar, n.cleo])
    said(n.cleo, waits)
    reminders = Notification.objects.filter(kind="policy_still_waits")
    for days, many in ((13, 0), (14, 1), (20, 1), (28, 2)):
        with time_machine.travel(now + timedelta(days=days, minutes=1)):
            tasks.look_after_proposals.call()
            tasks.look_after_proposals.call()
        assert [one.recipient for one in reminders.all()] == [n.omar] * many

    with time_machine.travel(now + timedelta(days=30)):
        said(n.omar, waits)
        assert not reminders.filter(seen_at=None).exists(), "they lead to what is done"
    with time_machine.travel(now + timedelta(days=60)):
        tasks.look_after_proposals.call()
    assert reminders.count() == 2


def test_it_is_said_that_a_version_waits_for_somebody_who_left(sunflowers: Nursery) -> None:
    n = sunflowers
    version = written(n.dana, AIMS)
    waits = propose(by=n.dana, version=version, approvers=[n.omar, n.cleo])
    said(n.cleo, waits)
    tasks.look_after_proposals.call()
    assert not Notification.objects.filter(kind="policy_approver_left").exists()
    people.end_role(by=n.morgan, held=n.omar.roles_held.get(), reason="He moves away.")

    for _ in range(2):
        tasks.look_after_proposals.call()

    told = Notification.objects.get(kind="policy_approver_left")
    assert told.recipient == n.dana
    page = page_of(n, version)
    assert "Omar Haddad was asked, and is no longer on the committee" in page
    assert "Omar Haddad is asked" not in page
