"""A lead who goes away or leaves hands cases, clocks and waiting reports to another lead."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from foundation.errors import RuleBroken
from foundation.keyrings import Unreadable
from safeguarding.audit.trail import record
from safeguarding.concerns import seals
from safeguarding.concerns.models import (
    Case,
    Concern,
    Entry,
    HandedCase,
    HandedReport,
    NeedToKnow,
    NeedToKnowEnded,
    Recipient,
    WorkHandover,
    WorkKept,
    WorkTaken,
)
from safeguarding.concerns.permissions import (
    is_shut_out,
    is_shut_out_of_case,
    may_close_work_handover,
    may_decide_on_class,
    may_hand_work_over,
    may_lead,
    may_take_work,
)
from safeguarding.notifications.models import Clock
from safeguarding.notifications.outbox import notify
from safeguarding.people import access
from safeguarding.people.models import Member
from safeguarding.people.permissions import require

from ._writing import hold, write_entry

NOTHING_LEFT = (
    "None of this can be handed to the person you chose. Everything stays with you. Choose somebody "
    "else, or ask the manager or the LADO who can take it."
)
SEALED_WORDS = (
    "The words that came with it were not open then: both of them read them on the page of the "
    "handover."
)


@transaction.atomic
def hand_work_over(
    *,
    by: Member,
    to: Member,
    cases: Mapping[Case, str],
    reports: Sequence[Concern],
    reason: str,
    stops_reading: bool = False,
) -> WorkHandover:
    """Offer cases, each with a word on it, and waiting reports to another lead. They have to say yes."""
    require(may_hand_work_over, by, to)
    theirs = Case.objects.led_by(by).open().filter(pk__in=[case.pk for case in cases])
    readable = Concern.objects.readable_by(by).waiting().filter(pk__in=[one.pk for one in reports])
    may_go = [case for case in theirs if _may_have(to, case)]
    reports_go = [concern for concern in readable if _may_decide(to, concern)]
    if not may_go and not reports_go:
        raise RuleBroken(NOTHING_LEFT)
    handover = WorkHandover.objects.create(
        setting=by.setting, given_by=by, to=to, reason=reason, stops_reading=stops_reading
    )
    notes = {case.pk: note for case, note in cases.items()}
    _list(handover, {case: notes[case.pk] for case in may_go}, reports_go)
    record("work.offered", handover, by=by, cases=len(may_go), reports=len(reports_go))
    path = by.setting.link_to("concerns:work_handover", handover.pk)
    notify("work_offered", [to], subject_id=handover.pk, path=path)
    return handover


@transaction.atomic
def take_work(*, by: Member, handover: WorkHandover) -> WorkTaken:
    """Take the work over: clocks change hands, and who needs to know is brought up to date."""
    require(may_take_work, by, handover)
    _still_waiting(handover)
    taken = WorkTaken.objects.create(setting=handover.setting, handover=handover)
    rows = HandedCase.objects.filter(handover=handover).select_related("case__setting")
    cases = list(rows.read_with(by.keyring))
    reports = _held_reports(handover)
    hold(*(row.case for row in cases))
    # All of it before the first line of the trail: whoever settles a clock of these waits to write their own.
    cases = [one for one in cases if _may_come_over(by, one, handover)]
    reports = [one for one in reports if one.is_waiting and _may_decide(by, one)]
    for row in cases:
        _take_case(row, handover)
    for one in reports:
        _take_report(one, handover)
    _record_taken(handover, [row.case for row in cases], reports)
    record("work.taken", handover, by=by)
    path = handover.setting.link_to("concerns:work_handover", handover.pk)
    notify("work_taken", [handover.given_by], subject_id=handover.pk, path=path)
    return taken


@transaction.atomic
def keep_work(*, by: Member, handover: WorkHandover, reason: str) -> WorkKept:
    """Take the offer of work back, or decline it. Everything stays where it was."""
    require(may_close_work_handover, by, handover)
    _still_waiting(handover)
    kept = WorkKept.objects.create(
        setting=handover.setting, handover=handover, closed_by=by, reason=reason
    )
    record("work.kept", handover, by=by)
    return kept


def _may_have(member: Member, case: Case) -> bool:
    return may_lead(member, case) and not is_shut_out_of_case(member, case)


def _may_still_give(handover: WorkHandover, case: Case) -> bool:
    """Whoever was named in a case since, or taken off its list, lets nobody into it by an old offer.

    Whoever left is still on the list: what they offered before can be taken after their last day.
    """
    giver = handover.given_by
    listed = case.need_to_know.current(timezone.localdate()).filter(member=giver)
    by_role = access.classes_within(handover.to.roles, "D", "t")
    may = case.record_class in by_role or listed.exists()
    return may and not is_shut_out_of_case(giver, case)


def _may_decide(member: Member, concern: Concern) -> bool:
    return may_decide_on_class(member, concern) and not is_shut_out(member, concern.pk)


def _still_waiting(handover: WorkHandover) -> None:
    WorkHandover.objects.select_for_update(no_key=True).get(pk=handover.pk)
    if not WorkHandover.objects.waiting().filter(pk=handover.pk).exists():
        raise RuleBroken("This handover is settled already. Nothing was changed.")


def _list(handover: WorkHandover, cases: Mapping[Case, str], reports: Sequence[Concern]) -> None:
    for case in cases:
        seals.ready(case, handover.given_by)
    HandedCase.objects.bulk_create(
        HandedCase(setting=handover.setting, handover=handover, case=case, note=note)
        for case, note in cases.items()
    )
    HandedReport.objects.bulk_create(
        HandedReport(setting=handover.setting, handover=handover, concern=one) for one in reports
    )


def _held_reports(handover: WorkHandover) -> list[Concern]:
    offered = Concern.objects.filter(pk__in=handover.reports.values("concern"))
    held = offered.select_for_update(no_key=True, of=("self",)).select_related("setting")
    return list(held.order_by("pk"))


def _may_come_over(by: Member, row: HandedCase, handover: WorkHandover) -> bool:
    case = row.case
    return case.is_open and _may_have(by, case) and _may_still_give(handover, case)


def _take_case(row: HandedCase, handover: WorkHandover) -> None:
    case, giver, to = row.case, handover.given_by, handover.to
    _put_on_the_list(case, handover)
    _move_clocks(case.pk, handover)
    is_closed = isinstance(row.note, Unreadable)
    text = f"{giver} handed this case to {to}. {SEALED_WORDS if is_closed else row.note}".strip()
    write_entry(case, Entry.Kind.ACCESS, by=to, text=text)


def _put_on_the_list(case: Case, handover: WorkHandover) -> None:
    giver, to = handover.given_by, handover.to
    seals.ready(case, to)
    current = case.need_to_know.current(timezone.localdate())
    if not current.filter(member=to, until__isnull=True).exists():
        NeedToKnow.objects.create(
            setting=case.setting,
            case=case,
            member=to,
            reason=f"took the case over from {giver}"[:300],
            granted_by=giver,
        )
    if handover.stops_reading:
        NeedToKnowEnded.objects.bulk_create(
            NeedToKnowEnded(
                setting=case.setting, need_to_know=one, ended_by=to, reason="handed the case over"
            )
            for one in current.filter(member=giver)
        )


def _take_report(concern: Concern, handover: WorkHandover) -> None:
    row = Recipient(
        setting=concern.setting, concern=concern, member=handover.to, why="took it over from a lead"
    )
    Recipient.objects.bulk_create([row], ignore_conflicts=True)
    _move_clocks(concern.pk, handover)


def _record_taken(handover: WorkHandover, cases: list[Case], reports: list[Concern]) -> None:
    by, giver = handover.to, str(handover.given_by_id)
    for case in cases:
        record("case.taken_over", case, by=by, giver=giver)
    for concern in reports:
        record("concern.taken_over", concern, by=by, giver=giver)


def _move_clocks(subject_id: UUID, handover: WorkHandover) -> None:
    running = Clock.objects.running().filter(setting=handover.setting_id, subject_id=subject_id)
    running.filter(owner=handover.given_by).update(owner=handover.to)
