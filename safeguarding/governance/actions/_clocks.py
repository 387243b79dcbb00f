"""One clock for each person whose word is owed: it runs out with the first duty that waits for them."""

from collections.abc import Mapping
from datetime import date, datetime, time
from uuid import UUID

from django.utils import timezone

from safeguarding.governance.posts import holders, waits_for
from safeguarding.governance.words import by_word, words
from safeguarding.notifications.clocks import Due, start_clock, stop_clocks
from safeguarding.notifications.models import Clock
from safeguarding.people.models import Member, Setting

KIND, KEY = "duties", "words"
TEXT = "Say how your duties stand: some wait for your word"
RULE = "Your policies: a word on each duty, and again before it runs out"
EVENING = time(18)


def owed(setting: Setting, at: datetime) -> dict[Member, date]:
    """Who owes a word, and by when the first one. Four queries, and one where somebody was asked by name."""
    on = timezone.localdate(at)
    here = holders([setting.pk], on).get(setting.pk, {})
    known, found = by_word(), dict[Member, date]()
    for word in words([setting.pk], at)[setting.pk].values():
        if not word.is_wanted(on):
            continue
        for owner in waits_for(known[word.duty_id], word.asked_id, here)[:1]:
            day = word.day_for(owner.pk)
            found[owner] = min(found.get(owner, day), day)
    return found


def settle(setting: Setting, at: datetime) -> int:
    """Have exactly the clocks running that are owed. Says how many were started."""
    wanted = {one.pk: (one, _moment(day)) for one, day in owed(setting, at).items()}
    rows = Clock.objects.running().filter(setting=setting, subject_kind=KIND, key=KEY)
    running = {one.subject_id: one.due_at for one in rows}
    for member_id, due_at in running.items():
        if member_id not in wanted or wanted[member_id][1] != due_at:
            stop_clocks(setting_id=setting.pk, subject_id=member_id, key=KEY)
    started = _to_start(wanted, running)
    for member, due_at in started:
        start_clock(
            owner=member,
            subject=(KIND, member.pk),
            key=KEY,
            text=TEXT,
            path=setting.link_to("governance:words"),
            started_at=at,
            due=Due(due_at, rule_text=RULE),
        )
    return len(started)


def _to_start(
    wanted: Mapping[UUID, tuple[Member, datetime]], running: Mapping[UUID, datetime]
) -> list[tuple[Member, datetime]]:
    return [one for pk, one in wanted.items() if running.get(pk) != one[1]]


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, EVENING))
