"""Whoever signs their agreement has done that part of their first weeks, at once and on their own word."""

from typing import Any

from django.utils import timezone

from demo.cast import Nursery
from safeguarding.agreements import actions
from safeguarding.agreements.audiences import Audience
from safeguarding.agreements.standing import done_signing
from safeguarding.people.actions import grant_role
from safeguarding.people.models import Member
from safeguarding.people.roles import Role
from safeguarding.training.actions import begin_induction

from .given import in_force, sign


def test_a_signature_is_taken_over_into_the_first_weeks_and_a_no_is_not(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    agreement = in_force(n)
    begin: dict[str, Any] = {"by": n.morgan, "starts": timezone.localdate()}
    weeks = [begin_induction(member=one, **begin) for one in (n.priya, n.sam)]
    actions.refuse(by=n.sam, agreement=agreement, seen=agreement.digest)
    sign(agreement, n.priya)

    items = [one.items.get(item="agreement") for one in weeks]
    assert [hasattr(one, "done") and hasattr(one, "signed") for one in items] == [True, False]


def test_whoever_has_two_roles_is_done_once_both_are_signed(sunflowers: Nursery) -> None:
    n = sunflowers
    staff, committee = in_force(n), in_force(n, Audience.COMMITTEE)
    grant_role(by=n.morgan, to=n.priya, role=Role.COMMITTEE)
    both = Member.objects.with_roles(timezone.localdate()).get(pk=n.priya.pk)
    sign(staff, both)
    assert done_signing([both.pk], timezone.now()) == {}

    sign(committee, both)

    assert done_signing([both.pk, n.sam.pk], timezone.now()) == {both.pk: timezone.localdate()}
