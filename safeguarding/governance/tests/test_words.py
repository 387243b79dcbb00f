"""Somebody's word on a duty: asked of the right person, given until a day, refused, and asked for again."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from django.utils import timezone

from demo.cast import Nursery
from foundation import fence
from foundation.errors import RuleBroken
from safeguarding.audit.models import Entry
from safeguarding.governance import actions
from safeguarding.governance.models import Attestation
from safeguarding.governance.posts import waits_for
from safeguarding.governance.tasks import remind_of_words
from safeguarding.notifications.ladders import climb
from safeguarding.notifications.models import Clock, Notification
from safeguarding.people.actions import record_absence
from safeguarding.people.models import Member
from safeguarding.people.roles import Role
from safeguarding.today.items import to_do
from tests.people import left, signed_in

from .given import BY_WORD, LEADS, OF_THE_LEAD, WITH_COMMITTEE, day, line, not_so, said, taken, the

DAY = timedelta(days=1)


def remind() -> None:
    remind_of_words.call()
    fence.begin_as_owner()


def running(at: Nursery) -> dict[str, Clock]:
    """The clocks of words, by who owns them."""
    rows = Clock.objects.running().filter(setting=at.setting, subject_kind="duties")
    return {one.owner.display_name.split()[0]: one for one in rows}


def test_a_word_counts_until_its_day_and_is_overdue_then(sunflowers: Nursery) -> None:
    n = sunflowers
    taken(n, BY_WORD)
    assert line(n, BY_WORD).state == "due", "there is time for the first word"
    assert line(n, BY_WORD, timezone.now() + 29 * DAY).state == "overdue"
    word = said(n.morgan, days=100)

    assert line(n, BY_WORD).state == "attested"
    assert line(n, BY_WORD, timezone.now() + 100 * DAY).state == "attested"
    assert line(n, BY_WORD, timezone.now() + 101 * DAY).state == "overdue"
    (entry,) = Entry.objects.filter(event="duty.attested")
    assert (entry.details["duty"], entry.subject_id) == (BY_WORD, word.pk)
    assert "looked" not in str(entry.details)


def test_not_so_is_broken_at_once_until_somebody_confirms_it(sunflowers: Nursery) -> None:
    n = sunflowers
    taken(n, BY_WORD)
    said(n.morgan)
    not_so(n.dana)

    assert line(n, BY_WORD).state == "broken"
    assert running(n)["Morgan"].due_at.date() == day(10), "by then it is put right"
    said(n.morgan)
    assert line(n, BY_WORD).state == "attested"
    assert running(n) == {}


def test_no_word_counts_for_longer_than_the_duty_s_interval(sunflowers: Nursery) -> None:
    n = sunflowers
    taken(n, BY_WORD, interval_days=60)
    for days in (61, 0, -1):
        with pytest.raises(RuleBroken, match="Choose a day after today"):
            said(n.morgan, days=days)
    assert said(n.morgan, days=60).until == day(60)


def test_a_word_given_before_counts_no_longer_than_a_shorter_interval(sunflowers: Nursery) -> None:
    n = sunflowers
    taken(n, BY_WORD)
    said(n.morgan, days=300)
    taken(n, BY_WORD, interval_days=30)
    later = timezone.now() + 31 * DAY

    assert line(n, BY_WORD).state == "attested"
    assert line(n, BY_WORD, later).state == "overdue"


def test_another_clause_or_interval_puts_no_first_word_off(sunflowers: Nursery) -> None:
    n = sunflowers
    taken(n, BY_WORD)
    with time_machine.travel(timezone.now() + 40 * DAY, tick=True):
        taken(n, BY_WORD, clause_number="1.9", interval_days=90)
        assert line(n, BY_WORD).state == "overdue", "it was owed twelve days ago"
        taken(n, BY_WORD, opted_out_because="Not us.")
        taken(n, BY_WORD)
        assert line(n, BY_WORD).state == "due", "taken on anew"


def test_what_is_not_so_is_asked_about_again_within_the_interval(sunflowers: Nursery) -> None:
    n = sunflowers
    taken(n, BY_WORD, interval_days=60)
    with pytest.raises(RuleBroken, match="not after"):
        not_so(n.morgan, days=61)

    assert not_so(n.morgan, days=60).until == day(60)


def test_words_are_for_duties_that_are_taken_on_and_that_no_record_shows(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    taken(n, LEADS)
    with pytest.raises(RuleBroken, match="has not taken this duty on"):
        said(n.morgan)
    with pytest.raises(PermissionDenied):
        said(n.dana, LEADS)
    taken(n, BY_WORD, opted_out_because="Not us.")
    with pytest.raises(RuleBroken, match="has not taken this duty on"):
        said(n.morgan)


def test_whoever_the_duty_names_gives_the_word_and_so_does_who_leads(sunflowers: Nursery) -> None:
    n = sunflowers
    taken(n, OF_THE_LEAD)
    for who in (n.dana, n.devi, n.morgan):
        assert said(who, OF_THE_LEAD).given_by == who
    for who in (n.cleo, n.priya, n.tariq, n.pat):
        with pytest.raises(PermissionDenied):
            said(who, OF_THE_LEAD)


def test_what_is_written_stays_and_is_not_readable_in_the_database(sunflowers: Nursery) -> None:
    taken(sunflowers, BY_WORD)
    word = said(sunflowers.morgan)

    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM governance_attestation")
        assert "looked" not in cursor.fetchone()[0]
    assert Attestation.objects.get().text == "I looked myself."
    with pytest.raises(DatabaseError):
        Attestation.objects.filter(pk=word.pk).update(holds=False)


def test_each_person_has_one_thing_on_today_for_all_their_words(sunflowers: Nursery) -> None:
    n = sunflowers
    taken(n, BY_WORD, OF_THE_LEAD, WITH_COMMITTEE, "MTSM-4.4")
    remind()
    remind()

    assert running(n).keys() == {"Morgan", "Dana"}
    items = to_do(n.dana, timezone.now(), checked=True)
    assert [one.text for one in items] == ["Say how your duties stand: some wait for your word"]
    assert items[0].due is not None
    said(n.dana, OF_THE_LEAD)
    assert "Dana" in running(n), "another one waits"
    said(n.dana, WITH_COMMITTEE)
    assert "Dana" not in running(n)


def test_we_ask_again_before_a_word_runs_out(sunflowers: Nursery) -> None:
    n = sunflowers
    taken(n, BY_WORD)
    said(n.morgan, days=100)
    remind()
    assert running(n) == {}

    with time_machine.travel(timezone.now() + 80 * DAY, tick=True):
        remind()
        assert running(n)["Morgan"].due_at.date() == day(20)


def test_somebody_is_asked_by_name_and_tells(sunflowers: Nursery) -> None:
    n = sunflowers
    taken(n, BY_WORD)
    said(n.morgan, days=100)
    request = actions.ask_for_word(by=n.cleo, duty=the(BY_WORD), asked=n.dana, due_on=day(3))

    assert running(n)["Dana"].due_at.date() == day(3)
    assert Notification.objects.get(kind="word_wanted").recipient == n.dana
    assert line(n, BY_WORD).state == "attested", "the earlier word still counts"
    said(n.dana)
    assert running(n) == {}
    assert Entry.objects.get(event="duty.word_asked").subject_id == request.pk
    with pytest.raises(RuleBroken, match="whose post this duty names"):
        actions.ask_for_word(by=n.cleo, duty=the(BY_WORD), asked=n.priya, due_on=day(3))
    with pytest.raises(RuleBroken, match="day is over"):
        actions.ask_for_word(by=n.cleo, duty=the(BY_WORD), asked=n.dana, due_on=day(-1))
    with pytest.raises(PermissionDenied):
        actions.ask_for_word(by=n.tariq, duty=the(BY_WORD), asked=n.dana, due_on=day(3))


def test_a_late_word_is_heard_of_by_its_owner_and_then_by_who_leads(sunflowers: Nursery) -> None:
    n = sunflowers
    taken(n, BY_WORD)
    remind()
    clock = running(n)["Morgan"]
    with time_machine.travel(clock.due_at + DAY, tick=False) as now:
        told = []
        for _ in range(3):
            climb(clock.pk)
            now.shift(DAY)
            rows = Notification.objects.filter(kind="words_late")
            told.append({one.recipient.display_name.split()[0] for one in rows})
    assert told == [{"Morgan"}, {"Morgan", "Dana"}, {"Morgan", "Dana"}]


def test_of_several_late_words_nobody_hears_anew_after_each_one(sunflowers: Nursery) -> None:
    n = sunflowers
    taken(n, OF_THE_LEAD, WITH_COMMITTEE)
    said(n.dana, OF_THE_LEAD, days=10)
    said(n.dana, WITH_COMMITTEE, days=12)
    told = Notification.objects.filter(kind="words_late")
    with time_machine.travel(timezone.now() + 40 * DAY, tick=False) as now:
        remind()
        for _ in range(3):
            climb(running(n)["Dana"].pk)
            now.shift(DAY)
        before = told.count()
        said(n.dana, OF_THE_LEAD)
        late = running(n)["Dana"]
        climb(late.pk)

        assert (late.due_at.date(), late.is_overdue(timezone.now())) == (day(12 - 43), True)
        assert told.count() == before


def test_of_two_who_hold_a_post_the_one_who_is_here_owes_the_word(sunflowers: Nursery) -> None:
    n, today = sunflowers, timezone.localdate()
    taken(n, OF_THE_LEAD)
    remind()
    assert running(n).keys() == {"Dana"}
    record_absence(by=n.dana, about=n.dana, starts=today, ends=today + 100 * DAY)

    assert running(n).keys() == {"Devi"}


def test_the_first_post_that_somebody_holds_is_asked(sunflowers: Nursery) -> None:
    n = sunflowers
    duty = the(WITH_COMMITTEE)  # of the lead and the committee

    assert waits_for(duty, None, {Role.LEAD: [n.dana], Role.COMMITTEE_LEAD: [n.cleo]}) == [n.dana]
    assert waits_for(duty, None, {Role.COMMITTEE: [n.omar]}) == [n.omar]
    assert waits_for(duty, None, {Role.MANAGER: [n.morgan]}) == [n.morgan], "somebody has to say"
    assert waits_for(duty, None, {}) == []


def waiting(who: Member) -> list[str]:
    """The duties on their own page."""
    page = signed_in(who).get(who.setting.link_to("governance:words"))
    return [duty.id for duty, *_ in page.context["rows"]]


def test_what_was_asked_of_somebody_who_left_waits_for_somebody_else(sunflowers: Nursery) -> None:
    n = sunflowers
    taken(n, OF_THE_LEAD)
    actions.ask_for_word(by=n.morgan, duty=the(OF_THE_LEAD), asked=n.devi, due_on=day(5))
    left(n, n.devi)

    assert running(n).keys() == {"Dana"}
    assert waiting(n.dana) == [OF_THE_LEAD]


def test_whoever_is_reminded_finds_it_where_nobody_holds_its_post(sunflowers: Nursery) -> None:
    n = sunflowers
    taken(n, "OSP-4-PAR-01")  # of the lead
    left(n, n.dana)
    remind()

    ((name, clock),) = running(n).items()
    assert (name, waiting(clock.owner)) == ("Morgan", ["OSP-4-PAR-01"])


def test_asking_for_a_word_puts_nothing_off(sunflowers: Nursery) -> None:
    n = sunflowers
    taken(n, OF_THE_LEAD)
    with time_machine.travel(timezone.now() + 40 * DAY, tick=True):
        assert line(n, OF_THE_LEAD).state == "overdue"
        with pytest.raises(RuleBroken, match="Choose a day not after"):
            actions.ask_for_word(by=n.morgan, duty=the(OF_THE_LEAD), asked=n.devi, due_on=day(29))
        actions.ask_for_word(by=n.morgan, duty=the(OF_THE_LEAD), asked=n.devi, due_on=day(28))

        assert line(n, OF_THE_LEAD).state == "overdue", "it was owed twelve days ago"
        assert running(n)["Devi"].due_at.date() == day(28), "who is asked has until then"
