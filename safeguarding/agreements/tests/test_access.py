"""Access is given by another, rests on role, agreement and training, and ends when one of them does."""

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from demo.cast import Nursery
from foundation.errors import RuleBroken
from foundation.jobs.worker import run_ready
from safeguarding.agreements import actions, tasks
from safeguarding.agreements.access import lapsed, standing
from safeguarding.agreements.audiences import Audience
from safeguarding.agreements.models import Grant, GrantEnded
from safeguarding.approvals.actions import approve
from safeguarding.approvals.asked import those_asked
from safeguarding.notifications.models import Clock, Notification
from safeguarding.people import actions as people
from safeguarding.people.actions import end_role
from safeguarding.people.given import Person
from safeguarding.people.roles import Role
from tests.budget import MOST, queries_of
from tests.people import anew, left, signed_in

from .given import in_force, sign, trained

DAY = timedelta(days=1)
OWN, NOT_NOW = "/at/sunflowers/agreements/", "Not at the moment"


def given(at: Nursery, kind: str = "wifi", what: str = "") -> Grant:
    return actions.give_access(by=at.morgan, to=at.priya, kind=kind, what=what)


def own_page(at: Nursery) -> str:
    return signed_in(at.priya).get(OWN).content.decode()


def run() -> None:
    tasks.keep_access.enqueue()
    run_ready()


def test_nobody_gives_themselves_anything_and_a_practitioner_gives_nothing(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    for by, to in ((n.morgan, n.morgan), (n.priya, n.sam), (n.dana, n.priya)):
        with pytest.raises(PermissionDenied):
            actions.give_access(by=by, to=to, kind="wifi")


def test_it_is_given_only_once_the_agreement_is_signed(sunflowers: Nursery) -> None:
    n = sunflowers
    agreement = in_force(n)
    with pytest.raises(RuleBroken, match="has not signed"):
        given(n)
    sign(agreement, n.priya)

    assert given(n).member == n.priya
    with pytest.raises(RuleBroken, match="already"):
        given(n)


def test_a_channel_of_ours_takes_its_own_agreement_and_up_to_date_training(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    agreement = in_force(n, Audience.SOCIAL_MEDIA)
    with pytest.raises(RuleBroken, match="has not signed"):
        given(n, "social_channel", "Our page")
    sign(agreement, n.priya)
    with pytest.raises(RuleBroken, match="Training that Priya Nair needs"):
        given(n, "social_channel", "Our page")
    trained(n, n.priya)

    grant = given(n, "social_channel", "Our page")
    assert lapsed([grant], timezone.now() + 30 * DAY) == []
    found = lapsed([grant], timezone.now() + 366 * DAY)
    assert found == [(grant, GrantEnded.Why.TRAINING)]


@pytest.mark.parametrize("name", ["dana", "priya", "tariq"])
@pytest.mark.parametrize("kind", ["office_computer", "learning_journal_admin", "internet_security"])
def test_the_office_computer_and_administration_are_for_manager_and_deputies(
    sunflowers: Nursery, name: str, kind: str
) -> None:
    with pytest.raises(RuleBroken, match="holds no role that goes with it"):
        actions.ask_for_access(by=sunflowers.morgan, to=sunflowers.people[name], kind=kind)


def test_administration_takes_a_second_person_who_is_not_the_one_who_gets_it(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    trained(n, n.wren)
    said = {"to": n.wren, "kind": "internet_security"}
    with pytest.raises(RuleBroken, match="second person"):
        actions.give_access(by=n.morgan, **said)  # type: ignore[arg-type]
    approval = actions.ask_for_access(by=n.morgan, **said)  # type: ignore[arg-type]
    asked = those_asked(approval)
    assert n.wren not in asked
    assert n.morgan not in asked

    approve(by=n.dana, approval=approval, seen=approval.digest)

    assert Grant.objects.get().approval == approval
    assert ("To whom", "Wren Adeyemi") in approval.said_to(n.dana).lines


def test_a_second_account_of_whoever_gets_it_is_no_second_person(sunflowers: Nursery) -> None:
    n = sunflowers
    trained(n, n.wren)
    person = Person("wren  ADEYEMI", "w@sunflowers.example", frozenset({Role.PRACTITIONER}))
    twin = people.add_member(by=n.morgan, person=person)
    held = people.grant_role(by=n.morgan, to=twin, role=Role.COMMITTEE_LEAD)
    people.confirm_role(by=n.cleo, held=held)
    approval = actions.ask_for_access(by=n.morgan, to=n.wren, kind="internet_security")

    assert twin not in those_asked(approval)
    with pytest.raises(PermissionDenied):
        approve(by=anew(twin), approval=approval, seen=approval.digest)
    assert not Grant.objects.exists()


def test_when_the_agreement_lapses_it_ends_by_the_clock_and_somebody_is_asked_to_switch_it_off(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    sign(in_force(n), n.priya)
    given(n)
    in_force(n)
    run()
    assert not GrantEnded.objects.exists()
    with time_machine.travel(timezone.now() + 15 * DAY, tick=True):
        run()
        run()
        ended = GrantEnded.objects.get()

        assert ended.why == GrantEnded.Why.AGREEMENT
        clock = Clock.objects.running().get(subject_id=ended.pk)
        assert clock.owner == n.tariq
        assert "Change the Wi-Fi code" in clock.text
        told = Notification.objects.filter(subject_id=ended.pk).values_list("kind", "recipient")
        assert set(told) == {("access_ended", n.priya.pk), ("access_to_switch_off", n.tariq.pk)}


def test_whoever_leaves_loses_what_they_had_and_it_is_taken_back(sunflowers: Nursery) -> None:
    n = sunflowers
    given(n, "computer", "Tablet 2")
    end_role(by=n.morgan, held=n.priya.roles_held.get(), reason="She moves away.")
    run()
    ended = GrantEnded.objects.get()
    client = signed_in(n.tariq)
    page = client.get(f"/at/sunflowers/agreements/access/ended/{ended.pk}/")

    assert ended.why == GrantEnded.Why.ROLE
    assert b"Take the device back" in page.content
    client.post(f"/at/sunflowers/agreements/access/ended/{ended.pk}/", {"note": "Wiped."})
    assert ended.switched_off.done_by == n.tariq
    assert not Clock.objects.running().filter(subject_id=ended.pk).exists()
    with pytest.raises(RuleBroken, match="already"):
        actions.switch_off(by=n.morgan, ended=ended)


def test_who_is_away_is_not_the_one_who_has_to_switch_it_off(sunflowers: Nursery) -> None:
    n = sunflowers
    given(n, "computer", "Tablet 2")
    today = timezone.localdate()
    people.record_absence(by=n.tariq, about=n.tariq, starts=today, ends=today + DAY)
    left(n, n.priya)
    run()
    clock = Clock.objects.running().get(subject_kind="access")
    assert clock.owner == n.morgan

    people.record_absence(by=n.morgan, about=n.morgan, starts=today, ends=today + DAY)
    clock.refresh_from_db()
    assert clock.owner in {n.wren, n.cleo}


def test_whoever_had_it_does_not_say_that_it_is_switched_off(sunflowers: Nursery) -> None:
    n = sunflowers
    grant = actions.give_access(by=n.morgan, to=n.tariq, kind="wifi")
    ended = actions.end_access(by=n.morgan, grant=grant)

    with pytest.raises(PermissionDenied):
        actions.switch_off(by=n.tariq, ended=ended)
    assert Clock.objects.running().get(subject_id=ended.pk).owner == n.morgan


def test_what_somebody_has_ended_is_not_ended_again(sunflowers: Nursery) -> None:
    grant = given(sunflowers)
    actions.end_access(by=sunflowers.priya, grant=grant, note="I have my own.")

    with pytest.raises(RuleBroken, match="ended already"):
        actions.end_access(by=sunflowers.morgan, grant=grant)


@pytest.mark.parametrize("count", [1, 6])
def test_how_access_stands_takes_as_many_questions_for_one_as_for_many(
    sunflowers: Nursery, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    in_force(sunflowers)
    ids: list[UUID] = [one.pk for one in list(sunflowers.people.values())[:count]]

    with django_assert_num_queries(8):
        standing(ids, timezone.now())


def test_the_past_still_shows_the_past(sunflowers: Nursery) -> None:
    n = sunflowers
    sign(in_force(n), n.priya)
    grant, then = given(n), timezone.now()
    with time_machine.travel(timezone.now() + DAY, tick=True):
        in_force(n)
    later = timezone.now() + 16 * DAY

    assert lapsed([grant], then) == []
    assert lapsed([grant], later) == [(grant, GrantEnded.Why.AGREEMENT)]


def test_ones_own_page_is_right_at_once_and_does_not_wait_for_the_clock(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    agreement = in_force(n)
    sign(agreement, n.priya)
    in_force(n, days=400)
    trained(n, n.priya)
    given(n)
    given(n, "learning_journal")
    assert NOT_NOW not in own_page(n)
    with time_machine.travel(timezone.now() + 366 * DAY, tick=True):
        assert own_page(n).count(NOT_NOW) == 1
        assert "Online safety" in own_page(n)
        assert len(queries_of(signed_in(n.priya), OWN)) <= MOST
    actions.withdraw(by=n.priya, signature=n.priya.signatures.get())

    assert own_page(n).count(NOT_NOW) == 2
    assert not GrantEnded.objects.exists()


def test_an_agreement_before_its_first_day_takes_nothing_away(sunflowers: Nursery) -> None:
    given(sunflowers)
    in_force(sunflowers, days=14)

    assert NOT_NOW not in own_page(sunflowers)


def test_newcomers_are_asked_once(sunflowers: Nursery) -> None:
    n = sunflowers
    agreement = in_force(n)
    running = Clock.objects.running().filter(subject_id=agreement.pk)
    running.filter(owner=n.sam).delete()
    sign(agreement, n.priya)
    run()
    run()

    assert running.filter(owner=n.sam).count() == 1
    assert not running.filter(owner=n.priya).exists()


def test_the_pages_stay_within_their_budget(sunflowers: Nursery) -> None:
    n = sunflowers
    agreement = in_force(n)
    [signature, *_] = sign(agreement, n.morgan, n.priya, n.tariq)
    grant = given(n)
    ended = actions.end_access(by=n.morgan, grant=given(n, "computer", "Tablet 1"))
    client = signed_in(n.morgan)
    fixed = ("", "everyone/", "versions/", "versions/staff/", "access/", "access/new/")
    of_one = (
        *(f"{agreement.pk}/", f"{agreement.pk}/by/{n.sam.pk}/", f"answers/{signature.pk}/"),
        *(f"access/{grant.pk}/end/", f"access/ended/{ended.pk}/"),
    )
    for page in (*fixed, *of_one):
        found = queries_of(client, f"/at/sunflowers/agreements/{page}")
        assert len(found) <= MOST, page
