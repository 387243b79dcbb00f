"""Power over cases is given and ended by two people (rules R23, R25)."""

from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from foundation.errors import RuleBroken
from safeguarding.audit.trail import System
from safeguarding.people import actions
from safeguarding.people.given import Person
from safeguarding.people.models import Member, RoleEnded, RoleHeld, Setting
from safeguarding.people.models.posts import WAITS
from safeguarding.people.permissions import OPERATOR
from safeguarding.people.roles import FOUR_EYES, Role
from tests.people import signed_in as checked_in

from .cast import Place, events, in_a_hurry, signed_in


def given(place: Place, role: Role = Role.LEAD, to: str = "Priya") -> RoleHeld:
    return actions.grant_role(by=place.member("Mo"), to=place.member(to), role=role)


def ended(place: Place, name: str, by: str = "Mo") -> RoleEnded:
    held = place.member(name).roles_held.get()
    return actions.end_role(by=place.member(by), held=held, reason="because")


@pytest.mark.parametrize("role", sorted(FOUR_EYES))
def test_a_role_that_opens_cases_counts_once_a_second_person_confirmed(
    sunflowers: Place, role: Role
) -> None:
    held = given(sunflowers, role)
    assert role not in sunflowers.member("Priya").roles
    with pytest.raises(RuleBroken, match="waits for a second person"):
        given(sunflowers, role)
    for name in ("Mo", "Priya", "Pat"):
        with pytest.raises(PermissionDenied):
            actions.confirm_role(by=sunflowers.member(name), held=held)

    actions.confirm_role(by=sunflowers.member("Cora"), held=held, despite=in_a_hurry())
    assert role in sunflowers.member("Priya").roles
    assert events("role.confirmed")
    with pytest.raises(RuleBroken, match="does not wait"):
        actions.confirm_role(by=sunflowers.member("Dana"), held=held)


def test_other_roles_count_at_once_and_so_do_the_first(sunflowers: Place) -> None:
    given(sunflowers, Role.COMMITTEE)
    assert Role.COMMITTEE in sunflowers.member("Priya").roles
    assert Role.LEAD in sunflowers.member("Dana").roles


def test_a_new_member_who_is_to_lead_waits_too_and_nobody_is_shown_their_link(
    sunflowers: Place,
) -> None:
    roles = frozenset({Role.LEAD, Role.PRACTITIONER})
    mo = sunflowers.member("Mo")
    new = actions.add_member(by=mo, person=Person("N", "n@x.example", roles))
    assert Member.objects.get(pk=new.pk).roles == {Role.PRACTITIONER}
    assert actions.invite(by=mo, to=new) == ""


def test_an_end_waits_too_and_one_of_ones_own_does_not(sunflowers: Place) -> None:
    ending = ended(sunflowers, "Dana")
    assert sunflowers.member("Dana").is_lead
    with pytest.raises(RuleBroken, match="asked for already"):
        ended(sunflowers, "Dana")
    for name in ("Mo", "Dana", "Priya"):
        with pytest.raises(PermissionDenied):
            actions.confirm_end(by=sunflowers.member(name), ending=ending)

    actions.confirm_end(by=sunflowers.member("Devi"), ending=ending)
    assert not sunflowers.member("Dana").roles
    with pytest.raises(RuleBroken, match="does not wait"):
        actions.confirm_end(by=sunflowers.member("Cora"), ending=ending)
    assert ended(sunflowers, "Devi", by="Devi").counts
    assert not sunflowers.member("Devi").roles


def test_a_manager_alone_cannot_end_all_leads_nor_be_left_out(sunflowers: Place) -> None:
    for name in ("Dana", "Devi", "Cora"):
        ended(sunflowers, name)
    assert len(sunflowers.setting.holding(FOUR_EYES, timezone.localdate())) == 4
    for by in ("Mo", "Cora"):
        with pytest.raises(RuleBroken, match="look after people here"):
            ended(sunflowers, "Mo", by=by)


def test_an_accused_manager_is_replaced_by_the_committee_lead_and_one_other(
    sunflowers: Place,
) -> None:
    cora, dana = sunflowers.member("Cora"), sunflowers.member("Dana")
    held = actions.grant_role(by=cora, to=sunflowers.member("Devi"), role=Role.MANAGER)
    actions.confirm_role(by=dana, held=held)
    ending = ended(sunflowers, "Mo", by="Cora")
    assert sunflowers.member("Mo").roles
    actions.confirm_end(by=dana, ending=ending)
    assert not sunflowers.member("Mo").roles
    with pytest.raises(PermissionDenied):
        ended(sunflowers, "Priya", by="Cora")


def test_what_nobody_confirms_in_time_is_over(sunflowers: Place) -> None:
    held, ending = given(sunflowers), ended(sunflowers, "Devi")
    cora = sunflowers.member("Cora")
    assert list(RoleHeld.objects.to_confirm(cora)) == [held]
    assert list(RoleEnded.objects.to_confirm(cora)) == [ending]
    with time_machine.travel(timezone.now() + WAITS + timedelta(hours=1)):
        assert not RoleHeld.objects.to_confirm(cora).exists()
        assert not RoleEnded.objects.to_confirm(cora).exists()
        with pytest.raises(RuleBroken, match="does not wait"):
            actions.confirm_role(by=cora, held=held)
        with pytest.raises(RuleBroken, match="does not wait"):
            actions.confirm_end(by=cora, ending=ending)
        actions.confirm_end(by=cora, ending=ended(sunflowers, "Devi"))
        given(sunflowers)


def test_a_role_taken_back_before_it_counted_cannot_be_confirmed(sunflowers: Place) -> None:
    held = given(sunflowers)
    actions.end_role(by=sunflowers.member("Mo"), held=held, reason="a slip")
    with pytest.raises(RuleBroken, match="does not wait"):
        actions.confirm_role(by=sunflowers.member("Dana"), held=held)


def test_only_those_who_may_are_asked(sunflowers: Place, bluebells: Place) -> None:
    held, ending = given(sunflowers), ended(sunflowers, "Devi")
    for name, asked in (("Dana", 2), ("Cora", 2), ("Devi", 1), ("Mo", 0), ("Priya", 0)):
        member = sunflowers.member(name)
        found = [*RoleHeld.objects.to_confirm(member), *RoleEnded.objects.to_confirm(member)]
        assert len(found) == asked, name
    with pytest.raises(PermissionDenied):
        actions.confirm_role(by=bluebells.member("Dana"), held=held)
    with pytest.raises(PermissionDenied):
        actions.confirm_end(by=bluebells.member("Dana"), ending=ending)


def test_the_property_and_the_question_agree(sunflowers: Place) -> None:
    given(sunflowers)
    given(sunflowers, Role.COMMITTEE, "Pat")
    deputy = given(sunflowers, Role.DEPUTY, "Pat")
    actions.confirm_role(by=sunflowers.member("Dana"), held=deputy, despite=in_a_hurry())
    actions.confirm_end(by=sunflowers.member("Dana"), ending=ended(sunflowers, "Cora"))
    for name, by in (("Dana", "Mo"), ("Devi", "Devi"), ("Vic", "Mo")):
        ended(sunflowers, name, by=by)

    for ending in RoleEnded.objects.all():
        assert ending.counts == RoleEnded.objects.counting().filter(pk=ending.pk).exists()
    never_ended = RoleHeld.objects.filter(endings__isnull=True)
    current = set(RoleHeld.objects.current(timezone.localdate()))
    assert {one for one in never_ended if one.is_confirmed} <= current
    assert not {one for one in never_ended if not one.is_confirmed} & current


def a_small_place(**roles: Role) -> dict[str, Member]:
    by = System(OPERATOR, uuid4())
    people = [Person(name, f"{name}@x.example", frozenset({role})) for name, role in roles.items()]
    setting: Setting = actions.open_setting(by=by, name="Small", slug="small", people=people)
    return {one.user.name: one for one in setting.members.select_related("user", "setting")}


def test_a_manager_with_nobody_beside_them_appoints_the_first_lead(db: None) -> None:
    people = a_small_place(mo=Role.MANAGER, priya=Role.PRACTITIONER)
    assert actions.grant_role(by=people["mo"], to=people["priya"], role=Role.LEAD).is_confirmed
    assert Member.objects.get(pk=people["priya"].pk).is_lead


def test_where_nobody_can_confirm_an_end_the_installation_does(db: None) -> None:
    people = a_small_place(mo=Role.MANAGER, dana=Role.LEAD)
    held = people["dana"].roles_held.get()
    ending = actions.end_role(by=people["mo"], held=held, reason="gone")
    assert Member.objects.get(pk=people["dana"].pk).is_lead
    with pytest.raises(PermissionDenied):
        actions.confirm_end(by=System("daily reminders", held.setting_id), ending=ending)

    call_command("confirm_role", "small", "Dana@x.example", stdout=StringIO())
    assert not Member.objects.get(pk=people["dana"].pk).roles
    for where, whose, said in [
        ("small", "dana", "Nothing of theirs waits"),
        ("small", "nobody", "Nobody at Small signs in with this address"),
        ("smal", "dana", "There is no setting smal here. .* There are: small"),
    ]:
        with pytest.raises(CommandError, match=said):
            call_command("confirm_role", where, f"{whose}@x.example")


def test_the_installation_confirms_nothing_that_somebody_here_can(sunflowers: Place) -> None:
    given(sunflowers)
    ended(sunflowers, "Devi")
    for name in ("priya", "devi"):
        with pytest.raises(CommandError, match="Somebody in the setting can confirm it"):
            call_command("confirm_role", "sunflowers", f"{name}@sunflowers.example")


def test_where_nobody_else_is_left_the_committee_leads_word_ends_a_role(db: None) -> None:
    people = a_small_place(dana=Role.LEAD, cora=Role.COMMITTEE_LEAD, devi=Role.DEPUTY)
    dana, devi = (people[name].roles_held.get() for name in ("dana", "devi"))
    assert not actions.end_role(by=people["cora"], held=dana, reason="x").counts
    actions.end_role(by=people["dana"], held=dana, reason="gives it up herself meanwhile")

    assert actions.end_role(by=people["cora"], held=devi, reason="x").counts
    assert not Member.objects.get(pk=people["devi"].pk).roles


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("people/add/", {"name": "P", "email": "p@x.example", "roles": ["lead"]}),
        ("people/{priya}/roles/", {"role": "lead"}),
        ("people/{priya}/invite/", {}),
        ("people/roles/{role}/end/", {"reason": "because"}),
        ("people/setting/hours/", {"opens_0": "8am", "closes_0": "6pm"}),
        ("people/setting/terms/", {"name_0": "Autumn"}),
    ],
)
def test_a_managers_password_alone_changes_nobody(
    sunflowers: Place, path: str, data: dict[str, str]
) -> None:
    dana = sunflowers.member("Dana").roles_held.get()
    address = path.format(priya=sunflowers.people["Priya"].pk, role=dana.pk)
    before = (Member.objects.count(), RoleHeld.objects.count(), RoleEnded.objects.count())
    thief = signed_in(sunflowers.member("Mo"))
    for answer in (thief.get(sunflowers.at(address)), thief.post(sunflowers.at(address), data)):
        assert answer["Location"].startswith("/accounts/second-check/")

    assert before == (Member.objects.count(), RoleHeld.objects.count(), RoleEnded.objects.count())
    assert not events("invitation.made")
    taught = thief.get(thief.get(sunflowers.at(address))["Location"])
    assert b"One more step" in taught.content


def confirmed_early(by: Client, address: str) -> None:
    """What should come first is missing: refused, then refused a day that is over, then accepted."""
    refused = by.post(address)
    assert refused.status_code == 422
    assert b"Leading on safeguarding" in refused.content
    day = {"by_when_day": "1", "by_when_month": "1", "by_when_year": "2020"}
    assert b"from today on" in by.post(address, {"reason": "Ill.", **day}).content
    soon = in_a_hurry().by_when
    day = dict(
        zip(
            ("by_when_day", "by_when_month", "by_when_year"),
            f"{soon:%d %m %Y}".split(),
            strict=True,
        )
    )
    assert by.post(address, {"reason": "Ill.", **day}).status_code == 302


def test_the_second_person_sees_what_waits_and_confirms_it(sunflowers: Place) -> None:
    mo, cora, at = (
        checked_in(sunflowers.member("Mo")),
        checked_in(sunflowers.member("Cora")),
        sunflowers.at,
    )
    priya = sunflowers.people["Priya"]
    dana = sunflowers.member("Dana").roles_held.get()
    mo.post(at(f"people/{priya.pk}/roles/"), {"role": "lead"})
    mo.post(at(f"people/roles/{dana.pk}/end/"), {"reason": "because"})
    held, ending = priya.roles_held.get(role=Role.LEAD), RoleEnded.objects.get()
    assert b"Nothing waits for you" in mo.get(at("people/waiting/")).content
    page = cora.get(at("people/waiting/")).content
    assert b"Confirm that Priya is Designated safeguarding lead" in page
    assert b"Confirm that this role of Dana ends" in page
    for name, says in (("Priya", b"Waits for a second person"), ("Dana", b"It still counts")):
        assert says in cora.get(at(f"people/{sunflowers.people[name].pk}/")).content

    confirmed_early(cora, at(f"people/roles/{held.pk}/confirm/"))
    assert cora.post(at(f"people/ends/{ending.pk}/confirm/")).status_code == 302
    assert sunflowers.member("Priya").is_lead
    assert not sunflowers.member("Dana").is_lead
    assert checked_in(priya).get(at("people/waiting/")).status_code == 200
    assert checked_in(sunflowers.people["Pat"]).get(at("people/waiting/")).status_code == 403


def test_the_committee_lead_is_offered_only_what_she_may_give(sunflowers: Place) -> None:
    page = sunflowers.at(f"people/{sunflowers.people['Priya'].pk}/roles/")
    cora = checked_in(sunflowers.member("Cora"))
    assert b"Committee member" not in cora.get(page).content
    assert cora.post(page, {"role": "committee"}).status_code == 422
