"""A group officer is in no cast: whatever a link leads them to opens, as for everybody else."""

import re

import pytest
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.concerns.tests.given import again
from safeguarding.people.models import Member, RoleHeld, User
from safeguarding.people.roles import Role
from tests.people import signed_in

LINK = re.compile(r'href="(/at/sunflowers/[^"#?]*)')
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|OSP[\w-]+|MTS[\w-]+")

pytestmark = pytest.mark.once


def officer(n: Nursery) -> Member:
    user = User.objects.create_user("gil@meadow.example", name="Gil Ford")
    member = Member.objects.create(setting=n.setting, user=user, name="Gil Ford")
    day = timezone.localdate()
    RoleHeld.objects.create(setting=n.setting, member=member, role=Role.GROUP_OFFICER, starts=day)
    return again(member)


def test_every_link_that_is_shown_to_them_opens(sunflowers: Nursery) -> None:
    client = signed_in(officer(sunflowers))
    waiting, kinds, refused = ["/at/sunflowers/"], set[str](), dict[str, int]()
    while waiting:
        page = waiting.pop()
        answer = client.get(page)
        if answer.status_code >= 400:
            refused[page] = answer.status_code
        found = [] if answer.streaming else LINK.findall(answer.content.decode(errors="replace"))
        new = {ID.sub("#", one): one for one in found if ID.sub("#", one) not in kinds}
        kinds |= set(new)
        waiting += new.values()

    assert refused == {}
    assert len(kinds) > 10
