"""Whoever is said to have done it is shut out with each account they have, also one they get later (R10)."""

import pytest
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.audit.models import INSTALLATION
from safeguarding.audit.trail import System
from safeguarding.concerns import actions
from safeguarding.concerns.models import Concern
from safeguarding.concerns.permissions import is_shut_out, may_read_concern
from safeguarding.concerns.report import Person
from safeguarding.people.actions import change_address, confirm_role, grant_role
from safeguarding.people.models import Member, RoleHeld, User
from safeguarding.people.permissions import OPERATOR
from safeguarding.people.roles import Role
from safeguarding.people.settling import settle_again
from safeguarding.people.tests.cast import in_a_hurry
from tests.people import anew, signed_in

from .given import WELFARE, a_report, about, filed, told

TODAY = timezone.localdate


def second_account(n: Nursery, of: Member, *roles: Role) -> Member:
    user = User.objects.create_user(f"second.{of.user.email}", name=of.name)
    twin = Member.objects.create(setting=n.setting, user=user, name=of.name)
    for role in roles:
        RoleHeld.objects.create(setting=n.setting, member=twin, role=role, starts=TODAY())
    return twin


def test_the_other_account_is_not_told_and_reads_nothing(sunflowers: Nursery) -> None:
    n = sunflowers
    twin = second_account(n, n.dana, Role.LEAD)
    concern = filed(n.priya, about(n.dana))

    assert "Dana" not in told(concern)
    assert is_shut_out(twin, concern.pk)
    assert not may_read_concern(anew(twin), concern)
    assert filed(n.priya, about(n.dana), key=concern.key) == concern, "sent again it is the same"
    page = signed_in(n.morgan).get(n.setting.link_to("concerns:concern", concern.pk))
    assert page.content.decode().count("Dana Okafor: said to have done it") == 1


def test_who_is_named_later_is_named_with_both(sunflowers: Nursery) -> None:
    n = sunflowers
    twin = second_account(n, n.devi, Role.LEAD)
    concern = filed(n.priya, about(n.sam))
    actions.name_in_report(by=n.morgan, concern=concern, person=Person("alleged", member=n.devi))
    assert is_shut_out(twin, concern.pk)


@pytest.mark.parametrize("whose", ["sam", "priya"])
def test_an_account_that_comes_later_is_shut_out_with_its_role(
    sunflowers: Nursery, whose: str
) -> None:
    n, same = sunflowers, whose == "sam"
    concern = filed(n.priya, about(n.sam))
    twin = second_account(n, getattr(n, whose))
    held = grant_role(by=n.morgan, to=twin, role=Role.DEPUTY)
    confirm_role(by=n.dana, held=held, despite=in_a_hurry())

    assert is_shut_out(anew(twin), concern.pk) is same
    confirmed = Concern.objects.readable_by(anew(twin)).filter(pk=concern.pk).exists()
    assert not (same and confirmed)


@pytest.mark.parametrize(("changed", "box_of"), [("devi", "sam"), ("sam", "devi")])
def test_an_account_that_proves_to_lead_to_the_same_mail_box_is_shut_out(
    sunflowers: Nursery, changed: str, box_of: str
) -> None:
    n = sunflowers
    concern = filed(n.priya, about(n.sam))
    box, _, host = n.people[box_of].user.email.partition("@")
    operator = System(OPERATOR, INSTALLATION)
    change_address(by=operator, user=n.people[changed].user, email=f"{box}+also@{host}")

    assert is_shut_out(anew(n.devi), concern.pk)


@pytest.mark.parametrize(
    ("written", "known"), [("jo  BRIGHT", "known"), ("Joanna Bright", ""), ("Bright", "")]
)
def test_whoever_was_named_in_writing_is_shut_out_with_the_account_they_get(
    sunflowers: Nursery, written: str, known: str
) -> None:
    """The new deputy, of whom something was said before anybody could choose her in a list.

    Said of her as of somebody who works here, it is sealed from the first word to those who were told.
    """
    n = sunflowers
    concern = filed(n.priya, a_report(WELFARE, Person("alleged", name=written)))
    user = User.objects.create_user("jo@sunflowers.test", name="Jo Bright")
    jo = Member.objects.create(setting=n.setting, user=user, name="Jo Bright")
    confirm_role(
        by=n.dana, held=grant_role(by=n.morgan, to=jo, role=Role.DEPUTY), despite=in_a_hurry()
    )

    assert is_shut_out(anew(jo), concern.pk) is bool(known)
    readable = Concern.objects.readable_by(anew(jo)).filter(pk=concern.pk).exists()
    assert not (known and readable)


def test_a_parent_who_comes_to_work_here_was_in_no_list_before(sunflowers: Nursery) -> None:
    n = sunflowers
    concern = filed(n.priya, a_report(WELFARE, Person("alleged", name=n.pat.display_name)))
    confirm_role(
        by=n.dana, held=grant_role(by=n.morgan, to=n.pat, role=Role.DEPUTY), despite=in_a_hurry()
    )

    assert is_shut_out(anew(n.pat), concern.pk)


def test_whoever_had_an_account_when_somebody_of_their_name_was_written_is_not_meant(
    sunflowers: Nursery,
) -> None:
    """The form asked then, and the reporter said that it is somebody else."""
    n = sunflowers
    concern = filed(n.priya, a_report(WELFARE, Person("alleged", name="Devi Sharma")))
    settle_again(n.devi)
    assert not is_shut_out(anew(n.devi), concern.pk)
