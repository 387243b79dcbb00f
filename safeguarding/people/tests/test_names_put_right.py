"""A name is written anew after a marriage or a slip, and makes nobody another person by it."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from foundation.errors import RuleBroken
from safeguarding.people import actions
from safeguarding.people.given import Person
from safeguarding.people.models import Carer, Member, Room
from safeguarding.people.roles import Role
from tests.people import signed_in

from .cast import Place, events, hidden, in_a_hurry


def renamed(here: Place, by: str, about: str, name: str) -> Member:
    return actions.rename_member(by=here.member(by), member=here.member(about), name=name)


def sent(client: Client, page: str, name: str) -> str:
    form = {"name": name, "written_by": hidden(client.get(page), "written_by")}  # type: ignore[arg-type]
    return str(client.post(page, form, follow=True).text)


def test_the_manager_writes_it_on_a_page_that_theirs_leads_to(sunflowers: Place) -> None:
    client, priya = signed_in(sunflowers.member("Mo")), sunflowers.member("Priya")
    page = sunflowers.at(f"people/{priya.pk}/name/")
    assert page in client.get(sunflowers.at(f"people/{priya.pk}/")).text
    assert "Priya Kaur" in sent(client, page, "Priya Kaur")
    assert sunflowers.member("Priya").name == "Priya Kaur"
    assert events("member.renamed")


def test_whoever_opens_cases_writes_their_own_and_nobody_else_theirs(sunflowers: Place) -> None:
    """By the name of somebody whom a record speaks of they would be shut out of it."""
    with pytest.raises(PermissionDenied):
        renamed(sunflowers, "Mo", "Dana", "Dana Hill")
    assert renamed(sunflowers, "Dana", "Dana", "Dana Hill").name == "Dana Hill"
    assert renamed(sunflowers, "Mo", "Mo", "Mo Field").name == "Mo Field"
    with pytest.raises(PermissionDenied):
        renamed(sunflowers, "Priya", "Priya", "Priya Kaur")


def test_nobody_becomes_one_person_with_somebody_who_opens_cases(sunflowers: Place) -> None:
    for by, about in (("Mo", "Priya"), ("Cora", "Cora")):
        with pytest.raises(RuleBroken, match="Somebody else here has this name"):
            renamed(sunflowers, by, about, "dana")
    assert not events("member.renamed")


def test_nobody_is_made_one_person_with_a_colleague_who_opens_none(sunflowers: Place) -> None:
    """What is said of the one would be said of the other, in writing that stays."""
    mo = sunflowers.member("Mo")
    other = Person("Ann Reed", "ann@sunflowers.example", frozenset({Role.PRACTITIONER}))
    actions.add_member(by=mo, person=other)
    for by, about in (("Mo", "Priya"), ("Dana", "Dana")):
        with pytest.raises(RuleBroken, match="Somebody else here has this name"):
            renamed(sunflowers, by, about, "Ann Reed")


def test_a_name_that_was_meant_for_a_colleague_is_put_right_and_is_theirs(
    sunflowers: Place,
) -> None:
    later = timezone.now() + timedelta(days=7)
    other = Person("Ann Reed", "ann@sunflowers.example", frozenset({Role.PRACTITIONER}))
    ann = actions.add_member(by=sunflowers.member("Mo"), person=other)
    with time_machine.travel(later, tick=False) as clock:
        renamed(sunflowers, "Mo", "Priya", "Ann Hill")  # the wrong page
        clock.shift(timedelta(minutes=5))
        assert renamed(sunflowers, "Mo", "Priya", "Priya").names == ["Priya"]
        now = actions.rename_member(by=sunflowers.member("Mo"), member=ann, name="Ann Hill")
        clock.shift(timedelta(minutes=5))
        now = actions.rename_member(by=sunflowers.member("Mo"), member=now, name="Ann Hills")
        assert now.names == ["Ann Hills", "Ann Reed"]
        assert now.renamed_at == timezone.now()


def test_two_accounts_that_open_cases_stay_one_person(sunflowers: Place) -> None:
    twin = Person("Dana", "d.second@sunflowers.example", frozenset({Role.PRACTITIONER}))
    second = actions.add_member(by=sunflowers.member("Mo"), person=twin)
    held = actions.grant_role(by=sunflowers.member("Mo"), to=second, role=Role.DEPUTY)
    actions.confirm_role(by=sunflowers.member("Cora"), held=held, despite=in_a_hurry())

    with pytest.raises(RuleBroken, match="two accounts of this name"):
        renamed(sunflowers, "Dana", "Dana", "Dana Hill")


def test_rooms_and_families_are_seen_and_renamed_before_a_child_is_in_them(
    sunflowers: Place,
) -> None:
    dana = sunflowers.member("Dana")
    room, family = (
        actions.add_room(by=dana, name="Acrons"),
        actions.add_family(by=dana, name="Bryne"),
    )
    carer = actions.add_carer(by=dana, family=family, name="Ro Bryne", relation="mother")
    client, listed = signed_in(dana), sunflowers.at("people/families/")
    assert listed in client.get(sunflowers.at("people/children/")).text
    before = client.get(listed).text
    assert "Acrons" in before and sunflowers.at(f"people/carers/{carer.pk}/end/") in before

    assert "Acorns" in sent(client, sunflowers.at(f"people/rooms/{room.pk}/name/"), "Acorns")
    after = sent(client, sunflowers.at(f"people/families/{family.pk}/name/"), "Byrne")
    assert ">Byrne<" in after and "Acrons" not in after
    other = actions.add_room(by=dana, name="Oaks")
    with pytest.raises(RuleBroken, match="already a room called acorns"):
        actions.rename_room(by=dana, room=other, name="acorns")
    assert (Room.objects.count(), Carer.objects.count()) == (2, 1)
