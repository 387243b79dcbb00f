"""Who no longer cares for a family sees nothing of its children from that moment."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from foundation.errors import RuleBroken
from safeguarding.people import actions
from safeguarding.people.given import Person
from safeguarding.people.models import Carer, Child, Family
from safeguarding.people.roles import Role

from .cast import Place, events, signed_in


@pytest.fixture
def family(sunflowers: Place) -> Family:
    """Pat cares for Noor."""
    mo = sunflowers.member("Mo")
    family = actions.add_family(by=mo, name="Rahman")
    pat = sunflowers.member("Pat")
    actions.add_carer(by=mo, family=family, name="Pat", relation="father", member=pat)
    actions.admit_child(by=mo, known_as="Noor", family=family)
    return family


def ended(at: Place) -> None:
    carer = Carer.objects.get(member=at.member("Pat"))
    actions.end_carer(by=at.member("Dana"), carer=carer, reason="A court said so.")


def test_a_parent_whose_care_has_ended_sees_no_child_and_no_carer(
    sunflowers: Place, family: Family
) -> None:
    mo, client = sunflowers.member("Mo"), signed_in(sunflowers.member("Pat"))
    ended(sunflowers)
    later = actions.admit_child(by=mo, known_as="Zaid", family=family)
    actions.add_carer(by=mo, family=family, name="Jo", relation="grandmother")

    listed = client.get(sunflowers.at("people/children/")).content.decode()

    assert "Noor" not in listed
    assert "Zaid" not in listed
    for child in family.children.all():
        assert client.get(sunflowers.at(f"people/children/{child.pk}/")).status_code == 404
    assert Child.objects.readable_by(mo).filter(pk=later.pk).exists()


def test_a_parent_who_cares_again_sees_each_child_once(sunflowers: Place, family: Family) -> None:
    mo, pat = sunflowers.member("Mo"), sunflowers.member("Pat")
    ended(sunflowers)
    for name in ("Pat", "Patrick"):
        actions.add_carer(by=mo, family=family, name=name, relation="father", member=pat)

    assert [one.known_as for one in Child.objects.readable_by(pat)] == ["Noor"]
    assert [one.known_as for one in Child.objects.cared_for_by(pat)] == ["Noor"]


def test_a_parent_is_shown_nobody_else_who_cares_for_their_child(
    sunflowers: Place, family: Family
) -> None:
    """They may live apart, and a court may have said that one does not learn of the other's life."""
    mo, noor = sunflowers.member("Mo"), family.children.get()
    actions.add_carer(by=mo, family=family, name="Ines Duarte", relation="foster carer")
    path = sunflowers.at(f"people/children/{noor.pk}/")

    page = signed_in(sunflowers.member("Pat")).get(path).content.decode()

    assert "Noor" in page
    assert "Ines" not in page
    assert "foster" not in page
    assert "Ines Duarte" in signed_in(sunflowers.member("Priya")).get(path).content.decode()


def test_nobody_ends_what_keeps_them_out_with_another_account_of_theirs(
    sunflowers: Place, family: Family
) -> None:
    mo, dana = sunflowers.member("Mo"), sunflowers.member("Dana")
    own = actions.add_carer(by=dana, family=family, name="Dana", relation="aunt", member=dana)
    box = Person("Dana", "dana+home@sunflowers.example", frozenset({Role.COMMITTEE_LEAD}))
    other = actions.add_member(by=mo, person=box)
    actions.confirm_role(by=sunflowers.member("Cora"), held=other.roles_held.get())

    with pytest.raises(PermissionDenied):
        actions.end_carer(by=other, carer=own, reason="I say so.")


def test_who_is_there_by_name_gets_their_account_and_their_other_one(
    sunflowers: Place, family: Family
) -> None:
    """A list brings names only; and who also works here has an account for that."""
    mo, vic, priya = (sunflowers.member(name) for name in ("Mo", "Vic", "Priya"))
    named: dict[str, Any] = {"by": mo, "family": family, "name": "Sol", "relation": "mother"}
    listed = actions.add_carer(**named)

    assert actions.add_carer(**named, member=vic) == listed
    assert actions.add_carer(**named, member=priya) != listed

    assert {one.member for one in family.carers.filter(name="Sol")} == {vic, priya}
    assert len(events("carer.linked")) == 1
    for account in (None, vic):
        with pytest.raises(RuleBroken, match="already with this family"):
            actions.add_carer(**named, member=account)
