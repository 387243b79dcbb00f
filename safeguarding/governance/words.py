"""Duties that somebody's word shows: what was said last, until when it counts, and by when we ask."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

from django.utils import timezone

from foundation.evidence import evidenced
from safeguarding.policies.duties import Duty, catalogue
from safeguarding.policies.models import DutyAdoption

from .models import Attestation, WordRequest

FIRST = timedelta(days=28)  # from taking a duty on to the first word
BEFORE = timedelta(days=28)  # so long before a word runs out, we ask again

WordState = Literal["attested", "due", "overdue", "broken"]


@dataclass(frozen=True)
class Said:
    """What somebody said of a duty, without their words."""

    holds: bool
    until: date
    at: datetime
    by: str


@dataclass(frozen=True)
class Asked:
    """Whom we asked, and by when."""

    member_id: UUID
    due_on: date
    at: datetime


@dataclass(frozen=True)
class Word:
    """How a duty stands by somebody's word, on a day."""

    duty_id: str
    days: int
    taken_on: date
    said: Said | None = None
    asked: Asked | None = None

    def state(self, on: date) -> WordState:
        if self.said is not None and not self.said.holds:
            return "broken"
        if self.said is not None and on <= self.said.until:
            return "attested"
        return "due" if on <= self.due_on else "overdue"

    @property
    def due_on(self) -> date:
        """By when the next word is owed. Whoever asks for it sooner moves that day; nobody puts it off."""
        day = self.said.until if self.said else self.taken_on + FIRST
        return min(day, self.request.due_on) if self.request else day

    @property
    def last_day_to_ask(self) -> date:
        """Somebody may be asked by the day on which it is owed, or within four weeks."""
        return max(self.due_on, timezone.localdate() + FIRST)

    def day_for(self, member_id: UUID) -> date:
        """By when this person is to give it: whoever was asked by name, by the day they were told."""
        mine = self.request and self.request.member_id == member_id
        return self.request.due_on if self.request and mine else self.due_on

    @property
    def asked_id(self) -> UUID | None:
        """Who was asked by name, and has not answered since."""
        return self.request.member_id if self.request else None

    @property
    def request(self) -> Asked | None:
        """Whom we asked, if they have not answered since."""
        answered = self.said and self.asked and self.asked.at <= self.said.at
        return None if answered else self.asked

    def is_wanted(self, on: date) -> bool:
        """Whether somebody should be reminded of it."""
        if self.request or self.state(on) != "attested":
            return True
        return on >= self.due_on - BEFORE


def by_word() -> dict[str, Duty]:
    """The duties that a word shows: no record does."""
    known = evidenced()
    return {one.id: one for one in catalogue().values() if one.by_word and one.id not in known}


def words(
    settings: Collection[UUID], at: datetime, adopted: Collection[DutyAdoption] | None = None
) -> dict[UUID, dict[str, Word]]:
    """How each duty taken on stands by word, in each setting. Two queries, and one where none are given.

    Those that are given come with their first day.
    """
    rows = DutyAdoption.objects.filter(setting__in=settings)
    taken = rows.as_at(at).with_first_day(at) if adopted is None else adopted
    said, asked, known = _said(settings, at), _asked(settings, at), by_word()
    found: dict[UUID, dict[str, Word]] = {one: {} for one in settings}
    for row in taken:
        if row.duty_id not in known or row.taken_at is None:
            continue
        key, duty = (row.setting_id, row.duty_id), known[row.duty_id]
        days, day = row.interval_days or duty.days, timezone.localdate(row.taken_at)
        word = _within(said.get(key), days)
        found[row.setting_id][duty.id] = Word(duty.id, days, day, word, asked.get(key))
    return found


def _within(said: Said | None, days: int) -> Said | None:
    """A word counts no longer than the interval, also where that became shorter since."""
    if said is None or not said.holds:
        return said
    last = timezone.localdate(said.at) + timedelta(days=days)
    return replace(said, until=min(said.until, last))


def _said(settings: Collection[UUID], at: datetime) -> Mapping[tuple[UUID, str], Said]:
    rows = Attestation.objects.filter(setting__in=settings).as_at(at)
    listed = rows.values_list(
        "setting_id", "duty_id", "holds", "until", "created_at", "given_by__name"
    )
    return {(row[0], row[1]): Said(*row[2:]) for row in listed}


def _asked(settings: Collection[UUID], at: datetime) -> Mapping[tuple[UUID, str], Asked]:
    rows = WordRequest.objects.filter(setting__in=settings, created_at__lte=at)
    listed = rows.order_by("created_at").values_list(
        "setting_id", "duty_id", "asked_id", "due_on", "created_at"
    )
    return {(row[0], row[1]): Asked(*row[2:]) for row in listed}
