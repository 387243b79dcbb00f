"""Naming the adult a report is about, where whoever sent it could not: shut out in the same moment."""

import pytest
from django.core.exceptions import PermissionDenied

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.concerns import actions
from safeguarding.concerns.permissions import may_read_concern
from safeguarding.concerns.report import Person
from safeguarding.notifications.models import Clock, Notification
from tests.people import signed_in

from .given import first_names, told


def test_the_lead_is_named_and_the_deputy_takes_her_place(sunflowers: Nursery) -> None:
    concern, _ = told(sunflowers, about="someone", what="The tall one in the office shook him.")
    assert first_names(concern) == {"Dana", "Morgan"}
    path = sunflowers.setting.link_to("concerns:name_person", concern.pk)
    form = {"who": f"member:{sunflowers.dana.pk}", "part": "alleged"}
    assert signed_in(sunflowers.morgan).post(path, form).status_code == 302

    assert not may_read_concern(sunflowers.dana, concern)
    assert may_read_concern(sunflowers.devi, concern)
    owners = {one.owner for one in Clock.objects.running().filter(subject_id=concern.pk)}
    assert owners == {sunflowers.morgan}
    shown = Notification.objects.readable_by(sunflowers.dana).filter(about_id=concern.pk)
    assert not shown.exists()
    assert signed_in(sunflowers.dana).get(path).status_code == 404


def test_whoever_else_was_told_hears_that_somebody_was_named(sunflowers: Nursery) -> None:
    concern, _ = told(sunflowers, about="someone")
    actions.name_in_report(
        by=sunflowers.morgan, concern=concern, person=Person("alleged", member=sunflowers.vic)
    )

    [added] = Notification.objects.filter(kind="report_added_to", about_id=concern.pk)
    assert added.recipient == sunflowers.dana


def test_who_names_themselves_no_longer_sees_it(sunflowers: Nursery) -> None:
    concern, _ = told(sunflowers, about="someone")
    path = sunflowers.setting.link_to("concerns:name_person", concern.pk)
    form = {"who": f"member:{sunflowers.morgan.pk}", "part": "alleged"}
    answer = signed_in(sunflowers.morgan).post(path, form)

    assert answer["Location"] == sunflowers.setting.link_to("concerns:waiting")
    assert not may_read_concern(sunflowers.morgan, concern)


def test_only_whoever_decides_on_it_names_somebody(sunflowers: Nursery) -> None:
    concern, _ = told(sunflowers, about="someone")
    person = Person("alleged", member=sunflowers.dana)

    for by in (sunflowers.devi, sunflowers.priya, sunflowers.vic):
        with pytest.raises(PermissionDenied):
            actions.name_in_report(by=by, concern=concern, person=person)


def test_a_report_about_a_child_does_not_become_one_about_an_adult(sunflowers: Nursery) -> None:
    concern, _ = told(sunflowers)

    with pytest.raises(RuleBroken, match="of its own"):
        actions.name_in_report(
            by=sunflowers.dana, concern=concern, person=Person("alleged", member=sunflowers.vic)
        )
    child = Person("harmed", child=sunflowers.kit)
    actions.name_in_report(by=sunflowers.dana, concern=concern, person=child)
    assert concern.involvements.get().child == sunflowers.kit


def test_what_is_decided_on_is_named_in_its_case(sunflowers: Nursery) -> None:
    concern, _ = told(sunflowers)
    actions.put_aside(by=sunflowers.dana, concern=concern, reasons="Nothing in it.")

    with pytest.raises(RuleBroken, match="already decided"):
        actions.name_in_report(
            by=sunflowers.dana, concern=concern, person=Person("harmed", child=sunflowers.kit)
        )
