"""The end of a role that nobody confirmed, or that nobody here could confirm."""

from datetime import timedelta
from io import StringIO

import time_machine
from django.core.management import call_command
from django.utils import timezone

from safeguarding.people import actions
from safeguarding.people.models import Member, RoleHeld, User
from safeguarding.people.roles import Role
from tests.people import signed_in as checked_in

from .cast import Place
from .test_four_eyes import a_small_place


def test_an_end_that_nobody_confirmed_in_time_may_be_asked_for_again(sunflowers: Place) -> None:
    held = sunflowers.member("Dana").roles_held.get()
    actions.end_role(by=sunflowers.member("Mo"), held=held, reason="left us")
    page, end = sunflowers.at(f"people/{held.member_id}/"), f"/people/roles/{held.pk}/"
    assert end not in checked_in(sunflowers.member("Mo")).get(page).content.decode()
    assert end in checked_in(sunflowers.member("Dana")).get(page).content.decode(), (
        "one may give it up"
    )

    with time_machine.travel(timezone.now() + timedelta(days=15)):
        again = checked_in(sunflowers.member("Mo")).get(page).content.decode()
    assert end in again
    assert "Nobody confirmed that in time" in again


def test_where_the_only_other_one_is_a_second_account_of_theirs_the_installation_confirms_it(
    db: None,
) -> None:
    people = a_small_place(mo=Role.MANAGER, dana=Role.LEAD)
    dana, today = people["dana"], timezone.localdate()
    user = User.objects.create_user("dana.too@x.example", name=dana.name)
    twin = Member.objects.create(setting=dana.setting, user=user, name=dana.name)
    RoleHeld.objects.create(
        setting=dana.setting, member=twin, role=Role.COMMITTEE_LEAD, starts=today
    )
    actions.end_role(by=people["mo"], held=dana.roles_held.get(), reason="gone")

    call_command("confirm_role", "small", "dana@x.example", stdout=StringIO())
    assert not Member.objects.get(pk=dana.pk).roles
