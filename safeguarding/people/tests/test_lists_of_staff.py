"""A list of staff makes members and gives roles by the rules by which people do (ADR 0019)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from foundation.errors import RuleBroken
from safeguarding.people import actions
from safeguarding.people.importing.kept import Kept
from safeguarding.people.models import Member, RoleHeld, User
from safeguarding.people.roles import Role

from .cast import Place, events
from .lists import begun, brought, planned, said

HEADINGS = "Name,E-mail,Role,First day,Last day"


def test_staff_come_with_their_roles_and_nobody_is_invited(sunflowers: Place) -> None:
    done = brought(
        sunflowers.member("Mo"),
        '"Ida Moss",IDA@sunflowers.example,Early years practitioner,01/09/2025,',
        kind="staff",
        headings=HEADINGS,
    )

    ida = Member.objects.get(user__email="ida@sunflowers.example")
    held = ida.roles_held.get()
    assert (held.role, held.starts.isoformat()) == (Role.PRACTITIONER, "2025-09-01")
    assert not ida.user.has_usable_password()
    assert done.added == 1
    assert events("invitation.made") == []


@pytest.mark.parametrize(
    "word", ["DSL", "Deputy DSL", "Manager", "Deputy manager", "Committee lead"]
)
def test_a_role_that_opens_cases_waits_for_a_second_person(sunflowers: Place, word: str) -> None:
    line = f"Ida Moss,ida@sunflowers.example,{word},,"
    plan = planned(sunflowers.member("Mo"), line, kind="staff", headings=HEADINGS)
    assert "second person" in plan.added[0].what[0]

    brought(sunflowers.member("Mo"), line, kind="staff", headings=HEADINGS)

    ida = Member.objects.get(user__email="ida@sunflowers.example")
    assert ida.roles == frozenset()
    assert not ida.roles_held.get().is_confirmed


def test_somebody_who_is_here_gets_the_role_they_lack_and_loses_none(sunflowers: Place) -> None:
    line = "P. Other,priya@sunflowers.example,Deputy DSL,,"
    done = brought(sunflowers.member("Mo"), line, kind="staff", headings=HEADINGS)

    priya = sunflowers.member("Priya")
    assert done.changed == 1
    assert priya.name == "Priya"
    assert priya.roles == {Role.PRACTITIONER}, "the new one waits for a second person"
    again = planned(sunflowers.member("Mo"), line, kind="staff", headings=HEADINGS)
    assert again.counts == {"added": 0, "changed": 0, "stayed": 1, "left_out": 0}


def test_nobody_gives_themselves_a_role_by_a_list(sunflowers: Place) -> None:
    line = "Mo,mo@sunflowers.example,Manager and DSL,,"
    plan = planned(sunflowers.member("Mo"), line, kind="staff", headings=HEADINGS)

    assert "never you yourself" in said(plan)[0]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Ida,ida@x,Practitioner,,", "whole address"),
        ("Ida,ida@sunflowers.example,Wizard,,", "not a role"),
        ("Ida,ida@sunflowers.example,Parent or carer,,", "not a role"),
        ("Ida,ida@sunflowers.example,Group officer,,", "not a role"),
        ("Ida,ida@sunflowers.example,,,", "at least one role"),
        ("Ida,ida@sunflowers.example,Volunteer,,", "need a last day"),
        ("Ida,ida@sunflowers.example,Practitioner,,01/02/2020", "is over"),
        ("Ida,ida@sunflowers.example,Practitioner,01/02/2090,01/02/2080", "before the first"),
        ("=Ida,ida@sunflowers.example,Practitioner,,", "begins with ="),
    ],
)
def test_a_line_that_cannot_be_is_said(sunflowers: Place, line: str, why: str) -> None:
    plan = planned(sunflowers.member("Mo"), line, kind="staff", headings=HEADINGS)

    assert why in said(plan)[0]
    assert plan.added == []


def test_an_address_twice_is_taken_once(sunflowers: Place) -> None:
    plan = planned(
        sunflowers.member("Mo"),
        "Ida,ida@sunflowers.example,Practitioner,,",
        "Ida Moss,IDA@sunflowers.example,Practitioner,,",
        kind="staff",
        headings=HEADINGS,
    )

    assert said(plan) == ["3: This is the same as line 2. Take one of them out."]


def test_only_who_looks_after_accounts_brings_staff_in(sunflowers: Place) -> None:
    for who in ("Dana", "Devi", "Cora", "Priya"):
        with pytest.raises(PermissionDenied):
            actions.start_import(by=sunflowers.member(who), kind="staff", text=HEADINGS + "\na")


def test_what_another_setting_calls_somebody_is_not_shown(
    sunflowers: Place, bluebells: Place
) -> None:
    line = "P. Nair,priya@bluebells.example,Practitioner,,"
    plan = planned(sunflowers.member("Mo"), line, kind="staff", headings=HEADINGS)
    assert plan.added[0].who == "P. Nair"
    assert "Priya" not in str(plan.added)

    brought(sunflowers.member("Mo"), line, kind="staff", headings=HEADINGS)

    assert User.objects.filter(email="priya@bluebells.example").count() == 1
    there = Member.objects.get(setting=bluebells.setting, user__email="priya@bluebells.example")
    assert there.name == "Priya"
    assert there.roles == {Role.PRACTITIONER}


def test_a_role_given_by_hand_meanwhile_stops_the_list_and_leaves_nothing(
    sunflowers: Place,
) -> None:
    mo = sunflowers.member("Mo")
    lines = (
        "Ida,ida@sunflowers.example,Practitioner,,",
        "Priya,priya@sunflowers.example,Technical,,",
    )
    of = begun(mo, *lines, kind="staff", headings=HEADINGS)
    plan = Kept(of).plan(mo).fingerprint
    actions.grant_role(by=mo, to=sunflowers.member("Priya"), role=Role.TECHNICAL)

    with pytest.raises(RuleBroken, match="changed since you looked"):
        actions.do_import(by=mo, of=of, plan=plan)

    assert not Member.objects.filter(user__email="ida@sunflowers.example").exists()


def test_a_role_that_lapsed_unconfirmed_may_be_given_again(sunflowers: Place) -> None:
    mo, priya = sunflowers.member("Mo"), sunflowers.member("Priya")
    held = actions.grant_role(by=mo, to=priya, role=Role.DEPUTY)
    long_ago = timezone.now() - timedelta(days=20)
    RoleHeld.objects.filter(pk=held.pk).update(created_at=long_ago)

    line = "Priya,priya@sunflowers.example,Deputy,,"
    assert planned(mo, line, kind="staff", headings=HEADINGS).counts["changed"] == 1
