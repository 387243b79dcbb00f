"""A list of children is compared with who is here, and done whole or not at all."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from foundation.errors import RuleBroken
from safeguarding.audit.models import Entry
from safeguarding.audit.verify import verify
from safeguarding.people import actions
from safeguarding.people.importing.kept import Kept
from safeguarding.people.models import (
    Carer,
    Child,
    Family,
)

from .cast import Place, events
from .lists import begun, brought, planned, said

ASH = "Ash Vale,27/03/2022,Oaks,Vale,Jo Vale,mother"
ROWAN = "Rowan Vale,05/10/2023,Oaks,Vale,Jo Vale,mother"
LEE = "Lee Vale,05/10/2023,Elms,Vale,Sky Vale,father"


def test_children_come_with_their_rooms_families_and_carers(sunflowers: Place) -> None:
    done = brought(sunflowers.member("Mo"), ASH, ROWAN, LEE)

    ash = Child.objects.get(full_name="Ash Vale")
    rowan = Child.objects.get(full_name="Rowan Vale")
    lee = Child.objects.get(full_name="Lee Vale")
    assert (ash.known_as, ash.born_on, str(ash.room)) == ("Ash", date(2022, 3, 27), "Oaks")
    assert ash.family == rowan.family != lee.family, "one carer in common makes one family"
    assert ash.family is not None
    assert [str(one) for one in ash.family.carers.all()] == ["Jo Vale (mother)"]
    assert (done.added, done.changed, done.stayed, done.left_out) == (3, 0, 0, 0)


def test_every_record_has_its_line_in_a_trail_that_holds(sunflowers: Place) -> None:
    mo = sunflowers.member("Mo")
    done = brought(mo, ASH, LEE)

    lines = Entry.objects.filter(setting_id=mo.setting_id).order_by("-seq")[:9]
    assert [line.event for line in reversed(lines)] == [
        *("room.added", "room.added", "family.added", "family.added", "carer.added"),
        *("carer.added", "child.admitted", "child.admitted", "import.done"),
    ]
    assert lines[0].subject_id == done.of_id
    assert lines[0].details["added"] == 2
    assert {line.actor_id for line in lines} == {mo.pk}
    assert verify(mo.setting_id).is_intact


def test_the_same_list_again_changes_nothing(sunflowers: Place) -> None:
    mo = sunflowers.member("Mo")
    brought(mo, ASH, ROWAN, LEE)
    again = begun(mo, ASH, ROWAN, LEE)

    plan = Kept(again).plan(mo)
    assert plan.counts == {"added": 0, "changed": 0, "stayed": 3, "left_out": 0}
    with pytest.raises(RuleBroken, match="nothing to save"):
        actions.do_import(by=mo, of=again, plan=plan.fingerprint)
    assert Family.objects.filter(name="Vale").count() == 2


def test_a_list_changes_what_it_says_and_leaves_what_it_leaves_empty(sunflowers: Place) -> None:
    mo = sunflowers.member("Mo")
    brought(mo, ASH)

    done = brought(mo, "ASH  vale,2022-03-27,Elms,,,")

    ash = Child.objects.get(full_name="Ash Vale")
    assert (str(ash.room), str(ash.family), done.changed) == ("Elms", "Vale", 1)
    assert events("child.changed")[-1].details == {"fields": "room"}


def test_a_date_of_birth_nobody_knew_is_filled_in(sunflowers: Place) -> None:
    plan = planned(sunflowers.member("Mo"), "Kit,27/03/2022,,,,")

    assert plan.changed[0].what == ("date of birth: 27 March 2022, not known before",)


def test_children_who_are_not_in_the_list_stay(sunflowers: Place) -> None:
    mo = sunflowers.member("Mo")
    plan = planned(mo, ASH)
    assert [one.who for one in plan.missing] == ["Kit"]

    brought(mo, ASH)

    assert Child.objects.get(full_name="Kit").left_on is None


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([ASH, ASH], "3: This is the same as line 2"),
        (["Ash Vale,31/02/2022,,,,"], "2: 31 February is not a date"),
        (["Ash Vale,01/01/2095,,,,"], "2: This day has not come yet"),
        (["Ash Vale,01/01/1971,,,,"], "2: This is too long ago"),
        (["Ash Vale,,,,,mother"], "2: Write their name"),
        (["Ash Vale,,,Vale,=cmd(),mother"], "2: It begins with ="),
    ],
    ids=["twice", "no date", "future", "old", "nobody", "formula"],
)
def test_a_line_that_cannot_be_is_said_with_its_number(
    sunflowers: Place, lines: list[str], why: str
) -> None:
    plan = planned(sunflowers.member("Mo"), *lines)

    assert [one for one in said(plan) if one.startswith(why)], said(plan)


def test_a_name_without_a_date_is_not_taken_for_a_child_who_is_here(sunflowers: Place) -> None:
    mo = sunflowers.member("Mo")
    brought(mo, ASH)

    assert "Write the date of birth" in said(planned(mo, "Ash Vale,,Oaks,,,"))[0]


def test_a_child_who_left_and_a_carer_who_was_ended_do_not_come_back(sunflowers: Place) -> None:
    mo = sunflowers.member("Mo")
    brought(mo, ASH)
    ash = Child.objects.get(full_name="Ash Vale")
    actions.end_carer(by=mo, carer=Carer.objects.get(name="Jo Vale"), reason="A court said so.")
    actions.record_leaving(by=mo, child=ash, on=timezone.localdate() - timedelta(days=1))

    plan = planned(mo, ASH)

    assert "is not added again" in plan.stayed[0].what[1]
    assert plan.stayed[0].what[0].startswith("left on")


def test_a_carer_in_two_families_is_allowed_and_said(sunflowers: Place) -> None:
    plan = planned(sunflowers.member("Mo"), ASH, "Ida Moss,01/02/2022,Oaks,Moss,Jo Vale,stepmother")

    assert plan.in_two_families == 1
    assert len(plan.added) == 2


def test_a_list_never_ties_somebody_who_opens_cases_to_a_child(sunflowers: Place) -> None:
    """Or whoever brings in a list could shut the lead out of a case (ADR 0019)."""
    dana, mo = sunflowers.member("Dana"), sunflowers.member("Mo")
    family = actions.add_family(by=dana, name="Vale")
    actions.add_carer(by=dana, family=family, name="Dana", relation="aunt", member=dana)

    plan = planned(mo, "Ash Vale,27/03/2022,Oaks,Vale,Dana,aunt")

    assert "opens cases" in said(plan)[0]
    assert plan.added == []


def test_a_family_name_alone_shows_no_child_to_a_parent_with_an_account(sunflowers: Place) -> None:
    mo, pat = sunflowers.member("Mo"), sunflowers.member("Pat")
    family = actions.add_family(by=mo, name="Vale")
    actions.add_carer(by=mo, family=family, name="Pat", relation="mother", member=pat)

    assert "would see the child" in said(planned(mo, "Ash Vale,27/03/2022,Oaks,Vale,,"))[0]
    brought(mo, "Ash Vale,27/03/2022,Oaks,Vale,Pat,mother")
    assert Child.objects.readable_by(pat).get().full_name == "Ash Vale"


def test_no_account_is_ever_linked_to_a_carer(sunflowers: Place) -> None:
    brought(sunflowers.member("Mo"), "Ash Vale,27/03/2022,Oaks,Vale,Pat,mother")

    assert Carer.objects.get(name="Pat").member is None


def test_a_child_of_another_family_is_not_moved(sunflowers: Place) -> None:
    """That would show the child to one parent and hide it from another."""
    mo = sunflowers.member("Mo")
    brought(mo, ASH)

    plan = planned(mo, "Ash Vale,27/03/2022,Oaks,Moss,Ida Moss,mother")

    assert "stays with the family Vale" in plan.stayed[0].what[0]
    assert plan.with_it["carers"] == 0


def test_two_nurseries_never_mix(sunflowers: Place, bluebells: Place) -> None:
    brought(sunflowers.member("Mo"), ASH)
    there = bluebells.member("Mo")

    assert planned(there, ASH).counts["added"] == 1
    brought(there, ASH)

    child = Child.objects.get(full_name="Ash Vale", setting=bluebells.setting)
    assert child.family is not None
    assert child.room is not None
    places = {child.family.setting_id, child.room.setting_id, child.family.carers.get().setting_id}
    assert places == {bluebells.setting.pk}
    with pytest.raises(PermissionDenied):
        actions.forget_import(by=sunflowers.member("Mo"), of=begun(there, ROWAN))


@pytest.mark.parametrize("who", ["Priya", "Pat", "Vic", "Cora"])
def test_who_does_not_keep_the_list_brings_none_in(sunflowers: Place, who: str) -> None:
    with pytest.raises(PermissionDenied):
        begun(sunflowers.member(who), ASH)


def test_nobody_goes_on_with_the_list_of_another(sunflowers: Place) -> None:
    of = begun(sunflowers.member("Mo"), ASH)

    for act in (actions.do_import, actions.ask_import):
        with pytest.raises(PermissionDenied):
            act(by=sunflowers.member("Dana"), of=of, plan="")
