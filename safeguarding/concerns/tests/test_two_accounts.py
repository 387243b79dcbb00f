"""Two accounts of one person are one person wherever something takes two (rule R23)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.concerns import actions
from safeguarding.concerns.actions import Device, Receiver, StepRef
from safeguarding.concerns.forms.steps import ViewingForm
from safeguarding.directory import actions as directory
from safeguarding.directory.models import Contact
from safeguarding.people import actions as people
from safeguarding.people.given import Person
from safeguarding.people.models import Member, RoleHeld
from safeguarding.people.permissions import may_review_glass
from safeguarding.people.roles import Role
from safeguarding.people.tests.cast import in_a_hurry

from .given import IMAGE, a_case, a_report, again
from .test_f25_break_glass import broken, later
from .test_following_to_closure import begun
from .test_frozen_files import asked, folder, frozen
from .test_what_one_may_not_do_alone import HERS, the_lado

__all__ = ["folder"]
NO = (RuleBroken, PermissionDenied)


def second_account(
    n: Nursery, of: Member, confirmed_by: Member, role: Role = Role.COMMITTEE_LEAD
) -> Member:
    box = of.user.email.partition("@")[0]
    again_they = Person(
        name=of.name,
        email=f"{box}+home@sunflowers.example",
        roles=frozenset({role}),
    )
    member = people.add_member(by=n.morgan, person=again_they)
    for held in RoleHeld.objects.filter(member=member).waiting(timezone.now()):
        people.confirm_role(by=confirmed_by, held=held, despite=in_a_hurry())
    return again(member)


def test_the_end_of_a_role_is_confirmed_by_another_person(sunflowers: Nursery) -> None:
    n = sunflowers
    other = second_account(n, n.morgan, n.dana)
    held = n.dana.roles_held.get(role=Role.LEAD)
    ending = people.end_role(by=n.morgan, held=held, reason="x")
    with pytest.raises(NO):
        people.confirm_end(by=other, ending=ending)


def test_a_tie_is_confirmed_and_ended_by_another_person(sunflowers: Nursery) -> None:
    n = sunflowers
    other = second_account(n, n.morgan, n.dana)
    tie = people.declare_relationship(
        by=n.morgan, about=n.morgan, kind="close", other_member=n.dana
    )
    with pytest.raises(NO):
        people.confirm_relationship(by=other, tie=tie)
    with pytest.raises(NO):
        people.end_relationship(by=other, tie=tie, reason="over")


def test_a_key_of_a_file_is_destroyed_by_another_person(sunflowers: Nursery) -> None:
    n = sunflowers
    other = second_account(n, n.dana, n.devi)
    waiting = asked(n, frozen(n, a_case(n.priya, n.dana)))
    with pytest.raises(NO):
        actions.approve_destruction(by=other, asked=waiting, bound_to=waiting.bound_to)


def test_a_device_goes_to_another_person(sunflowers: Nursery) -> None:
    n = sunflowers
    other = second_account(n, n.dana, n.devi, Role.DEPUTY)
    case = a_case(n.priya, n.dana)
    device = Device("Phone", "Hers", "Office")
    item = actions.take_into_custody(by=n.dana, case=case, device=device, place="Safe")
    with pytest.raises(RuleBroken, match="second person"):
        actions.offer_handover(by=n.dana, item=item, receiver=Receiver(to=other), place="Safe")


def test_the_hour_with_a_child_is_not_made_longer_by_another_account(sunflowers: Nursery) -> None:
    n = sunflowers
    other = second_account(n, n.morgan, n.dana, Role.DEPUTY)
    broken(n.morgan, n.kit)
    for child in (n.kit, n.noor):
        with pytest.raises(RuleBroken, match="still running"):
            broken(other, child)
    with later(minutes=61), pytest.raises(RuleBroken, match="review the last time first"):
        broken(other, n.kit)


def test_a_number_is_checked_by_another_person(sunflowers: Nursery) -> None:
    n = sunflowers
    other = second_account(n, n.dana, n.devi, Role.DEPUTY)
    lado = Contact.objects.filter(setting=n.setting, slug="lado").current().get()
    changed = directory.change_contact(by=n.dana, contact=lado, details=the_lado(n, HERS))
    with pytest.raises(RuleBroken, match="somebody"):
        directory.check_contact(by=other, contact=changed)


def test_what_two_people_decide_is_not_decided_by_one_with_two_accounts(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    walker = begun(n, "relationship-declared", "both-approve")
    walker.walk(leaving_out=True, until="manager-decides")
    other = second_account(n, n.dana, n.devi)
    actions.let_know(by=n.dana, case=walker.case, member=other, reason="Second account.")
    ref = StepRef(walker.run, "manager-decides")
    option = walker.run.definition.by_id["manager-decides"].options[0].id
    with pytest.raises(RuleBroken, match="different people"):
        actions.conclude(by=other, case=walker.case, option=option, reasons="Yes.", step=ref)


def test_nobody_is_the_second_person_at_a_picture_by_another_account(sunflowers: Nursery) -> None:
    n = sunflowers
    second_account(n, n.dana, n.devi, Role.DEPUTY)
    form = ViewingForm(None, case=a_case(n.priya, n.dana, a_report(IMAGE)), member=n.dana)
    assert n.dana.name not in dict(form.fields["second_person"].choices)  # type: ignore[attr-defined]


def test_nobody_reviews_their_own_broken_glass_by_another_account(sunflowers: Nursery) -> None:
    n = sunflowers
    other = second_account(n, n.morgan, n.dana)
    Member.objects.filter(pk=other.pk).update(name="M. Hughes")
    glass = broken(n.morgan, n.kit)
    assert not may_review_glass(again(other), glass)
