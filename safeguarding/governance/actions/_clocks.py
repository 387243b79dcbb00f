"""One clock for each person whose word is owed: it runs out with the first duty that waits for them."""

from collections.abc import Mapping
from datetime import date, datetime, time
from uuid import UUID

from django.utils import timezone

from safeguarding.governance.posts import holders, waits_for
from safeguarding.governance.words import by_word, words
from safeguarding.notifications.clocks import Due, start_clock, stop_clocks
from safeguarding.notifications.models import Clock, ClockQuerySet
from safeguarding.people.models import Absence, Member, Setting

KIND, KEY = "duties", "words"
TEXT = "Say how your duties stand: some wait for your word"
RULE = "Your policies: a word on each duty, and again before it runs out"
EVENING = time(18)


def owed(setting: Setting, at: datetime) -> dict[Member, date]:
    """Who owes a word, and by when the first one: of several, the first who is not away. Five queries."""
    on = timezone.localdate(at)
    away = Absence.away_from(setting, on)
    here = holders([setting.pk], on).get(setting.pk, {})
    known, found = by_word(), dict[Member, date]()
    for word in words([setting.pk], at)[setting.pk].values():
        if not word.is_wanted(on):
            continue
        able = waits_for(known[word.duty_id], word.asked_id, here)
        for owner in sorted(able, key=lambda one: one.pk in away)[:1]:
            day = word.day_for(owner.pk)
            found[owner] = min(found.get(owner, day), day)
    return found


def settle(setting: Setting, at: datetime) -> int:
    """Have exactly the clocks running that are owed. Says how many were started."""
    wanted = {one.pk: (one, _moment(day)) for one, day in owed(setting, at).items()}
    rows = Clock.objects.running().filter(setting=setting, subject_kind=KIND, key=KEY)
    running = {one.subject_id: one.due_at for one in rows}
    for member_id, due_at in running.items():
        _, now_due = wanted.get(member_id, (None, None))
        if now_due is not None and max(due_at, now_due) <= at:
            _move(rows, member_id, now_due)
            running[member_id] = now_due
        elif now_due != due_at:
            stop_clocks(setting_id=setting.pk, subject_id=member_id, key=KEY)
    started = 0
    for member, due_at in _to_start(wanted, running):
        started += start_clock(
            owner=member,
            subject=(KIND, member.pk),
            key=KEY,
            text=TEXT,
            path=setting.link_to("governance:words"),
            started_at=at,
            due=Due(due_at, rule_text=RULE),
        )
    return started


def _move(running: ClockQuerySet, member_id: UUID, due_at: datetime) -> None:
    """Late, and late still with the next word: whoever heard of it does not hear anew after each."""
    running.filter(subject_id=member_id).update(due_at=due_at, overdue_at=due_at)


def _to_start(
    wanted: Mapping[UUID, tuple[Member, datetime]], running: Mapping[UUID, datetime]
) -> list[tuple[Member, datetime]]:
    return [one for pk, one in wanted.items() if running.get(pk) != one[1]]


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, EVENING))
