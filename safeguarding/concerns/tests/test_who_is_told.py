"""Who hears of a report first, and who hears of it when that person may not."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.concerns import kinds
from safeguarding.concerns.models import Concern, Recipient
from safeguarding.concerns.report import Person
from safeguarding.notifications.models import Notification
from safeguarding.people import actions as people
from safeguarding.people.models import Member
from safeguarding.people.roles import Role
from safeguarding.people.tests.cast import in_a_hurry
from safeguarding.procedures.library import definitions
from tests.people import signed_in

from .given import GROOMING, IMAGE, WELFARE, a_report, about, filed, told


def tied(member: Member, other: Member) -> None:
    """Put on record that two people here are close."""
    people.declare_relationship(by=member, about=member, kind="close", other_member=other)


def test_the_lead_is_told_and_only_she(sunflowers: Nursery) -> None:
    concern = filed(sunflowers.priya)

    assert told(concern) == {"Dana"}
    message = Notification.objects.get()
    assert (message.recipient, message.kind) == (sunflowers.dana, "concern_reported")


@pytest.mark.parametrize(
    "report",
    [
        lambda: a_report(WELFARE, in_danger_now=True),
        lambda: a_report(IMAGE),
        lambda: a_report(GROOMING),
    ],
    ids=["a child in danger now", "a picture", "grooming"],
)
def test_leads_and_deputies_are_told_at_once(
    sunflowers: Nursery, report: Callable[[], object]
) -> None:
    concern = filed(sunflowers.priya, report())  # type: ignore[arg-type]

    assert told(concern) == {"Dana", "Devi"}


def test_a_message_about_a_child_in_danger_is_urgent(sunflowers: Nursery) -> None:
    filed(sunflowers.priya, a_report(in_danger_now=True))

    assert [one.is_urgent for one in Notification.objects.all()] == [True, True]


def test_the_bearer_of_two_posts_is_told_once(sunflowers: Nursery) -> None:
    held = people.grant_role(by=sunflowers.morgan, to=sunflowers.dana, role=Role.DEPUTY)
    people.confirm_role(by=sunflowers.cleo, held=held, despite=in_a_hurry())

    concern = filed(sunflowers.priya, a_report(in_danger_now=True))

    assert Recipient.objects.filter(concern=concern).count() == 2


@pytest.mark.parametrize("part", ["harmed", "alleged"])
def test_a_lead_whose_own_child_is_in_it_is_passed_over(sunflowers: Nursery, part: str) -> None:
    family = sunflowers.noor.family
    assert family is not None
    people.add_carer(
        by=sunflowers.dana, family=family, name="Dana", relation="Aunt", member=sunflowers.dana
    )

    concern = filed(sunflowers.priya, a_report(WELFARE, Person(part, child=sunflowers.noor)))

    assert told(concern) == {"Devi"}
    assert concern not in Concern.objects.readable_by(sunflowers.dana)


def test_a_report_falls_from_lead_to_deputy_to_managers_to_the_committee_lead(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    heard = []
    for out in (None, n.dana, n.devi, n.morgan, n.wren):
        if out:
            people.declare_relationship(by=out, about=out, kind="relative", child=n.kit)
        heard.append(told(filed(n.priya, a_report(WELFARE, Person("harmed", child=n.kit)))))

    assert heard == [{"Dana"}, {"Devi"}, {"Morgan", "Wren"}, {"Wren"}, {"Cleo"}]


def test_somebody_whose_role_has_ended_hears_nothing(sunflowers: Nursery) -> None:
    held = sunflowers.dana.roles_held.current(timezone.localdate()).get(role=Role.LEAD)
    people.end_role(by=sunflowers.dana, held=held, reason="moved away")

    assert told(filed(sunflowers.priya)) == {"Devi"}


def test_nobody_of_another_setting_hears_anything(sunflowers: Nursery, bluebells: Nursery) -> None:
    filed(sunflowers.priya, a_report(IMAGE, in_danger_now=True))

    assert not Notification.objects.filter(setting=bluebells.setting).exists()


def test_when_nobody_here_may_know_the_receipt_says_whom_to_call(sunflowers: Nursery) -> None:
    n = sunflowers
    accused = Person("alleged", member=n.morgan)
    for one in (n.dana, n.devi, n.cleo):
        tied(one, n.morgan)

    concern = filed(n.priya, a_report(WELFARE, accused))
    page = signed_in(n.priya).get(n.setting.link_to("concerns:receipt", concern.pk))

    assert told(concern) == set()
    text = page.content.decode()
    assert "Nobody here can deal with this report" in text
    assert all(who in text for who in ("LADO", "police on 101", "Ofsted", "NSPCC"))


def test_a_receipt_that_somebody_was_told_of_names_nobody_outside_as_the_only_way(
    sunflowers: Nursery,
) -> None:
    concern = filed(sunflowers.priya)
    page = signed_in(sunflowers.priya).get(
        sunflowers.setting.link_to("concerns:receipt", concern.pk)
    )

    assert "Nobody here can deal" not in page.content.decode()


def test_each_kind_of_report_is_guarded_as_its_procedure_says(sunflowers: Nursery) -> None:
    for kind, definition in definitions().items():
        assert filed(sunflowers.sam, a_report(kind)).record_class == definition.record_class
    assert filed(sunflowers.sam, a_report(kinds.OTHER)).record_class == "C1"


@pytest.mark.parametrize("kind", [WELFARE, IMAGE, GROOMING])
def test_about_an_adult_here_it_is_an_allegation_whatever_the_kind(
    sunflowers: Nursery, kind: str
) -> None:
    named = filed(sunflowers.priya, a_report(kind, Person("alleged", member=sunflowers.sam)))
    described = Person("alleged", name="the new cook", works_here=True)

    assert named.record_class == "C3"
    assert filed(sunflowers.priya, a_report(kind, described)).record_class == "C3"
    assert about(sunflowers.sam).is_about_an_adult_here
