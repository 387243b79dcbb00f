"""A tie counts on one's own word, or on a second person's."""

import pytest
from django.core.exceptions import PermissionDenied

from foundation.errors import RuleBroken
from safeguarding.people import actions
from safeguarding.people.models import Carer, Member, Relationship
from tests.people import signed_in as checked_in

from .cast import Place, events, signed_in

ties = Relationship.objects


def declared(by: Member, one: Member, other: Member) -> Relationship:
    return actions.declare_relationship(by=by, about=one, kind="close", other_member=other)


def counts(place: Place, *names: str) -> list[str]:
    return [name for name in names if ties.counting_for(place.member(name).pk).exists()]


def test_what_one_declares_counts_for_oneself_and_for_the_other_once_they_say_so(
    sunflowers: Place,
) -> None:
    priya, dana = sunflowers.member("Priya"), sunflowers.member("Dana")
    tie = declared(priya, priya, dana)
    assert counts(sunflowers, "Priya", "Dana") == ["Priya"]

    actions.confirm_relationship(by=dana, tie=tie)
    assert counts(sunflowers, "Priya", "Dana") == ["Priya", "Dana"]
    with pytest.raises(RuleBroken, match="already confirmed"):
        actions.confirm_relationship(by=dana, tie=tie)


@pytest.mark.parametrize("name", ["Pat", "Vic"])
def test_a_parents_or_volunteers_word_counts_for_themselves_alone(
    sunflowers: Place, name: str
) -> None:
    one, dana = sunflowers.member(name), sunflowers.member("Dana")
    declared(one, one, dana)

    assert counts(sunflowers, name, "Dana") == [name]
    with pytest.raises(PermissionDenied):
        declared(one, dana, sunflowers.member("Devi"))


def test_what_a_leader_says_of_two_others_counts_for_whoever_confirms_it(
    sunflowers: Place,
) -> None:
    devi, dana, vic = (sunflowers.member(name) for name in ("Devi", "Dana", "Vic"))
    tie = declared(devi, dana, vic)
    assert counts(sunflowers, "Dana", "Vic", "Devi") == []
    with pytest.raises(PermissionDenied):
        actions.confirm_relationship(by=devi, tie=tie)
    with pytest.raises(PermissionDenied):
        actions.confirm_relationship(by=sunflowers.member("Priya"), tie=tie)

    actions.confirm_relationship(by=vic, tie=tie)
    assert counts(sunflowers, "Dana", "Vic") == ["Vic"]
    actions.confirm_relationship(by=sunflowers.member("Cora"), tie=tie)
    assert counts(sunflowers, "Dana", "Vic") == ["Dana", "Vic"]


def test_a_tie_is_ended_from_outside_and_counts_no_more(sunflowers: Place) -> None:
    dana, mo = sunflowers.member("Dana"), sunflowers.member("Mo")
    tie = declared(dana, dana, mo)
    for name in ("Dana", "Mo", "Priya"):
        with pytest.raises(PermissionDenied):
            actions.end_relationship(by=sunflowers.member(name), tie=tie, reason="no")

    actions.end_relationship(by=sunflowers.member("Cora"), tie=tie, reason="long ago")
    assert counts(sunflowers, "Dana", "Mo") == []
    for act in (
        lambda: actions.confirm_relationship(by=mo, tie=tie),
        lambda: actions.end_relationship(by=sunflowers.member("Devi"), tie=tie, reason="x"),
    ):
        with pytest.raises(RuleBroken, match="already ended"):
            act()


def test_each_is_asked_for_the_ties_they_may_confirm(sunflowers: Place) -> None:
    member = sunflowers.member
    between = declared(member("Priya"), member("Priya"), member("Dana"))
    known = declared(member("Devi"), member("Vic"), member("Priya"))
    priya = member("Priya")
    actions.declare_relationship(by=priya, about=priya, kind="close", child=sunflowers.kit)

    def asked() -> dict[str, list[Relationship]]:
        names = ("Dana", "Devi", "Cora", "Priya", "Vic", "Pat")
        return {name: list(ties.to_confirm(member(name))) for name in names}

    both = [between, known]
    before = {"Dana": both, "Devi": [between], "Cora": both, "Priya": [known], "Vic": [known]}
    assert asked() == {**before, "Pat": []}
    for tie in both:
        actions.confirm_relationship(by=member("Mo"), tie=tie)
    assert not any(asked().values())


def test_a_tie_elsewhere_is_nobodys_to_confirm_or_end(sunflowers: Place, bluebells: Place) -> None:
    tie = declared(*[sunflowers.member(name) for name in ("Priya", "Priya", "Vic")])
    mo = bluebells.member("Mo")
    assert not ties.to_confirm(mo).exists()
    with pytest.raises(PermissionDenied):
        actions.confirm_relationship(by=mo, tie=tie)
    with pytest.raises(PermissionDenied):
        actions.end_relationship(by=mo, tie=tie, reason="x")


def test_the_page_of_ties_says_how_each_stands_and_lets_them_be_confirmed(
    sunflowers: Place,
) -> None:
    priya, vic, at = sunflowers.member("Priya"), sunflowers.member("Vic"), sunflowers.at
    tie = declared(vic, vic, priya)
    client = signed_in(priya)
    assert b"it counts only for whoever in it" in client.get(at("people/ties/")).content

    assert client.post(at(f"people/ties/{tie.pk}/confirm/"))["Location"] == at("people/ties/")
    assert b"Confirmed by Priya" in client.get(at("people/ties/")).content
    assert counts(sunflowers, "Priya") == ["Priya"]
    dana = checked_in(sunflowers.member("Dana"))
    assert dana.get(at(f"people/ties/{tie.pk}/end/")).status_code == 200
    assert dana.post(at(f"people/ties/{tie.pk}/end/"), {"reason": ""}).status_code == 422
    dana.post(at(f"people/ties/{tie.pk}/end/"), {"reason": "an error"})
    assert b"counts no more: an error" in client.get(at("people/ties/")).content


def test_with_a_password_alone_nobody_ties_a_lead(sunflowers: Place) -> None:
    dana, at = sunflowers.member("Dana"), sunflowers.at
    thief = signed_in(dana)
    tie = declared(*[sunflowers.member(name) for name in ("Priya", "Priya", "Dana")])
    for path in ("ties/", f"{sunflowers.people['Priya'].pk}/ties/", f"ties/{tie.pk}/confirm/"):
        data = {"kind": "relative", "child": sunflowers.kit.pk}
        answer = thief.post(at(f"people/{path}"), data)
        assert answer["Location"].startswith("/accounts/second-check/"), path
    assert ties.count() == 1
    assert not events("relationship.confirmed")


def test_a_carers_account_is_chosen_on_the_page(sunflowers: Place) -> None:
    family = actions.add_family(by=sunflowers.member("Mo"), name="Fern")
    client, page = (
        checked_in(sunflowers.member("Mo")),
        sunflowers.at(f"people/families/{family.pk}/carers/"),
    )
    data = {"name": "Fay", "relation": "mother"}
    refused = client.post(page, data | {"member": sunflowers.people["Dana"].pk})
    assert b"opens cases here" in refused.content
    client.post(page, data | {"member": sunflowers.people["Priya"].pk})
    assert Carer.objects.get().member == sunflowers.people["Priya"]


def test_who_no_longer_cares_for_a_child_is_kept_from_nothing_and_never_says_so_themselves(
    sunflowers: Place,
) -> None:
    morgan, dana = sunflowers.member("Mo"), sunflowers.member("Dana")
    family = actions.add_family(by=morgan, name="Fern")
    own = actions.add_carer(by=dana, family=family, name="Dana", relation="aunt", member=dana)
    page = sunflowers.at(f"people/carers/{own.pk}/end/")
    assert checked_in(dana).post(page, {"reason": "I say so"}).status_code == 403
    assert signed_in(sunflowers.member("Priya")).get(page).status_code in {302, 403, 404}
    with pytest.raises(PermissionDenied):
        actions.end_carer(by=dana, carer=own, reason="I say so")

    checked_in(morgan).post(page, {"reason": "Moved away."})
    assert not family.carers.current()
    assert Carer.objects.count() == 1
    assert events("carer.ended")
    assert checked_in(morgan).post(page, {"reason": "Again."}).status_code == 404
