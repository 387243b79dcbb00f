"""Today also says what is not set up, what has stopped and which mail never arrived, to those it helps."""

import pytest
from django.core import mail
from django.utils import timezone

from demo.cast import Nursery
from demo.second_check import give_second_factor
from foundation.jobs.models import DeadJob
from safeguarding.concerns.models import Concern
from safeguarding.concerns.tests.given import a_report, filed
from safeguarding.directory.actions import Details, change_contact, choose_area
from safeguarding.directory.models import Contact
from safeguarding.notifications.models import Delivery
from safeguarding.people import actions as people
from safeguarding.people.roles import Role
from tests.people import signed_in

from .test_today import page


def test_whoever_opens_cases_is_asked_to_set_up_the_second_check(
    sunflowers: Nursery, subtests: pytest.Subtests
) -> None:
    for who in ["dana", "devi", "morgan", "wren", "cleo"]:
        with subtests.test(who):
            member = sunflowers.people[who]
            assert "Set up your second check" in page(member)

            give_second_factor(member.user)

            assert "Set up your second check" not in page(member)


def test_nobody_else_is_asked_for_it(sunflowers: Nursery, subtests: pytest.Subtests) -> None:
    for who in ["priya", "tariq", "pat", "vic", "omar"]:
        with subtests.test(who):
            assert "Set up your second check" not in page(sunflowers.people[who])


def test_that_nobody_could_call_the_lado_is_told_to_whoever_writes_it_down(
    bluebells: Nursery,
) -> None:
    """England’s list knows no number of theirs: a new setting has to find them, and has to know that."""
    n, said = bluebells, "Nobody here could call your LADO or social care"
    assert {name for name, who in n.people.items() if said in page(who)} == {
        *("dana", "devi", "morgan")
    }
    said_of = Details("They", "report", "local", ("setting",), "It.", phone="01632 960001")
    for slug, told in (("lado", True), ("social-care", False)):
        contact = Contact.objects.filter(setting=n.setting).current().get(slug=slug)
        change_contact(by=n.dana, contact=contact, details=said_of)
        assert (said in page(n.dana)) is told


def test_the_list_of_an_area_one_has_left_says_nothing_any_more(bluebells: Nursery) -> None:
    n, said = bluebells, "Nobody here could call your LADO or social care"
    choose_area(by=n.dana, area="kent")  # its list knows a page of the LADO
    contact = Contact.objects.filter(setting=n.setting).current().get(slug="social-care")
    said_of = Details("They", "report", "local", ("setting",), "It.", phone="01632 960001")
    change_contact(by=n.dana, contact=contact, details=said_of)
    assert said not in page(n.dana)

    choose_area(by=n.dana, area="england")
    assert said in page(n.dana)


def test_a_job_that_failed_for_good_is_told_to_those_who_can_help(sunflowers: Nursery) -> None:
    n = sunflowers
    job = DeadJob.objects.create(job_id=n.setting.pk, task="deliver", error="OSError", attempts=8)
    told = {name for name, member in n.people.items() if "has stopped" in page(member)}
    assert told == {"dana", "devi", "morgan", "tariq"}

    job.settle(at=timezone.now())
    assert "has stopped" not in page(n.dana)


def test_a_mail_that_never_arrived_is_told_by_the_person_and_not_by_what_it_was(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    filed(n.priya, a_report(in_danger_now=True))
    Delivery.objects.filter(notification__recipient=n.devi).update(given_up_at=timezone.now())

    assert "Devi Sharma, last tried" in page(n.morgan)
    assert "last tried" not in page(n.priya)
    assert Concern.objects.get().code not in page(n.morgan)
    assert mail.outbox == []


def test_whoever_may_confirm_is_told_that_something_waits_for_their_word(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    people.grant_role(by=n.morgan, to=n.priya, role=Role.DEPUTY)

    for member, waits in ((n.dana, True), (n.cleo, True), (n.morgan, False), (n.priya, False)):
        page = signed_in(member).get(n.setting.link_to("today:today")).content.decode()
        assert ("Something waits for your word" in page) is waits, member


def test_the_other_side_of_a_tie_is_asked(sunflowers: Nursery) -> None:
    n = sunflowers
    people.declare_relationship(by=n.sam, about=n.sam, kind="close", other_member=n.priya)

    page = signed_in(n.priya).get(n.setting.link_to("today:today")).content.decode()
    assert "Something waits for your word" in page
