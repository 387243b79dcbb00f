"""Two change who holds a role in the same moment: a manager stays, and nobody holds a role twice."""

import pytest

from demo.cast import open_nursery
from safeguarding.people import actions
from safeguarding.people.models import RoleConfirmed
from safeguarding.people.roles import Role
from tests.at_once import in_the_moment_of

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def test_of_two_managers_who_go_in_the_same_moment_one_stays() -> None:
    n = open_nursery("Sunflowers")
    hers = actions.grant_role(by=n.cleo, to=n.devi, role=Role.MANAGER)
    RoleConfirmed.objects.get_or_create(role_held=hers, defaults={"setting": n.setting})
    his = n.morgan.roles_held.get(role=Role.MANAGER)

    with in_the_moment_of(lambda: actions.end_role(by=n.devi, held=hers, reason="x")) as met:
        actions.end_role(by=n.morgan, held=his, reason="x")

    assert ["Somebody has to look after people" in str(one) for one in met] == [True]
    assert not hers.endings.exists()


def test_a_role_that_two_people_give_in_the_same_moment_is_held_once() -> None:
    n = open_nursery("Sunflowers")
    role = Role.DEPUTY

    with in_the_moment_of(lambda: actions.grant_role(by=n.cleo, to=n.tariq, role=role)) as met:
        actions.grant_role(by=n.morgan, to=n.tariq, role=role)

    assert ["This role is given already" in str(one) for one in met] == [True]
    assert n.tariq.roles_held.filter(role=role).count() == 1
