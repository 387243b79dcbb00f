"""Saying who a report is about: only people of one's own setting can be chosen."""

from datetime import timedelta

import pytest
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.concerns.models import Concern
from safeguarding.people import actions as people
from tests.people import anew, signed_in

from .given import SAID, typed
from .test_report_form import refused


def test_a_child_of_another_setting_cannot_be_chosen(
    sunflowers: Nursery, bluebells: Nursery
) -> None:
    child = {"who": f"child:{bluebells.kit.pk}", "part": "harmed"}
    page = refused(sunflowers, typed(people=[child]))

    assert "not one of those on the page" in page
    assert SAID in page


def test_staff_of_another_setting_cannot_be_chosen(sunflowers: Nursery, bluebells: Nursery) -> None:
    adult = {"who": f"member:{bluebells.sam.pk}", "part": "alleged"}

    assert "not one of those on the page" in refused(sunflowers, typed(people=[adult]))


@pytest.mark.parametrize(
    "person",
    [
        {"who": "else"},
        {"part": "harmed"},
        {"name": "Somebody"},
        {"who": "child:not-an-id", "part": "harmed"},
    ],
)
def test_half_a_person_is_asked_about_again(sunflowers: Nursery, person: dict[str, str]) -> None:
    assert "Look again at who was involved" in refused(sunflowers, typed(people=[person]))


def test_a_parent_is_offered_their_own_children_only(sunflowers: Nursery) -> None:
    link = sunflowers.setting.link_to("concerns:report")
    page = signed_in(sunflowers.pat, second_check=False).get(link).content.decode()

    assert "Kit Lindqvist" in page
    assert "Noor Rahman" not in page


def test_a_child_who_has_left_is_no_longer_offered(sunflowers: Nursery) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    people.record_leaving(by=sunflowers.dana, child=sunflowers.kit, on=yesterday)
    child = {"who": f"child:{sunflowers.kit.pk}", "part": "harmed"}

    assert SAID in refused(sunflowers, typed(people=[child]))


def test_a_child_who_has_left_is_known_by_the_full_name(sunflowers: Nursery) -> None:
    """Whoever cares for the child works here still: they are kept out of it as before."""
    n, yesterday = sunflowers, timezone.localdate() - timedelta(days=1)
    assert n.kit.family is not None
    people.add_carer(by=n.devi, family=n.kit.family, name="D", relation="Mother", member=n.devi)
    people.record_leaving(by=n.dana, child=n.kit, on=yesterday)
    kit = {"who": "else", "name": "kit lindqvist", "part": "harmed"}
    theirs = {"who": "else", "name": "Kit", "part": "witness"}

    signed_in(n.priya).post(n.setting.link_to("concerns:report"), typed(people=[kit, theirs]))

    concern = Concern.objects.get()
    assert [one.child for one in concern.involvements.order_by("part")] == [n.kit, None]
    assert concern not in Concern.objects.readable_by(anew(n.devi))
    assert concern in Concern.objects.readable_by(n.dana)
