"""Giving one's word on a duty, asking somebody for theirs, and reminding whoever owes one."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from foundation.errors import RuleBroken
from safeguarding.audit.trail import System, record
from safeguarding.governance.models import Attestation, WordRequest
from safeguarding.governance.permissions import may_ask_for_word, may_attest
from safeguarding.governance.words import Word, by_word, words
from safeguarding.notifications.models import Clock
from safeguarding.notifications.outbox import notify
from safeguarding.people.models import Member, Setting
from safeguarding.people.permissions import require
from safeguarding.people.roles import Role
from safeguarding.policies.duties import Duty

from ._clocks import settle


@transaction.atomic
def attest(*, by: Member, duty: Duty, text: str, until: date) -> Attestation:
    """Give one's word that a duty is kept, and how one knows, until a day within its interval."""
    require(may_attest, by, duty)
    last = timezone.localdate() + timedelta(days=_word(by, duty).days)
    if not timezone.localdate() < until <= last:
        raise RuleBroken(
            f"Choose a day after today, and not after {last:%-d %B %Y}: we ask again by then."
        )
    word = Attestation.objects.create(
        setting=by.setting, duty_id=duty.id, holds=True, text=text, until=until, given_by=by
    )
    settle(by.setting, timezone.now())
    record("duty.attested", word, by=by, duty=duty.id, until=until.isoformat())
    return word


@transaction.atomic
def deny(*, by: Member, duty: Duty, text: str, do_next: str, until: date) -> Attestation:
    """Say that a duty is not kept, what is done about it, and by when. The board shows it at once."""
    require(may_attest, by, duty)
    last = timezone.localdate() + timedelta(days=_word(by, duty).days)
    if until < timezone.localdate():
        raise RuleBroken("The day by which it is put right lies in the past. Choose one to come.")
    if until > last:
        raise RuleBroken(f"Choose a day not after {last:%-d %B %Y}: we ask again by then.")
    word = Attestation.objects.create(
        setting=by.setting,
        duty_id=duty.id,
        holds=False,
        text=text,
        do_next=do_next,
        until=until,
        given_by=by,
    )
    settle(by.setting, timezone.now())
    record("duty.denied", word, by=by, duty=duty.id, until=until.isoformat())
    return word


@transaction.atomic
def ask_for_word(*, by: Member, duty: Duty, asked: Member, due_on: date) -> WordRequest:
    """Ask somebody who may give it for their word on a duty, by a day. They find it on Today."""
    require(may_ask_for_word, by)
    last = _word(by, duty).last_day_to_ask
    if asked.setting_id != by.setting_id or not may_attest(asked, duty):
        raise RuleBroken("Choose somebody here whose post this duty names, or who leads.")
    if due_on < timezone.localdate():
        raise RuleBroken("That day is over. Choose one to come.")
    if due_on > last:
        raise RuleBroken(f"Choose a day not after {last:%-d %B %Y}: the word is owed by then.")
    request = WordRequest.objects.create(
        setting=by.setting, duty_id=duty.id, asked=asked, due_on=due_on, asked_by=by
    )
    settle(by.setting, timezone.now())
    path = by.setting.link_to("governance:words")
    notify("word_wanted", [asked], subject_id=request.pk, path=path)
    record("duty.word_asked", request, by=by, duty=duty.id, asked=str(asked.pk))
    return request


@transaction.atomic
def keep_clocks(*, by: System, setting: Setting) -> int:
    """Remind whoever owes a word on some duty, and stop reminding whoever does not any more."""
    started = settle(setting, timezone.now())
    if started:
        record("words.reminded", setting, by=by, started=started)
    return started


@transaction.atomic
def escalate_words(*, by: System, clock: Clock) -> list[Member] | None:
    """Words that are late: whoever owes them hears again, then the lead and the manager."""
    over = clock.setting.holding([Role.LEAD, Role.MANAGER], timezone.localdate())
    rungs = [[clock.owner], [one for one in over if one.pk != clock.owner_id]]
    if clock.rung >= len(rungs):
        return None
    told = rungs[clock.rung]
    page = "governance:words" if clock.rung == 0 else "governance:board"
    notify("words_late", told, subject_id=clock.pk, path=clock.setting.link_to(page))
    record("clock.missed", clock, by=by, rung=clock.rung, told=len(told))
    return told


def _word(by: Member, duty: Duty) -> Word:
    """How it stands here by somebody's word. Refuses a duty that no word shows, or that is not ours."""
    if duty.id not in by_word():
        raise RuleBroken("The records show this duty. It needs nobody’s word.")
    word = words([by.setting_id], timezone.now())[by.setting_id].get(duty.id)
    if word is None:
        raise RuleBroken("Your setting has not taken this duty on. Take it on first.")
    return word
