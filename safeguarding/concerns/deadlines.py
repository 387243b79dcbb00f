"""When things on a concern or a case are due, by which rule; and the clocks that follow from it."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from safeguarding.law.calendar import LONDON, due
from safeguarding.law.local import rule_for
from safeguarding.law.values import Unit, Value
from safeguarding.notifications.clocks import Due, Owed, start_clocks, stop_clocks
from safeguarding.notifications.models import Clock
from safeguarding.people.models import Absence, Member, Setting
from safeguarding.people.roles import LEADS, Role
from safeguarding.procedures.engine import StepState
from safeguarding.procedures.models import Run
from safeguarding.procedures.schema import Rule, Time

from .models import Case, CustodyItem
from .permissions import is_shut_out_of_case, may_decide_on

# How long an "immediately" may stay unrecorded before the next person hears of it.
CHASE_IMMEDIATE = "step.immediately"
TECHNICAL_PAGE = "/concerns/technical/"  # where technical staff do a step: see `_path`


def due_by_rule(rule_id: str, start: datetime, setting: Setting) -> Due:
    """When something is due by a dated rule, counted from a moment, as it stands in this setting."""
    rule = rule_for(setting.pk, rule_id, timezone.localdate(start))
    by_term = rule.value.unit is Unit.TERMS
    at = due(rule.value, start, term_ends=[one.ends for one in setting.terms()] if by_term else ())
    if rule.value.unit is Unit.IMMEDIATELY and rule_id != CHASE_IMMEDIATE:
        return Due(at, rule_id, rule.said, chase_at=due_by_rule(CHASE_IMMEDIATE, start, setting).at)
    return Due(at, rule_id, rule.said)


def due_on(day: date) -> Due:
    """The end of the working part of a day somebody agreed to."""
    return Due(end_of(day), rule_text="The date agreed in the review")


def end_of(day: date) -> datetime:
    """Five o'clock; of today, once that is over, midnight: nothing is late when it is agreed to."""
    five = datetime.combine(day, time(17), LONDON)
    is_over = day == timezone.localdate() and five <= timezone.now()
    return datetime.combine(day, time.max, LONDON) if is_over else five


def step_due(state: StepState, start: datetime, setting: Setting) -> Due | None:
    """When a step is due, counted from a moment; None where it has no deadline."""
    within = state.step.within
    if within is None:
        return None
    if isinstance(within, Rule):
        return due_by_rule(within.rule, start, setting)
    span = within.time if isinstance(within, Time) else within
    value, text = Value.parse(span), f"This procedure: {span}"
    if value.unit is Unit.IMMEDIATELY:
        chase = due_by_rule(CHASE_IMMEDIATE, start, setting)
        return Due(start, rule_text=text, chase_at=chase.at)
    return Due(due(value, start), rule_text=text)


def sync_clocks(case: Case, run: Run) -> list[Clock]:
    """Let a clock run for every step of a run that is owed now, and stop those of settled steps.

    Answers those of technical steps that can be done or are done, which technical staff are not told of by
    the case.
    """
    latest = Run.objects.select_for_update(no_key=True).get(pk=run.pk)
    states = latest.states()
    ours = Clock.objects.running().filter(setting=case.setting_id, subject_id=case.pk)
    running = set(ours.values_list("key", flat=True))
    begun = []
    leader = _leader(case, run)
    for state in states:
        key = clock_key(run, state.step.id)
        start = None if state.is_settled else _counted_from(state, states, latest)
        if key not in running:
            begun.append(_owed(case, run, state, start, leader))
        elif start is None:  # also a review, where an answer has opened a step before it again
            stop_clocks(setting_id=case.setting_id, subject_id=case.pk, key=key)
    start_clocks(owed for owed in begun if owed)
    return _for_technical(case, run, [one.step.id for one in states if _concerns_technical(one)])


def clock_key(run: Run, step_id: str) -> str:
    """How the clock of a step is known among those of its case."""
    return f"{run.definition_id}/{step_id}"


def clocks_of_step(run: Run, step_id: str) -> list[UUID]:
    """The clocks that ran or run for a step, which messages about it are about. One query."""
    rows = Clock.objects.filter(setting=run.setting_id, subject_id=run.subject_id)
    return list(rows.filter(key=clock_key(run, step_id)).values_list("pk", flat=True))


def _concerns_technical(state: StepState) -> bool:
    return state.step.by == "technical" and (state.may_be_recorded or state.is_settled)


def _for_technical(case: Case, run: Run, steps: Sequence[str]) -> list[Clock]:
    if not steps:
        return []
    rows = Clock.objects.filter(setting=case.setting_id, subject_id=case.pk)
    rows = rows.filter(key__in=[clock_key(run, one) for one in steps])
    return list(rows.filter(path__contains=TECHNICAL_PAGE).select_related("owner__setting"))


def _counted_from(state: StepState, states: Sequence[StepState], run: Run) -> datetime | None:
    """When a step begins to be owed: when the setting knew, unless it says otherwise; None: not yet."""
    if state.need == "unknown":
        return None
    if state.step.records == "review":
        others = (one for one in states if one.step.id != state.step.id)
        return timezone.now() if all(one.is_settled for one in others) else None
    for earlier in state.step.counts_from:
        return _settled_at(run, earlier)
    return max(run.aware_at, run.made_a_must_at(state.step) or run.aware_at)


def _settled_at(run: Run, step_id: str) -> datetime | None:
    """When an earlier step was last settled; None: not yet."""
    rows = run.outcomes.standing().filter(step=step_id).order_by("-number")
    return rows.values_list("created_at", flat=True).first()


def _owed(
    case: Case, run: Run, state: StepState, start: datetime | None, leader: Member
) -> Owed | None:
    moment = step_due(state, start, case.setting) if start else None
    if not (start and moment):
        return None
    owner = _owner(case, state, leader)
    return Owed(
        owner=owner,
        subject=("case", case.pk),
        key=clock_key(run, state.step.id),
        text=state.step.do,
        path=_path(case, run, state, owner),
        started_at=start,
        due=moment,
    )


def _leader(case: Case, run: Run) -> Member:
    """Whoever began the procedure; if they are away or lead it no more, somebody there who does."""
    began = run.started_by
    if began.pk not in away_today(case.setting) and may_decide_on(began, case):
        return began
    return next(iter(those_who_lead(case)), run.started_by)


def _owner(case: Case, state: StepState, leader: Member) -> Member:
    """Whoever leads the case; for a technical step, a technical member who is not shut out."""
    if state.step.by != "technical":
        return leader
    helpers = case.setting.holding([Role.TECHNICAL], timezone.localdate())
    able = [one for one in helpers if not is_shut_out_of_case(one, case)]
    away = away_today(case.setting)
    return min(able, key=lambda one: one.pk in away, default=leader)


def _path(case: Case, run: Run, state: StepState, owner: Member) -> str:
    if state.step.by == "technical" and Role.TECHNICAL in owner.roles:
        return case.setting.link_to("concerns:technical_step", run.pk, state.step.id)
    return case.setting.link_to("concerns:step", case.pk, run.pk, state.step.id)


def hand_over_clocks(case: Case) -> int:
    """What somebody owed on a case they no longer work on is owed by one who leads it (R16). How much."""
    running = Clock.objects.running().filter(setting=case.setting_id, subject_id=case.pk)
    away = away_today(case.setting)
    lost = [
        clock
        for clock in running.select_related("owner__setting")
        if _is_lost(clock, case) or (clock.owner_id in away and not _is_their_own(clock))
    ]
    heir = next(iter(those_who_lead(case)), None) if lost else None
    if heir is None:
        return 0
    lost_ids = [clock.pk for clock in lost if clock.owner_id != heir.pk]
    return Clock.objects.filter(pk__in=lost_ids).update(**owed_anew(heir), path=case.path)


def hand_over_offers(item: CustodyItem) -> int:
    """A hand-over that whoever was asked can no longer confirm is seen to by one who leads the case."""
    running = Clock.objects.running().filter(setting=item.setting_id, subject_id=item.pk)
    case = item.case
    lost = [
        clock.pk
        for clock in running.select_related("owner")
        if not clock.owner.roles or is_shut_out_of_case(clock.owner, case)
    ]
    heir = next(iter(those_who_lead(case)), None) if lost else None
    if heir is None:
        return 0
    return Clock.objects.filter(pk__in=lost).update(**owed_anew(heir), path=item.path)


def owed_anew(heir: Member) -> dict[str, Any]:
    """The columns of a clock that changes hands: whoever owes it now hears first if it is late."""
    return {"owner": heir, "rung": 0, "escalate_at": F("overdue_at")}


def those_who_lead(case: Case) -> list[Member]:
    """Everyone who may decide on a case today: its leads, and for some classes others on its list.

    Whoever is away comes last.
    """
    roles = LEADS | {Role.MANAGER, Role.COMMITTEE_LEAD}
    away = away_today(case.setting)
    people = case.setting.holding(roles, timezone.localdate()).select_related("user", "setting")
    leading = [member for member in people if may_decide_on(member, case)]
    return sorted(leading, key=lambda member: member.pk in away)


def away_today(setting: Setting) -> frozenset[UUID]:
    """Who of a setting is away today."""
    return Absence.away_from(setting, timezone.localdate())


def _is_lost(clock: Clock, case: Case) -> bool:
    """Whether its owner can no longer do it. Others than leads do technical steps and review actions."""
    if may_decide_on(clock.owner, case):
        return False
    if not clock.owner.roles:
        return True
    return not _is_their_own(clock) or is_shut_out_of_case(clock.owner, case)


def _is_their_own(clock: Clock) -> bool:
    """An action somebody agreed to, or a technical step: not for whoever leads the case to do.

    Whoever helps technically may lead as well: what they owed by that is no technical step.
    """
    helps = Role.TECHNICAL in clock.owner.roles and TECHNICAL_PAGE in clock.path
    return helps or clock.key.startswith("action/")


def known_as_left(item_id: UUID) -> Exists:
    """For a query of one device: whether those who lead were told that it was left behind, as it still is."""
    running = Clock.objects.running().filter(key=f"holder/{item_id}")
    return Exists(running.filter(setting=OuterRef("setting")))


def is_known_as_left(item: CustodyItem) -> bool:
    """The same of a device at hand."""
    return CustodyItem.objects.filter(known_as_left(item.pk), pk=item.pk).exists()
