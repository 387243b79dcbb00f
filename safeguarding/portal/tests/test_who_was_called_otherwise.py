"""A name that somebody had here still means them: nobody reads what is said of them by a new one (R10)."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.concerns.adults import AdultsHere
from safeguarding.concerns.models import Concern
from safeguarding.concerns.permissions import is_shut_out
from safeguarding.concerns.report import Person
from safeguarding.concerns.tests.given import WELFARE, a_report, filed, typed
from safeguarding.people.actions import end_role, grant_role, rename_member
from safeguarding.people.models import Member
from safeguarding.people.one_person import is_one_person
from safeguarding.people.roles import Role
from tests.people import anew, signed_in

from .given import told


@pytest.fixture
def after_a_week(sunflowers: Nursery) -> Nursery:
    """Dana has been here for more than a day, and calls herself otherwise."""
    with time_machine.travel(timezone.now() + timedelta(days=7)):
        rename_member(by=sunflowers.dana, member=sunflowers.dana, name="Delia Brook")
    return sunflowers


def is_kept_from(concern: Concern, member: Member) -> bool:
    heard = {row.member_id for row in concern.recipients.all()}
    return is_shut_out(anew(member), concern.pk) and member.pk not in heard


@pytest.mark.parametrize(
    "said",
    [
        {"name": "Dana Okafor"},
        {"name": "Dana"},
        {"name": "Denna Okafour"},
        {"what": "Dana Okafor shook him by the arm."},
        {"name": "Delia Brook"},
    ],
)
def test_whoever_is_named_by_their_name_of_before_is_not_told(
    after_a_week: Nursery, said: dict[str, str]
) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        concern, _ = told(after_a_week, None, **{"about": "someone", **said})
        assert is_kept_from(concern, after_a_week.dana)


def test_a_new_name_makes_nobody_a_second_person(after_a_week: Nursery) -> None:
    n = after_a_week
    twin = Member(setting=n.setting, user=n.priya.user, name="Dana Okafor")
    dana = Member.objects.select_related("user").get(pk=n.dana.pk)
    assert is_one_person(dana, twin)
    assert not is_one_person(dana, n.devi)
    assert AdultsHere(n.setting).named("okafor, dana") == dana, "chosen for who wrote it out"
    page = signed_in(n.morgan).get(n.setting.link_to("people:member", dana.pk)).text
    assert "Called Dana Okafor here before." in page


def test_whoever_reports_is_told_why_somebody_of_another_name_may_be_meant(
    after_a_week: Nursery,
) -> None:
    n = after_a_week
    person = {"who": "else", "name": "Mrs Okafor", "part": "alleged"}
    answer = signed_in(n.priya).post(n.setting.link_to("concerns:report"), typed(people=[person]))
    said = answer.text.replace("&#x27;", "'")
    assert "Do you mean Delia Brook (by a name they had before)?" in said
    assert "Dana Okafor" not in said, "nobody is told what it was"


def test_what_was_written_of_a_name_that_becomes_theirs_is_kept_from_them(
    sunflowers: Nursery,
) -> None:
    """Her name was typed with a slip when she came, and whoever reported knew it better."""
    n = sunflowers
    with time_machine.travel(timezone.now() + timedelta(days=7)) as clock:
        concern = filed(n.priya, a_report(WELFARE, Person("alleged", name="Bryony Oak")))
        assert not is_shut_out(anew(n.devi), concern.pk)
        clock.shift(timedelta(hours=1))
        rename_member(by=n.devi, member=n.devi, name="Bryony Oak")
        assert is_shut_out(anew(n.devi), concern.pk)


def test_whoever_comes_back_is_kept_from_what_was_written_of_their_name_of_before(
    sunflowers: Nursery,
) -> None:
    n, was = sunflowers, sunflowers.priya.name
    with time_machine.travel(timezone.now() + timedelta(days=7)) as clock:
        rename_member(by=n.morgan, member=n.priya, name="Priya Brook")
        for held in n.priya.roles_held.all():
            end_role(by=n.morgan, held=held, reason="She leaves.")
        clock.shift(timedelta(days=7))
        concern = filed(n.sam, a_report(WELFARE, Person("alleged", name=was)))
        clock.shift(timedelta(days=7))
        grant_role(by=n.morgan, to=anew(n.priya), role=Role.PRACTITIONER)
        assert is_shut_out(anew(n.priya), concern.pk)


def test_a_slip_that_is_seen_within_a_day_was_never_their_name(sunflowers: Nursery) -> None:
    n = sunflowers
    rename_member(by=n.morgan, member=n.priya, name="Priya Narayan")
    assert Member.objects.get(pk=n.priya.pk).names == ["Priya Narayan"]
