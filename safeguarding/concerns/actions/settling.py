"""What a person led or owed is settled again when a tie or a role of theirs counts, or they are away."""

from django.db import transaction
from django.utils import timezone

from safeguarding.audit.trail import System, record
from safeguarding.concerns import routing
from safeguarding.concerns.deadlines import away_today, hand_over_offers, those_who_lead
from safeguarding.concerns.leading import those_who_decide
from safeguarding.concerns.models import Case, Concern, CustodyItem
from safeguarding.people.models import Member

from ._holders import cases_with_a_device_of, see_to_devices
from ._in_hands import cases_of, hold_report, owed_by
from ._leading import keep_in_hands
from ._telling import hand_over, tell

WHY = "told because somebody who was told may not deal with it, or is away"


@transaction.atomic
def hand_on(*, by: System, member: Member) -> None:
    """Hand on every case and report that this member led, or owed something on (rules R11, R16)."""
    for case in cases_of(member):
        if keep_in_hands(case):
            record("case.settled", case, by=by)
    for case in cases_with_a_device_of(member):
        see_to_devices(case, by)
    for concern in _reports_of(member):
        if _keep_in_hands(concern):
            record("concern.settled", concern, by=by)


@transaction.atomic
def hand_on_offers(*, by: System, member: Member) -> None:
    """Hand on what this member was asked to confirm of a device, where they no longer can."""
    here = CustodyItem.objects.filter(setting=member.setting_id).select_related("setting")
    for item in here.filter(pk__in=owed_by(member).values("subject_id")):
        if hand_over_offers(item):
            record("custody.settled", item, by=by)


@transaction.atomic
def keep_led(*, by: System, record_of: Case | Concern) -> bool:
    """See that somebody leads this, where a role or a place on its list ran out by its day (rule R11).

    Whether that took a change. Nothing is recorded where nobody is left who may know of it.
    """
    if isinstance(record_of, Concern):
        hold_report(record_of)
        if done := _keep_in_hands(record_of):
            record("concern.settled", record_of, by=by)
        return done
    Case.objects.select_for_update(no_key=True).get(pk=record_of.pk)
    if those_who_lead(record_of):  # another worker just saw to it
        return False
    keep_in_hands(record_of)
    if done := bool(those_who_lead(record_of)):
        record("case.settled", record_of, by=by)
    return done


def _reports_of(member: Member) -> list[Concern]:
    """Waiting reports on which they owe something, or that nobody told may decide on."""
    waiting = Concern.objects.waiting().filter(setting=member.setting_id).select_related("setting")
    owing = set(waiting.filter(pk__in=owed_by(member).values("subject_id")))
    return list(owing | {one for one in waiting if not those_who_decide(one)})


def _keep_in_hands(concern: Concern) -> bool:
    """See that somebody who is there, and may decide, owes the report. Whether that took a change."""
    able = those_who_decide(concern)
    enough = routing.ENOUGH_FOR_AN_ALLEGATION if concern.record_class == "C3" else 1
    further = []
    if len(able) < enough or able[0].pk in away_today(concern.setting):
        told = set(concern.recipients.values_list("member", flat=True))
        further = [one for one in routing.first_told(concern) if one.pk not in told]
        tell(concern, further, WHY, read_from=timezone.now())
        able = those_who_decide(concern)
    changed = hand_over(concern, able[0]) if able else 0
    return bool(able) and bool(further or changed)
