"""What stands on one case, for the pages that are opened all day. Put together once for all cases.

Nobody's rights are asked here: for whoever was shown the case, with the keys they were shown it with.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, OuterRef, QuerySet, Subquery

from foundation.in_turn import Few, OneOf
from foundation.keyrings import carried, give_keyring
from foundation.paging import SIZE, Page, page_from
from foundation.prepared import prepared
from safeguarding.notifications.models import Clock
from safeguarding.people.models import Member
from safeguarding.people.somebody import EXAMPLES, Alike, alike_to, values_of
from safeguarding.procedures.models import Outcome, Run

from .models import (
    BodyMark,
    Case,
    Entry,
    FileFrozen,
    Involvement,
    PaperCopy,
    ReviewAction,
)
from .models.entries import said_in_error
from .models.involvements import in_case

Row = TypeVar("Row", bound=Model)
SHOWN = (
    *("written_by__user", "decision", "referral", "parents_informed", "support__child", "corrects"),
    "case_file__file",
)
A_FEW = 5


def with_all_shown(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    """Entries, with what a chronology shows of each: also when it was last corrected, further on."""
    said = Entry.objects.standing().filter(corrects=OuterRef("pk"), kind=Entry.Kind.CORRECTION)
    newest = said.order_by("-created_at")
    return rows.select_related(*SHOWN).annotate(
        frozen_id=FileFrozen.of_an_entry(),
        corrected_at=Subquery(newest.values("created_at")[:1]),
        error_at=Subquery(said_in_error("pk").values("created_at")[:1]),
    )


def bring_errors(rows: Sequence[Entry]) -> None:
    """Put beside what was recorded in error the line that says why, where it is among them. No query."""
    said = {row.corrects_id: row for row in rows if row.kind == Entry.Kind.IN_ERROR}
    for row in rows:
        row.error = said.get(row.pk)


def _some(case: UUID, *order: str, start: int, end: int) -> QuerySet[Entry]:
    """Some of the entries of a case, with all that stands beside these alone."""
    chosen = Entry.objects.standing().filter(case=case).order_by(*order).values("pk")[start:end]
    return with_all_shown(Entry.objects.filter(OneOf("pk", Few(chosen)))).order_by(*order)


def _latest(case: UUID) -> QuerySet[Entry]:
    return _some(case, "-created_at", start=0, end=A_FEW)


def _in_order(case: UUID, *, start: int) -> QuerySet[Entry]:
    return _some(case, "happened_at", "created_at", start=start, end=start + SIZE + 1)


def _actions(case: UUID) -> QuerySet[ReviewAction]:
    rows = ReviewAction.objects.filter(entry__case=case).select_related("owner__user", "done")
    return rows.order_by("created_at")


def _marks(case: UUID) -> QuerySet[BodyMark]:
    return BodyMark._default_manager.filter(entry__case=case)


def _authors(case: UUID) -> QuerySet[Member]:
    wrote = Entry.objects.standing().filter(case=case).values("written_by")
    rows = (
        Member.objects.filter(OneOf("pk", Few(wrote))).select_related("user").order_by("user__name")
    )
    return rows.only("name", "user__email")


def _people(case: UUID) -> QuerySet[Involvement]:
    return in_case(case).select_related("child", "member__user")


def _runs(setting: UUID, case: UUID) -> QuerySet[Run]:
    return Run.objects.filter(setting=setting, subject_id=case).order_by("created_at")


def _outcomes(setting: UUID, case: UUID) -> QuerySet[Outcome]:
    return Outcome.objects.standing().filter(run__setting=setting, run__subject_id=case)


def _clocks(setting: UUID, case: UUID) -> QuerySet[Clock]:
    return Clock.objects.running().filter(setting=setting, subject_id=case)


def _copies(
    member: UUID, setting: UUID, on: date, at: datetime, case: UUID, *tied: UUID, alike: Alike
) -> QuerySet[PaperCopy]:
    who = alike.somebody(member, setting, tied, now=(on, at))
    return PaperCopy.objects.readable_by(who).holding(case)


_LATEST, _AUTHORS, _PEOPLE = prepared(_latest), prepared(_authors), prepared(_people)
_RUNS, _OUTCOMES, _CLOCKS = prepared(_runs), prepared(_outcomes), prepared(_clocks)
_ACTIONS, _MARKS = prepared(_actions), prepared(_marks)
_IN_ORDER = prepared(_in_order, examples=[{"start": 0}])
_COPIES = prepared(_copies, examples=EXAMPLES)


def latest(case: Case) -> Sequence[Entry]:
    """The last few entries, the newest first. One query."""
    return _of(case, _LATEST(case.pk))


def page_of_entries(case: Case, number: str | None) -> Page[Entry]:
    """One page of the chronology as it happened, with actions and marks on the body. Three queries."""
    page = page_from(lambda start, _end: list[Entry](_IN_ORDER(case.pk, start=start)), number)
    _bring(page.rows, actions=_ACTIONS(case.pk), marks=_MARKS(case.pk))
    bring_errors(page.rows)
    _of(case, page.rows)
    return page


def _bring(entries: Sequence[Entry], **beside: list[Any]) -> None:
    """Put beside each entry what belongs to it, where Django looks for what was fetched already."""
    for entry in entries:
        vars(entry)["_prefetched_objects_cache"] = {name: [] for name in beside}
    by_id = {entry.pk: entry for entry in entries}
    for name, rows in beside.items():
        for row in rows:
            if of := by_id.get(row.entry_id):
                row.entry = of
                vars(of)["_prefetched_objects_cache"][name].append(row)


def authors(case: Case) -> list[tuple[str, str]]:
    """Who wrote any entry, by name, to choose from. One query."""
    return [(str(one.pk), one.display_name) for one in _AUTHORS(case.pk)]


def each_once(rows: Iterable[Involvement]) -> list[Involvement]:
    """Everybody once in each part, also who is named by several accounts."""
    return list({f"{one}": one for one in rows}.values())


def people(case: Case) -> list[str]:
    """Everyone involved, from the reports and from the case, each line once. One query."""
    return sorted({str(row) for row in _opened(case, _PEOPLE(case.pk))})


def runs(case: Case) -> list[Run]:
    """The procedures under way, oldest first, knowing how their steps were settled. Two queries."""
    found: list[Run] = _RUNS(case.setting_id, case.pk)
    by_run: dict[UUID, list[Outcome]] = {run.pk: [] for run in found}
    for outcome in _OUTCOMES(case.setting_id, case.pk) if found else []:
        by_run[outcome.run_id].append(outcome)
    for run in found:
        run.settled = by_run[run.pk]
    return found


def clocks(case: Case) -> list[Clock]:
    """What runs for the case. One query."""
    return _CLOCKS(case.setting_id, case.pk)


def copies(case: Case, member: Member) -> list[PaperCopy]:
    """Papers on which something of the case stands, that this member may know of. One query."""
    return _COPIES(*values_of(member, case.pk), alike=alike_to(member))


def _of(case: Case, rows: Sequence[Entry]) -> Sequence[Entry]:
    for row in rows:
        row.case = case
    return _opened(case, rows)


def _opened(case: Case, rows: Sequence[Row]) -> Sequence[Row]:
    """With the keys the case was read with."""
    if keyring := carried(case):
        give_keyring(rows, keyring)
    return rows
