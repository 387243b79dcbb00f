"""Whoever has left owes no signature, and what they were to switch off is owed by somebody else."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.agreements import actions, tasks
from safeguarding.agreements.audiences import Audience
from safeguarding.agreements.models import Grant, GrantEnded
from safeguarding.notifications.models import Clock, Notification
from safeguarding.notifications.tasks import escalate_missed
from safeguarding.people.actions import add_carer, end_carer, end_role, grant_role
from safeguarding.people.each import SomeFailedError
from safeguarding.people.models import Setting
from safeguarding.people.roles import Role
from tests.people import left, signed_in

from .given import in_force, sign


def test_nobody_is_chased_for_the_signature_of_somebody_who_left(sunflowers: Nursery) -> None:
    n = sunflowers
    one = in_force(n, days=14)
    staff = (n.dana, n.devi, n.morgan, n.wren, n.priya, n.tariq)
    sign(one, *staff)
    left(n, n.sam)
    assert not Clock.objects.running().filter(owner=n.sam).exists()

    with time_machine.travel(timezone.now() + timedelta(days=40), tick=True):
        tasks.keep_access.call()
        escalate_missed.call()
        assert not Notification.objects.filter(kind="agreement_unsigned").exists()


def test_what_is_to_be_switched_off_is_owed_by_somebody_who_is_here(sunflowers: Nursery) -> None:
    n = sunflowers
    grant = Grant.objects.create(
        setting=n.setting, kind="computer", what="Laptop 2", member=n.priya, given_by=n.morgan
    )
    ended = actions.end_access(by=n.morgan, grant=grant)
    assert Clock.objects.running().get(subject_id=ended.pk).owner == n.tariq
    left(n, n.tariq)

    assert Clock.objects.running().get(subject_id=ended.pk).owner == n.morgan


def test_who_has_another_role_now_is_not_asked_for_what_the_first_one_asked(
    sunflowers: Nursery,
) -> None:
    """A volunteer who stays as a colleague signs as a colleague, and is led to no form they may not send."""
    n = sunflowers
    first = in_force(n, Audience.VISITOR)
    sign(first, n.vic)
    grant_role(by=n.morgan, to=n.vic, role=Role.PRACTITIONER)
    end_role(by=n.morgan, held=n.vic.roles_held.get(role=Role.VOLUNTEER), reason="Works here now.")
    second = in_force(n, Audience.VISITOR)
    staff = in_force(n)
    with time_machine.travel(timezone.now() + timedelta(days=20), tick=True):
        shut = signed_in(n.vic).get("/at/sunflowers/").content.decode()
        own = signed_in(n.vic).get("/at/sunflowers/agreements/").content.decode()
        sign(staff, n.morgan)
        every = signed_in(n.morgan).get("/at/sunflowers/agreements/everyone/").content.decode()

    assert str(staff.pk) in shut
    assert str(second.pk) not in shut + own
    assert str(first.pk) in own, "what was signed can be read"
    assert f"/{second.pk}/by/{n.vic.pk}/" not in every


def test_who_is_a_parent_here_no_longer_is_led_to_no_form_about_a_child(
    sunflowers: Nursery,
) -> None:
    """They may read what they signed, and take it back. A yes for the other child they may not send."""
    n = sunflowers
    agreement = in_force(n, Audience.PARENT)
    sign(agreement, n.pat)
    grant_role(by=n.morgan, to=n.pat, role=Role.PRACTITIONER)
    path = f"/at/sunflowers/agreements/{agreement.pk}/"
    assert "Send my answer" in signed_in(n.pat).get(path).content.decode()
    end_role(by=n.morgan, held=n.pat.roles_held.get(role=Role.PARENT), reason="Works here now.")

    read = signed_in(n.pat).get(path).content.decode()
    assert "Send my answer" not in read
    assert "Take my yes back" in read


def test_access_ends_also_where_newcomers_could_not_be_asked(
    sunflowers: Nursery, bluebells: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    n, ask = sunflowers, tasks._ask_newcomers
    journal = actions.give_access(by=n.morgan, to=n.pat, kind="journal_parent")
    end_carer(by=n.morgan, carer=n.pat.carer_of.get(), reason="A court said so.")

    def fail(setting: Setting) -> None:
        if setting == bluebells.setting:
            raise ValueError
        ask(setting)

    monkeypatch.setattr(tasks, "_ask_newcomers", fail)
    with pytest.raises(SomeFailedError):
        tasks.keep_access.call()
    assert GrantEnded.objects.get().grant == journal


def test_who_no_longer_cares_for_a_child_loses_the_childs_journal(sunflowers: Nursery) -> None:
    """A court may have said so. Somebody is asked to close the account; the tablet is another matter."""
    n = sunflowers
    by: dict[str, Any] = {"by": n.morgan}
    assert n.kit.family is not None
    journal = actions.give_access(**by, to=n.pat, kind="journal_parent")
    other = actions.give_access(**by, to=n.pat, kind="other", what="code of the gate")
    tasks.keep_access.call()
    assert Grant.objects.open().filter(pk=journal.pk).exists(), "who cares keeps it"

    end_carer(**by, carer=n.pat.carer_of.get(), reason="A court said so.")
    assert "you cared for" in signed_in(n.pat).get("/at/sunflowers/agreements/").content.decode()
    tasks.keep_access.call()

    ended = GrantEnded.objects.get()
    assert (ended.grant, ended.why) == (journal, GrantEnded.Why.CARE)
    assert Clock.objects.running().get(subject_id=ended.pk).owner == n.morgan
    assert Grant.objects.open().get() == other
    with pytest.raises(RuleBroken, match="no longer cares"):
        actions.give_access(**by, to=n.pat, kind="journal_parent")
    add_carer(**by, family=n.kit.family, name="Pat", relation="Father", member=n.pat)
    actions.give_access(**by, to=n.pat, kind="journal_parent")
