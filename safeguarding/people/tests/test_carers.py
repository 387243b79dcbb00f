"""Who no longer cares for a family sees nothing of its children from that moment."""

import pytest

from safeguarding.people import actions
from safeguarding.people.models import Carer, Child, Family

from .cast import Place, signed_in


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
