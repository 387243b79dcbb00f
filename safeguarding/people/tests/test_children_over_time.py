"""A child leaves and comes back; what is written down of a child is put right."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from foundation.errors import RuleBroken
from safeguarding.people import actions
from safeguarding.people.models import Child
from tests.people import signed_in as checked_in

from .cast import Place, events, hidden, signed_in


def left(at: Place) -> Child:
    day = timezone.localdate() - timedelta(days=1)
    return actions.record_leaving(by=at.member("Mo"), child=at.kit, on=day)


def changed(at: Place, by: str, **values: Any) -> Child:
    return actions.change_child(by=at.member(by), child=at.kit, known_as="Kit", **values)


def test_a_child_who_left_is_found_and_comes_back(sunflowers: Place) -> None:
    left(sunflowers)
    client, listed = signed_in(sunflowers.member("Mo")), sunflowers.at("people/children/")
    page = sunflowers.at(f"people/children/{sunflowers.kit.pk}/")
    assert page not in client.get(listed).content.decode()
    assert page in client.get(f"{listed}?by=left").content.decode()
    assert "here again" in client.get(page).content.decode()

    pressed = {"written_by": hidden(client.get(page), "written_by")}  # type: ignore[arg-type]
    for _twice in range(2):
        assert client.post(f"{page}back/", pressed)["Location"] == page

    assert page in client.get(listed).content.decode()
    assert page not in client.get(f"{listed}?by=left").content.decode()
    assert events("child.returned")
    with pytest.raises(RuleBroken, match="on the list already"):
        actions.record_return(by=sunflowers.member("Mo"), child=sunflowers.kit)


def test_parents_without_a_child_here_are_shown_to_whoever_ends_their_role(
    sunflowers: Place,
) -> None:
    mo, pat = sunflowers.member("Mo"), sunflowers.member("Pat")
    listed, theirs = sunflowers.at("people/children/?by=left"), sunflowers.at(f"people/{pat.pk}/")
    family = actions.add_family(by=mo, name="Fern")
    changed(sunflowers, "Mo", family=family)
    assert theirs not in signed_in(mo).get(listed).text
    actions.add_carer(by=mo, family=family, name="Pat", relation="father", member=pat)
    assert theirs not in signed_in(mo).get(listed).text

    left(sunflowers)
    assert theirs in signed_in(mo).get(listed).text
    assert theirs not in signed_in(sunflowers.member("Devi")).get(listed).text
    actions.admit_child(by=mo, known_as="Robin", family=family)
    assert theirs not in signed_in(mo).get(listed).text


def test_a_slip_is_put_right_on_the_page(sunflowers: Place) -> None:
    mo = sunflowers.member("Mo")
    room, family = actions.add_room(by=mo, name="Oaks"), actions.add_family(by=mo, name="Fern")
    page = sunflowers.at(f"people/children/{sunflowers.kit.pk}/")
    born = {"born_on_day": "3", "born_on_month": "4", "born_on_year": "2023"}
    said = {"known_as": "Kit", "full_name": "Kit Fern", "room": room.pk, "family": family.pk}

    assert checked_in(mo).post(f"{page}change/", said | born)["Location"] == page

    kit = Child.objects.get(pk=sunflowers.kit.pk)
    assert (kit.full_name, kit.born_on) == ("Kit Fern", date(2023, 4, 3))
    assert (kit.room, kit.family) == (room, family)
    assert [one.details["fields"] for one in events("child.changed")] == [
        "full_name, born_on, room, family"
    ]


def test_the_family_is_changed_by_nobody_for_themselves_or_for_who_opens_cases(
    sunflowers: Place,
) -> None:
    mo, dana = sunflowers.member("Mo"), sunflowers.member("Dana")
    own, other = (actions.add_family(by=mo, name=name) for name in ("Fern", "Moss"))
    actions.add_carer(by=dana, family=own, name="Dana", relation="aunt", member=dana)
    with pytest.raises(RuleBroken, match="decides what they may read"):
        changed(sunflowers, "Mo", family=own)
    changed(sunflowers, "Dana", family=own)
    assert sunflowers.kit.pk in sunflowers.member("Dana").tied_to.children
    with pytest.raises(RuleBroken, match="decides what they may read"):
        changed(sunflowers, "Dana", family=other)

    changed(sunflowers, "Mo", family=other)
    assert sunflowers.kit.pk not in sunflowers.member("Dana").tied_to.children


@pytest.mark.parametrize("name", ["Priya", "Pat", "Vic", "Cora"])
def test_others_change_nothing(sunflowers: Place, name: str) -> None:
    left(sunflowers)
    with pytest.raises(PermissionDenied):
        changed(sunflowers, name)
    with pytest.raises(PermissionDenied):
        actions.record_return(by=sunflowers.member(name), child=sunflowers.kit)


def test_nothing_of_another_setting_is_changed(sunflowers: Place, bluebells: Place) -> None:
    mo, left_there = sunflowers.member("Mo"), left(bluebells)
    with pytest.raises(RuleBroken, match="another setting"):
        actions.record_return(by=mo, child=left_there)
    with pytest.raises(RuleBroken, match="another setting"):
        actions.change_child(by=mo, child=left_there, known_as="Kit")
