"""Whoever has not signed reports, gets help and signs; everything else is shut, pages of tomorrow too."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.agreements import actions
from safeguarding.agreements.audiences import Audience
from safeguarding.agreements.gate import OPEN
from safeguarding.agreements.models import Signature
from safeguarding.agreements.standing import signed_at
from safeguarding.concerns.models import Concern
from safeguarding.concerns.tests.given import typed
from safeguarding.notifications.models import Clock, Notification
from safeguarding.people.models import Member
from tests.architecture.addresses import inside
from tests.budget import MOST, queries_of
from tests.people import signed_in

from .given import in_force, sign

DAY = timedelta(days=1)


def opens(member: Member, page: str = "") -> bool:
    return signed_in(member).get(f"/at/sunflowers/{page}").status_code == 200


@pytest.mark.once
def test_every_page_but_those_on_the_list_is_shut_until_one_has_signed(
    sunflowers: Nursery,
) -> None:
    """A page nobody has thought of yet is shut by default. Parts of pages are asked for: the cheapest."""
    in_force(sunflowers)
    client, names = signed_in(sunflowers.priya), set()
    for address in inside():
        names.add(str(address))
        parts = dict.fromkeys([*address.ids, *address.words], str(uuid4()))
        numbers = dict.fromkeys(re.findall(r"<int:(\w+)>", address.route), "1")
        path = address.filled(parts | numbers)
        answer = client.get(f"/at/sunflowers{path}", headers={"HX-Request": "true"})
        is_shut = answer.get("HX-Redirect", "").endswith("/agreements/")

        assert is_shut == (str(address) not in OPEN), address
    assert set(OPEN) <= names


@pytest.mark.parametrize("page", ["", "concerns/cases/", "people/away/"])
@pytest.mark.parametrize("sent", ["get", "post"])
def test_a_page_that_is_shut_says_what_is_missing(
    sunflowers: Nursery, page: str, sent: str
) -> None:
    in_force(sunflowers)
    answer = getattr(signed_in(sunflowers.priya), sent)(f"/at/sunflowers/{page}")

    assert answer.status_code == 403
    assert b"Something to sign first" in answer.content
    assert b"Report a concern" in answer.content


def test_a_worry_is_reported_without_having_signed_and_its_receipt_read(
    sunflowers: Nursery,
) -> None:
    """Rule R1. What was typed elsewhere is kept, and nothing of it is done."""
    in_force(sunflowers)
    client = signed_in(sunflowers.priya)

    sent = client.post("/at/sunflowers/concerns/new/", typed())

    assert client.get(sent["Location"]).status_code == 200
    assert Concern.objects.get().reported_by == sunflowers.priya
    elsewhere = client.post("/at/sunflowers/people/away/", {"starts_day": "1"})
    assert b"What you typed is kept" in elsewhere.content


def test_nobody_is_asked_where_nothing_is_in_force_and_no_page_asks_once_more(
    sunflowers: Nursery,
) -> None:
    client = signed_in(sunflowers.priya)
    before = len(queries_of(client, "/at/sunflowers/concerns/mine/"))
    sign(in_force(sunflowers), sunflowers.priya)

    assert len(queries_of(client, "/at/sunflowers/concerns/mine/")) == before
    assert len(queries_of(client, "/at/sunflowers/agreements/")) <= MOST


@pytest.mark.parametrize("name", ["pat", "vic", "omar"])
def test_each_is_asked_for_the_agreement_of_their_own_roles(sunflowers: Nursery, name: str) -> None:
    in_force(sunflowers)
    assert opens(sunflowers.people[name])
    audience = {"pat": Audience.PARENT, "vic": Audience.VISITOR, "omar": Audience.COMMITTEE}[name]

    in_force(sunflowers, audience)

    assert not opens(sunflowers.people[name])


def test_a_no_and_a_yes_taken_back_shut_it_and_a_yes_opens_it(sunflowers: Nursery) -> None:
    n = sunflowers
    agreement = in_force(n)
    actions.refuse(by=n.priya, agreement=agreement, seen=agreement.digest, note="Too strict.")
    assert not opens(n.priya)
    [yes] = sign(agreement, n.priya)
    assert opens(n.priya)

    actions.withdraw(by=n.priya, signature=yes)

    assert not opens(n.priya)
    told = Notification.objects.filter(kind="agreement_refused", recipient=n.morgan)
    assert told.count() == 2


def test_an_older_version_counts_for_two_weeks_and_everyone_is_asked_anew(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    sign(in_force(n), n.priya)
    second = in_force(n)
    running = Clock.objects.running().filter(owner=n.priya, subject_id=second.pk)

    assert opens(n.priya)
    assert running.exists()
    with time_machine.travel(timezone.now() + 14 * DAY, tick=True):
        assert opens(n.priya)
    with time_machine.travel(timezone.now() + 15 * DAY, tick=True):
        assert not opens(n.priya)
        sign(second, n.priya)
        assert opens(n.priya)
    assert not running.exists()


def test_a_third_version_opens_nothing_to_who_ignored_the_second(sunflowers: Nursery) -> None:
    """And whoever is shut out reads what to sign, also before its first day, or goes on for some days."""
    n = sunflowers
    sign(in_force(n), n.priya, n.dana)
    in_force(n)
    with time_machine.travel(timezone.now() + 40 * DAY, tick=True):
        later = in_force(n, days=10)
        page = signed_in(n.priya).get("/at/sunflowers/")
        assert page.status_code == 403
        assert n.setting.link_to("agreements:sign", later.pk) in page.content.decode()
        actions.go_on(by=n.dana, agreement=later)
        assert opens(n.dana, "concerns/cases/")
    with time_machine.travel(timezone.now() + 50 * DAY, tick=True):
        assert not opens(n.priya)
        sign(later, n.priya)
        assert opens(n.priya)


def test_a_third_version_takes_no_day_from_the_time_for_the_second(sunflowers: Nursery) -> None:
    n = sunflowers
    sign(in_force(n), n.priya)
    in_force(n)
    in_force(n)

    with time_machine.travel(timezone.now() + 14 * DAY, tick=True):
        assert opens(n.priya)
    with time_machine.travel(timezone.now() + 15 * DAY, tick=True):
        assert not opens(n.priya)


def test_a_version_asks_from_its_first_day_and_can_be_signed_before(sunflowers: Nursery) -> None:
    n = sunflowers
    agreement = in_force(n, days=7)
    assert opens(n.priya)
    sign(agreement, n.sam)

    with time_machine.travel(timezone.now() + 7 * DAY, tick=True):
        assert not opens(n.priya)
        assert opens(n.sam)


def test_whoever_reads_cases_goes_on_once_for_three_working_days_and_it_is_told(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    agreement = in_force(n)
    client = signed_in(n.dana)
    assert b"Go on now and sign later" in client.get("/at/sunflowers/concerns/cases/").content

    client.post(f"/at/sunflowers/agreements/{agreement.pk}/go-on/")

    page = client.get("/at/sunflowers/concerns/cases/")
    assert b"An agreement is not signed" in page.content
    told = Notification.objects.filter(kind="agreement_gone_on")
    assert {one.recipient for one in told} == {n.morgan, n.cleo}
    with time_machine.travel(timezone.now() + 8 * DAY, tick=True):
        assert not opens(n.dana)
        with pytest.raises(RuleBroken, match="once already"):
            actions.go_on(by=n.dana, agreement=agreement)


def test_nobody_goes_on_with_one_old_version_after_another(sunflowers: Nursery) -> None:
    n = sunflowers
    old, newest = in_force(n), in_force(n)
    with time_machine.travel(timezone.now() + 20 * DAY, tick=True):
        actions.go_on(by=n.dana, agreement=newest)
    with time_machine.travel(timezone.now() + 28 * DAY, tick=True):
        with pytest.raises(RuleBroken, match="newer version"):
            actions.go_on(by=n.dana, agreement=old)
        assert not opens(n.dana, "concerns/cases/")


def test_who_said_no_and_who_reads_no_case_does_not_go_on(sunflowers: Nursery) -> None:
    n = sunflowers
    agreement = in_force(n)
    actions.refuse(by=n.dana, agreement=agreement, seen=agreement.digest)

    with pytest.raises(RuleBroken, match="answered no"):
        actions.go_on(by=n.dana, agreement=agreement)
    answer = signed_in(n.priya).post(f"/at/sunflowers/agreements/{agreement.pk}/go-on/")
    assert answer.status_code == 403


def test_a_no_shuts_also_whoever_went_on_before(sunflowers: Nursery) -> None:
    n = sunflowers
    agreement = in_force(n)
    actions.go_on(by=n.dana, agreement=agreement)
    assert opens(n.dana, "concerns/cases/")

    actions.refuse(by=n.dana, agreement=agreement, seen=agreement.digest)
    assert not opens(n.dana, "concerns/cases/")

    [yes] = sign(agreement, n.dana)
    assert opens(n.dana, "concerns/cases/")
    actions.withdraw(by=n.dana, signature=yes)
    assert not opens(n.dana, "concerns/cases/")


def test_somebody_hears_of_the_no_of_the_only_manager(sunflowers: Nursery) -> None:
    n = sunflowers
    agreement = in_force(n)

    actions.refuse(by=n.morgan, agreement=agreement, seen=agreement.digest)

    assert Notification.objects.get(kind="agreement_refused").recipient == n.cleo


def test_the_gate_and_the_list_agree(sunflowers: Nursery) -> None:
    """The database works the same thing out in two ways."""
    n = sunflowers
    sign(in_force(n), n.priya, n.sam, n.devi)
    second = in_force(n)
    sign(second, n.sam)
    actions.withdraw(by=n.sam, signature=Signature.objects.newest().get(member=n.sam))
    third = in_force(n, days=20)
    sign(third, n.devi)
    for days in (0, 15, 20, 30, 40):
        with time_machine.travel(timezone.now() + days * DAY, tick=True):
            people = [n.priya, n.sam, n.devi, n.tariq]
            said = signed_at([one.pk for one in people], timezone.now())
            for one in people:
                assert opens(one) == (Audience.STAFF in said[one.pk]), (one, days)
