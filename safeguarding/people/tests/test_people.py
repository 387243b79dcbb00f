"""What is done with settings, people and children: who may, what is recorded, what is refused."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from foundation.errors import RuleBroken
from safeguarding.audit.trail import System
from safeguarding.people import actions
from safeguarding.people.given import Opening, Person, TermDates
from safeguarding.people.models import (
    Child,
    Family,
    Member,
    Relationship,
    RoleHeld,
    Room,
    Setting,
)
from safeguarding.people.permissions import FIRST_SET_UP
from safeguarding.people.roles import Role

from .cast import PEOPLE, Place, a_place, events, in_a_hurry

TODAY = timezone.localdate
EVENTS = [
    "setting.opened",
    "member.added",
    "invitation.made",
    "role.granted",
    "role.ended",
    "room.added",
    "family.added",
    "carer.added",
    "child.admitted",
    "relationship.declared",
    "relationship.confirmed",
    "relationship.ended",
]


def test_the_first_set_up_happens_once(db: None) -> None:
    first = actions.open_setting(by=System(FIRST_SET_UP, uuid4()), name="Sun flowers")
    assert first.slug == "sun-flowers"
    assert events("setting.opened")[0].setting_id == first.pk
    with pytest.raises(PermissionDenied):
        actions.open_setting(by=System(FIRST_SET_UP, uuid4()), name="Another")


def test_only_set_up_and_the_operator_open_settings(db: None) -> None:
    with pytest.raises(PermissionDenied):
        actions.open_setting(by=System("daily reminders", uuid4()), name="Another")


def test_a_setting_gets_an_address_of_its_own(sunflowers: Place) -> None:
    second = actions.open_setting(by=System("operator", uuid4()), name="Sunflowers")
    third = actions.open_setting(by=System("operator", uuid4()), name="!!!")
    assert (second.slug, third.slug) == ("sunflowers-2", "setting")
    assert second.home == "/at/sunflowers-2/"


def test_hours_and_terms_are_replaced_and_on_record(sunflowers: Place) -> None:
    mo = sunflowers.member("Mo")
    for _ in range(2):
        actions.set_opening_hours(by=mo, hours=[Opening(0, time(8), time(18))])
        actions.set_terms(by=mo, terms=[TermDates("Autumn", date(2026, 9, 3), date(2026, 12, 18))])

    assert [f"{one.day} {one}" for one in mo.setting.opening_hours()] == ["Monday 08:00 to 18:00"]
    assert [str(term) for term in mo.setting.terms()] == ["Autumn"]
    assert len(events("terms.set")) == len(events("opening_hours.set")) == 2


@pytest.mark.parametrize("name", [name for name in PEOPLE if name != "Mo"])
def test_only_the_manager_looks_after_people_and_the_setting(sunflowers: Place, name: str) -> None:
    by, priya = sunflowers.member(name), sunflowers.member("Priya")
    priya = sunflowers.member("Dana") if name == "Priya" else priya
    held = priya.roles_held.get()
    for act in (
        lambda: actions.add_member(by=by, person=Person("N", "n@x.example", frozenset())),
        lambda: actions.invite(by=by, to=priya),
        lambda: actions.grant_role(by=by, to=priya, role=Role.COMMITTEE),
        lambda: actions.end_role(by=by, held=held, reason="because"),
        lambda: actions.set_terms(by=by, terms=[]),
        lambda: actions.set_opening_hours(by=by, hours=[]),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_manager_elsewhere_changes_nothing_here(sunflowers: Place, bluebells: Place) -> None:
    by, priya = bluebells.member("Mo"), sunflowers.member("Priya")
    for act in (
        lambda: actions.invite(by=by, to=priya),
        lambda: actions.invite(by=System(FIRST_SET_UP, by.setting_id), to=priya),
        lambda: actions.grant_role(by=by, to=priya, role=Role.LEAD),
        lambda: actions.end_role(by=by, held=priya.roles_held.get(), reason="because"),
        lambda: actions.declare_relationship(
            by=by, about=priya, kind="close", child=sunflowers.kit
        ),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_timed_work_invites_nobody(sunflowers: Place) -> None:
    with pytest.raises(PermissionDenied):
        actions.invite(
            by=System("daily reminders", sunflowers.setting.pk), to=sunflowers.member("Priya")
        )


def test_nobody_gives_themselves_a_role(sunflowers: Place) -> None:
    for name in ("Mo", "Cora"):
        by = sunflowers.member(name)
        with pytest.raises(PermissionDenied, match="never to themselves"):
            actions.grant_role(by=by, to=by, role=Role.LEAD)


def test_a_role_counts_from_its_first_day_to_its_last(sunflowers: Place) -> None:
    starts, ends = TODAY() + timedelta(days=1), TODAY() + timedelta(days=2)
    held = actions.grant_role(
        by=sunflowers.member("Mo"),
        to=sunflowers.member("Priya"),
        role=Role.DEPUTY,
        starts=starts,
        ends=ends,
    )
    actions.confirm_role(by=sunflowers.member("Dana"), held=held, despite=in_a_hurry())
    days = [starts + timedelta(days=n) for n in (-1, 0, 1, 2)]
    current = [RoleHeld.objects.current(day).filter(pk=held.pk).exists() for day in days]
    assert current == [False, True, True, False]
    assert Role.DEPUTY not in sunflowers.member("Priya").roles


def test_a_role_is_held_once_at_a_time(sunflowers: Place) -> None:
    mo, priya = sunflowers.member("Mo"), sunflowers.member("Priya")
    with pytest.raises(RuleBroken, match="already holds"):
        actions.grant_role(by=mo, to=priya, role=Role.PRACTITIONER)


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.CONTRACTOR])
def test_volunteers_and_contractors_have_a_last_day(sunflowers: Place, role: Role) -> None:
    mo, priya = sunflowers.member("Mo"), sunflowers.member("Priya")
    with pytest.raises(RuleBroken, match="write the day it ends"):
        actions.grant_role(by=mo, to=priya, role=role)
    with pytest.raises(RuleBroken, match="write the day it ends"):
        actions.add_member(by=mo, person=Person("V", "v@x.example", frozenset({role})))
    with pytest.raises(RuleBroken, match="before its first day"):
        actions.grant_role(by=mo, to=priya, role=role, ends=TODAY() - timedelta(days=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleHeld.objects.create(setting=mo.setting, member=priya, role=role, starts=TODAY())


def test_an_ended_role_is_gone_at_once_and_ends_once(sunflowers: Place) -> None:
    mo = sunflowers.member("Mo")
    held = sunflowers.member("Priya").roles_held.get()
    actions.end_role(by=mo, held=held, reason="moved away")

    assert sunflowers.member("Priya").roles == frozenset()
    assert not sunflowers.setting.holding([Role.PRACTITIONER], TODAY()).exists()
    with pytest.raises(RuleBroken, match="already ended"):
        actions.end_role(by=mo, held=held, reason="again")


def test_adults_at_work_are_listed_with_their_roles(sunflowers: Place, bluebells: Place) -> None:
    staff = Member.objects.staff_of(sunflowers.setting, TODAY())
    names = [one.display_name for one in staff]
    assert names == ["Cora", "Dana", "Devi", "Mo", "Priya", "Vic"]
    assert staff[5].roles == {Role.VOLUNTEER}


@pytest.mark.parametrize("name", ["Dana", "Devi", "Mo"])
def test_leads_and_managers_keep_the_list_of_children(sunflowers: Place, name: str) -> None:
    by = sunflowers.member(name)
    room, family = actions.add_room(by=by, name="Acorns"), actions.add_family(by=by, name="Fern")
    pat = sunflowers.member("Pat")
    actions.add_carer(by=by, family=family, name="Pat Fern", relation="father", member=pat)
    robin = actions.admit_child(
        by=by, known_as="Robin", born_on=date(2023, 5, 1), room=room, family=family
    )

    assert str(robin) == "Robin"
    assert robin.age_on(date(2026, 4, 30)) == 2
    assert list(Child.objects.readable_by(pat)) == [robin]
    assert not Room.objects.readable_by(pat).exists()
    assert {one.known_as for one in Child.objects.readable_by(sunflowers.member("Priya"))} == {
        "Kit",
        "Robin",
    }
    assert not Child.objects.readable_by(sunflowers.member("Vic")).exists()
    assert [str(one) for one in Family.objects.readable_by(by)] == ["Fern"]


@pytest.mark.parametrize("name", ["Priya", "Pat", "Vic", "Cora"])
def test_others_do_not(sunflowers: Place, name: str) -> None:
    by, family = sunflowers.member(name), Family(setting=sunflowers.setting, name="Fern")
    for act in (
        lambda: actions.add_room(by=by, name="Acorns"),
        lambda: actions.add_family(by=by, name="Fern"),
        lambda: actions.add_carer(by=by, family=family, name="Pat", relation="father"),
        lambda: actions.admit_child(by=by, known_as="Robin"),
        lambda: actions.record_leaving(by=by, child=sunflowers.kit, on=TODAY()),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_names_are_not_given_twice(sunflowers: Place) -> None:
    mo = sunflowers.member("Mo")
    family = actions.add_family(by=mo, name="Fern")
    actions.add_room(by=mo, name="Acorns")
    actions.add_carer(by=mo, family=family, name="Pat", relation="father")
    with pytest.raises(RuleBroken, match="already a room"):
        actions.add_room(by=mo, name="acorns")
    with pytest.raises(RuleBroken, match="already with this family"):
        actions.add_carer(by=mo, family=family, name="pat", relation="uncle")


def test_nothing_of_another_setting_is_tied_to_this_one(
    sunflowers: Place, bluebells: Place
) -> None:
    mo, there = sunflowers.member("Mo"), bluebells.member("Mo")
    room = actions.add_room(by=there, name="Acorns")
    for act in (
        lambda: actions.admit_child(by=mo, known_as="Robin", room=room),
        lambda: actions.record_leaving(by=mo, child=bluebells.kit, on=TODAY()),
        lambda: actions.declare_relationship(by=mo, about=mo, kind="close", other_member=there),
        lambda: actions.declare_relationship(by=mo, about=mo, kind="close", child=bluebells.kit),
    ):
        with pytest.raises(RuleBroken, match="another setting"):
            act()


def test_a_child_who_left_is_not_attending_any_more(sunflowers: Place) -> None:
    actions.record_leaving(by=sunflowers.member("Mo"), child=sunflowers.kit, on=TODAY())
    here = Child.objects.filter(setting=sunflowers.setting)
    assert here.attending(TODAY()).exists()
    assert not here.attending(TODAY() + timedelta(days=1)).exists()
    assert events("child.left")


def test_anyone_declares_their_own_ties_and_leads_those_they_know_of(sunflowers: Place) -> None:
    priya, dana, vic = (sunflowers.member(name) for name in ("Priya", "Dana", "Vic"))
    own = actions.declare_relationship(by=priya, about=priya, kind="relative", child=sunflowers.kit)
    known = actions.declare_relationship(by=dana, about=priya, kind="close", other_member=vic)

    assert set(Relationship.objects.readable_by(priya)) == {own, known}
    assert set(Relationship.objects.readable_by(vic)) == {known}
    assert set(Relationship.objects.readable_by(dana).involving(vic)) == {known}
    assert not Relationship.objects.readable_by(sunflowers.member("Pat")).exists()
    with pytest.raises(PermissionDenied):
        actions.declare_relationship(by=vic, about=priya, kind="close", child=sunflowers.kit)


def test_a_tie_is_with_one_other_person(sunflowers: Place) -> None:
    priya, vic = sunflowers.member("Priya"), sunflowers.member("Vic")
    kit = sunflowers.kit
    for other, child, sentence in (
        (None, None, "Choose one person"),
        (vic, kit, "Choose one person"),
        (priya, None, "somebody else"),
    ):
        with pytest.raises(RuleBroken, match=sentence):
            actions.declare_relationship(
                by=priya, about=priya, kind="close", other_member=other, child=child
            )


def test_every_action_leaves_its_line(db: None) -> None:
    place = a_place("sunflowers")
    mo, priya = place.member("Mo"), place.member("Priya")
    actions.add_member(by=mo, person=Person("N", "n@x.example", frozenset({Role.COMMITTEE})))
    actions.invite(by=mo, to=priya)
    held = actions.grant_role(by=mo, to=priya, role=Role.COMMITTEE)
    actions.end_role(by=mo, held=held, reason="an account nobody else should read")
    actions.add_room(by=mo, name="Acorns")
    family = actions.add_family(by=mo, name="Fern")
    actions.add_carer(by=mo, family=family, name="Pat", relation="father")
    tie = actions.declare_relationship(by=mo, about=priya, kind="close", child=place.kit)
    actions.confirm_relationship(by=priya, tie=tie)
    actions.end_relationship(by=mo, tie=tie, reason="what nobody else should read")
    for event in EVENTS:
        [entry] = events(event)
        assert entry.setting_id == place.setting.pk
        assert "nobody else" not in str(entry.details)
    assert Setting.objects.count() == 1
