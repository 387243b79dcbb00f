"""Two settings, each with a lead, a manager, a practitioner and a parent."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

import pytest
from django.test import Client

from safeguarding.audit.trail import System
from safeguarding.directory.actions import install_defaults
from safeguarding.people.actions import Person, open_setting
from safeguarding.people.models import Member, Setting
from safeguarding.people.permissions import OPERATOR
from safeguarding.people.roles import Role
from tests.people import signed_in
from tests.standing import built_once

ROLES = (Role.LEAD, Role.MANAGER, Role.PRACTITIONER, Role.PARENT)


@dataclass(frozen=True)
class Place:
    """A setting and somebody in each role."""

    setting: Setting
    opened_by: System

    def who(self, role: Role) -> Member:
        return self.setting.members.get(roles_held__role=role)

    def signed_in(self, role: Role) -> Client:
        return signed_in(self.who(role))


def a_place(name: str, area: str) -> Place:
    operator = System(OPERATOR, uuid4())
    people = [
        Person(role.label, f"{role}@{name.lower()}.example", frozenset({role})) for role in ROLES
    ]
    setting = open_setting(by=operator, name=name, people=people, area=area)
    install_defaults(by=operator, setting=setting)
    return Place(setting, operator)


sunflowers = built_once(lambda: a_place("Sunflowers", "kent"))
bluebells = built_once(lambda: a_place("Bluebells", "england"))


@pytest.fixture
def page(sunflowers: Place) -> Callable[..., str]:
    """The address of one of Sunflowers' pages."""
    return sunflowers.setting.link_to
