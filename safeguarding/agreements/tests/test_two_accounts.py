"""What nobody does for themselves they do not do with another account of theirs."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.agreements import actions
from safeguarding.agreements.models import Signature
from safeguarding.concerns.tests.test_two_accounts import second_account
from safeguarding.notifications.models import Clock
from safeguarding.people.roles import Role
from tests.people import signed_in

from .given import in_force, sign


def test_nobody_gives_signs_or_switches_off_for_their_other_account(sunflowers: Nursery) -> None:
    n = sunflowers
    other = second_account(n, n.morgan, n.dana, role=Role.DEPUTY_MANAGER)
    agreement = in_force(n)
    sign(agreement, n.morgan, other)
    mine: dict[str, Any] = {"to": n.morgan, "kind": "other", "what": "the key of the shed"}
    said: dict[str, Any] = {"answer": Signature.Answer.ACCEPTED, "note": "He said so."}
    said |= {"signed_on": timezone.localdate()}
    with pytest.raises(PermissionDenied):
        actions.give_access(by=other, **mine)
    with pytest.raises(PermissionDenied):
        actions.write_down(by=other, agreement=agreement, member=n.morgan, **said)
    form = signed_in(other).get("/at/sunflowers/agreements/access/new/").content.decode()
    assert str(n.morgan.pk) not in form
    assert str(n.priya.pk) in form

    ended = actions.end_access(by=n.cleo, grant=actions.give_access(by=n.cleo, **mine))
    assert Clock.objects.running().get(subject_id=ended.pk).owner == n.cleo
    with pytest.raises(PermissionDenied):
        actions.switch_off(by=other, ended=ended)
