"""A new colleague: the list begins with the role, somebody shows it, they sign it themselves."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.notifications.models import Clock, Notification
from safeguarding.notifications.tasks import escalate_missed
from safeguarding.people import actions as people
from safeguarding.people.given import Person
from safeguarding.people.models import Member
from safeguarding.people.roles import Role
from safeguarding.training import actions, new_here
from safeguarding.training.models import Induction, InductionItem, OwnItem
from safeguarding.training.new_here import fulfilled_by
from safeguarding.training.tasks import look_after_training
from tests.people import left, signed_in


@pytest.fixture
def agreements(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[object, date]]:
    """Another part of Hedgerow that says who signed the agreement."""
    signed: dict[object, date] = {}
    monkeypatch.setattr(new_here, "_fulfilling", {})
    fulfilled_by("agreement", lambda members, _at: {m: signed[m] for m in members if m in signed})
    yield signed


def a_new_volunteer(at: Nursery) -> Member:
    ends = timezone.localdate() + timedelta(days=90)
    new = Person("Nell Foster", "nell@x.example", frozenset({Role.VOLUNTEER}), ends)
    return people.add_member(by=at.morgan, person=new)


def begun(member: Member) -> Induction:
    look_after_training.call()
    return Induction.objects.get(member=member)


def test_it_begins_with_the_role_once_and_not_for_those_who_were_here(sunflowers: Nursery) -> None:
    nell = a_new_volunteer(sunflowers)
    induction = begun(nell)
    look_after_training.call()
    assert list(Induction.objects.values_list("member", flat=True)) == [nell.pk]
    assert induction.audience == "volunteer"
    assert "filtering" not in induction.items.values_list("item", flat=True)


def test_somebody_shows_it_and_the_new_colleague_signs(sunflowers: Nursery) -> None:
    n = sunflowers
    nell = a_new_volunteer(n)
    induction, today = begun(nell), timezone.localdate()
    items = list(induction.items.all())
    show: dict[str, Any] = {"induction": induction, "items": items, "on": today}
    with pytest.raises(PermissionDenied):
        actions.show_items(by=n.priya, presenter=n.priya, **show)
    with pytest.raises(RuleBroken):
        actions.show_items(by=n.dana, presenter=nell, **show)
    with pytest.raises(RuleBroken):
        actions.sign_items(by=nell, induction=induction, items=items)

    actions.show_items(by=n.dana, presenter=n.priya, **show)
    with pytest.raises(PermissionDenied):
        actions.sign_items(by=n.dana, induction=induction, items=items)
    actions.sign_items(by=nell, induction=induction, items=items[1:])
    assert Induction.objects.open().count() == 1
    actions.sign_items(by=nell, induction=induction, items=items[:1])

    assert not Induction.objects.open().exists()
    assert not Clock.objects.running().filter(subject_kind="induction").exists()


def test_what_is_late_is_owed_by_a_clock_and_told_once(sunflowers: Nursery) -> None:
    nell = a_new_volunteer(sunflowers)
    induction = begun(nell)
    running = Clock.objects.running().filter(subject_id=induction.pk)
    assert {one.owner.name for one in running} == {"Dana Okafor", "Morgan Hughes"}
    assert {one.rule_id for one in running} == {"training.induction"}
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        escalate_missed.call()
        escalate_missed.call()
    late = Notification.objects.filter(kind="induction_late")
    assert sorted(one.recipient.name for one in late) == [
        "Dana Okafor",
        "Devi Sharma",
        "Morgan Hughes",
    ]


def test_an_agreement_signed_elsewhere_is_taken_over(
    sunflowers: Nursery, agreements: dict[object, date]
) -> None:
    nell = a_new_volunteer(sunflowers)
    induction = begun(nell)
    left = InductionItem.objects.filter(induction=induction).unfinished()
    assert left.filter(item="agreement").exists()

    agreements[nell.pk] = timezone.localdate()
    taken = actions.take_what_is_done_elsewhere(by=nell, inductions=[induction])

    assert taken == 1
    assert not left.filter(item="agreement").exists()
    assert actions.take_what_is_done_elsewhere(by=nell, inductions=[induction]) == 0


def test_whoever_is_not_new_is_left_out_for_a_reason(sunflowers: Nursery) -> None:
    n = sunflowers
    induction = begun(a_new_volunteer(n))
    with pytest.raises(PermissionDenied):
        actions.leave_out_inductions(by=n.priya, inductions=[induction], reason="No.")
    actions.leave_out_inductions(by=n.morgan, inductions=[induction], reason="Here since 2019.")
    assert not Induction.objects.open().exists()
    assert not Clock.objects.running().filter(subject_kind="induction").exists()


def test_one_begins_by_hand_for_somebody_who_comes_back(sunflowers: Nursery) -> None:
    n = sunflowers
    today = timezone.localdate()
    again = actions.begin_induction(by=n.morgan, member=n.priya, starts=today)
    assert again.audience == "staff"
    with pytest.raises(RuleBroken):
        actions.begin_induction(by=n.morgan, member=n.priya, starts=today)
    with pytest.raises(RuleBroken):
        actions.begin_induction(by=n.morgan, member=n.pat, starts=today)


def test_what_a_setting_adds_is_shown_to_who_comes_next_until_it_is_retired_for_a_reason(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    early = begun(a_new_volunteer(n))
    dana = signed_in(n.dana)
    page = "/at/sunflowers/training/induction/items/"
    said = {"name": "The gate", "text": "Its code.", "audiences": ["volunteer", "staff"]}
    assert signed_in(n.wren).post(f"{page}add/", said).status_code == 403
    assert dana.post(f"{page}add/", said | {"first_day": "on"}).status_code == 302
    begin: dict[str, Any] = {"by": n.morgan, "starts": timezone.localdate()}

    assert not early.items.filter(item="own-the-gate").exists(), "a list that has begun stays"
    mine = actions.begin_induction(member=n.sam, **begin).items.get(item="own-the-gate")
    assert (mine.name, mine.first_day, mine.by_app) == ("The gate", True, "")
    assert b"Write why" in dana.post(f"{page}own-the-gate/retire/", {"reason": ""}).content
    dana.post(f"{page}own-the-gate/retire/", {"reason": "It has no code now."})
    assert not actions.begin_induction(member=n.priya, **begin).items.filter(item=mine.item)
    assert b"It has no code now." in dana.get(page).content
    assert OwnItem.objects.filter(slug=mine.item).count() == 2
    with pytest.raises(RuleBroken, match="not on your list"):
        actions.retire_item(by=n.dana, slug=mine.item, reason="Again.")


def test_nobody_is_chased_for_a_new_colleague_who_has_left(sunflowers: Nursery) -> None:
    nell = a_new_volunteer(sunflowers)
    one = begun(nell)
    assert Clock.objects.running().filter(subject_id=one.pk).exists()
    left(sunflowers, nell)

    assert not Clock.objects.running().filter(subject_id=one.pk).exists()


def test_a_parent_of_the_first_day_who_is_taken_on_begins(sunflowers: Nursery) -> None:
    n = sunflowers
    people.grant_role(by=n.morgan, to=n.pat, role=Role.PRACTITIONER)
    people.grant_role(by=n.morgan, to=n.priya, role=Role.TECHNICAL)
    induction = begun(n.pat)

    assert induction.audience == "staff"
    assert not Induction.objects.filter(member=n.priya).exists(), "she was staff from the first day"


def test_a_volunteer_who_is_taken_on_is_shown_what_only_staff_are(sunflowers: Nursery) -> None:
    nell = a_new_volunteer(sunflowers)
    first = begun(nell)
    people.grant_role(by=sunflowers.morgan, to=nell, role=Role.PRACTITIONER)
    for _ in range(2):
        look_after_training.call()
    second = Induction.objects.exclude(pk=first.pk).get(member=nell)

    assert second.audience == "staff"
    assert [one.item for one in second.items.all()] == ["filtering"], (
        "the rest is on her first list"
    )


def test_nothing_was_shown_before_somebody_came(sunflowers: Nursery) -> None:
    n = sunflowers
    induction, today = begun(a_new_volunteer(n)), timezone.localdate()

    def shown_on(day: date) -> None:
        items = list(induction.items.all())
        actions.show_items(by=n.dana, induction=induction, items=items, on=day, presenter=n.devi)

    with pytest.raises(RuleBroken, match="not before"):
        shown_on(today - timedelta(days=1))
    shown_on(today)


def test_what_was_left_out_is_neither_shown_nor_signed_afterwards(sunflowers: Nursery) -> None:
    n = sunflowers
    nell = a_new_volunteer(n)
    induction, today = begun(nell), timezone.localdate()
    items = list(induction.items.all())
    actions.show_items(by=n.dana, induction=induction, items=items[:1], on=today, presenter=n.devi)
    actions.leave_out_inductions(by=n.dana, inductions=[induction], reason="Was here before.")

    with pytest.raises(RuleBroken, match="was left out"):
        actions.show_items(by=n.dana, induction=induction, items=items, on=today, presenter=n.devi)
    with pytest.raises(RuleBroken, match="was left out"):
        actions.sign_items(by=nell, induction=induction, items=items)


def test_who_helps_no_more_and_stays_as_a_parent_is_shown_nothing(sunflowers: Nursery) -> None:
    n = sunflowers
    nell = a_new_volunteer(n)
    begun(nell)
    people.grant_role(by=n.morgan, to=nell, role=Role.PARENT)
    held = nell.roles_held.get(role=Role.VOLUNTEER)
    people.end_role(by=n.morgan, held=held, reason="Helps no more.")
    look_after_training.call()

    assert not Clock.objects.running().filter(subject_kind="induction").exists()


def test_where_only_a_deputy_leads_beside_the_newcomer_they_show_it(sunflowers: Nursery) -> None:
    n = sunflowers
    left(n, n.dana)
    induction = actions.begin_induction(by=n.devi, member=n.morgan, starts=timezone.localdate())
    clocks = Clock.objects.running().filter(subject_id=induction.pk, key__startswith="show/")

    assert {one.owner for one in clocks} == {n.devi, n.wren}
