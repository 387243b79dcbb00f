"""The assurance board: how each duty that a setting took on stands, at any moment. Set-based."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Literal
from uuid import UUID

from django.utils import timezone

from foundation.evidence import Finding, findings, findings_of
from safeguarding.policies.duties import Duty, catalogue
from safeguarding.policies.models import DutyAdoption

from .words import Word, words

State = Literal["broken", "overdue", "due", "not evidenced", "attested", "met", "opted out"]
# The most pressing first, each in words with what it means.
STATES: Mapping[State, tuple[str, str]] = {
    "broken": ("Not so", "Somebody said that it is not as it has to be, or the records show it."),
    "overdue": ("Overdue", "Something was not done in time, or a word has run out."),
    "due": ("Due", "Something is owed, and there is still time."),
    "not evidenced": ("Nothing to show yet", "No record has come up that would show it."),
    "attested": ("Confirmed", "Somebody who knows gave their word, and it still counts."),
    "met": ("Met", "The records show it."),
    "opted out": ("Not taken on", "The setting said why it does not take this duty on."),
}
TONES: Mapping[State, str] = {
    "broken": "danger",
    "overdue": "danger",
    "due": "warn",
    "not evidenced": "grey",
    "attested": "good",
    "met": "good",
    "opted out": "grey",
}
TOGETHER = 200  # settings asked about at once


@dataclass(frozen=True)
class Line:
    """One duty of one setting, as it stood."""

    duty: Duty
    adoption: DutyAdoption
    state: State
    finding: Finding | None = None
    word: Word | None = None

    @property
    def days(self) -> int:
        """How often it comes round here: the setting's own interval, where it chose one."""
        return self.adoption.interval_days or self.duty.days

    @property
    def clause(self) -> str:
        return self.adoption.clause_number or self.duty.clause

    @property
    def says(self) -> str:
        """The state in words."""
        return STATES[self.state][0]

    @property
    def means(self) -> str:
        return STATES[self.state][1]

    @property
    def tone(self) -> str:
        """The colour of its tag: good, warn, danger or grey."""
        return TONES[self.state]


def lines(setting_id: UUID, at: datetime) -> list[Line]:
    """Every duty that a setting took on by then, in the order of the catalogue."""
    return standing([setting_id], at)[setting_id]


def line_of(duty: Duty, setting_id: UUID, at: datetime) -> Line | None:
    """One duty of a setting as it stood; None where it was not taken on. Only its own records are asked."""
    rows = DutyAdoption.objects.filter(setting=setting_id, duty_id=duty.id)
    row = rows.as_at(at).with_first_day(at).first()
    if row is None:
        return None
    finding = findings_of(duty.id, [setting_id], at).get(setting_id)
    return _line(duty, row, finding, words([setting_id], at, [row])[setting_id].get(duty.id), at)


def standing(settings: Collection[UUID], at: datetime) -> dict[UUID, list[Line]]:
    """The same for several settings. Three queries and those of each evidence function."""
    rows = DutyAdoption.objects.filter(setting__in=settings).as_at(at)
    taken = list(rows.with_first_day(at))
    found, said = findings(settings, at), words(settings, at, taken)
    shown: dict[UUID, list[Line]] = {one: [] for one in settings}
    known = catalogue()
    for row in sorted((one for one in taken if one.duty_id in known), key=_place):
        finding = found.get(row.duty_id, {}).get(row.setting_id)
        word = said[row.setting_id].get(row.duty_id)
        shown[row.setting_id].append(_line(known[row.duty_id], row, finding, word, at))
    return shown


def for_many(settings: Collection[UUID], at: datetime) -> Iterator[tuple[UUID, list[Line]]]:
    """The same for thousands of settings, some hundred at a time."""
    every = list(settings)
    for start in range(0, len(every), TOGETHER):
        yield from standing(every[start : start + TOGETHER], at).items()


def counts(of: Iterable[Line]) -> dict[State, int]:
    """How many duties are in each state, the most pressing state first."""
    counted = Counter(one.state for one in of)
    return {state: counted[state] for state in STATES}


def _line(
    duty: Duty, row: DutyAdoption, finding: Finding | None, word: Word | None, at: datetime
) -> Line:
    if row.opted_out_because:
        return Line(duty, row, "opted out")
    if word is not None:
        return Line(duty, row, word.state(timezone.localdate(at)), word=word)
    if finding is None:
        return Line(duty, row, "not evidenced")
    return Line(duty, row, _by_records(duty, row, finding, at), finding)


def _by_records(duty: Duty, row: DutyAdoption, finding: Finding, at: datetime) -> State:
    """What the records show; kept too long ago counts as overdue, by the setting's own interval.

    What is done when something comes up is not overdue then: there is nothing to show of it any more.
    """
    state = finding.state
    if state == "nothing yet":
        return "not evidenced"
    if state == "met" and finding.latest and (duty.every or row.interval_days):
        interval = timedelta(days=row.interval_days or duty.days)
        if finding.latest + interval < at:
            return "not evidenced" if finding.on_occasion else "overdue"
    return state


def _place(row: DutyAdoption) -> int:
    return _order()[row.duty_id]


@cache
def _order() -> Mapping[str, int]:
    return {one: number for number, one in enumerate(catalogue())}


def end_of(day: date) -> datetime:
    """The moment a day shows: now for today, else its last one."""
    now = timezone.now()
    if day >= timezone.localdate(now):
        return now
    midnight = datetime.combine(day + timedelta(days=1), datetime.min.time())
    return timezone.make_aware(midnight) - timedelta(microseconds=1)
