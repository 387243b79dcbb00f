"""Taking duties on, clause by clause; the newest word on each counts."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from foundation.errors import RuleBroken
from safeguarding.audit.trail import record
from safeguarding.people.models import Member
from safeguarding.people.permissions import require
from safeguarding.policies.adopting import Take
from safeguarding.policies.duties import catalogue
from safeguarding.policies.models import DutyAdoption, PolicyVersion
from safeguarding.policies.permissions import may_adopt_duties


@transaction.atomic
def adopt_duties(*, by: Member, takes: Iterable[Take]) -> list[DutyAdoption]:
    """Take duties on, or say why one is not taken on. Gives those that this changes; once more, none."""
    require(may_adopt_duties, by)
    return write_duties(by, takes)


def duties_of_version(by: Member, version: PolicyVersion) -> list[DutyAdoption]:
    """What was planned when a version was built counts from now. Whatever was decided since stays."""
    rows = DutyAdoption.objects.filter(setting=version.setting_id).as_at(timezone.now())
    now = {one.duty_id: one for one in rows}
    planned = [
        one
        for one in version.planned.order_by("duty_id")
        if one.duty_id not in now or now[one.duty_id].created_at < version.created_at
    ]
    often = {duty: row.interval_days for duty, row in now.items()}
    return write_duties(
        by,
        (
            Take(
                one.duty_id,
                version.policy,
                one.clause_number,
                often.get(one.duty_id),
                one.opted_out_because,
            )
            for one in planned
        ),
    )


def write_duties(by: Member, takes: Iterable[Take]) -> list[DutyAdoption]:
    """The rows of what changes, and a line in the trail."""
    wanted = list(takes)
    for one in wanted:
        _refuse_wrong(by, one)
    counting = DutyAdoption.objects.filter(setting=by.setting_id).as_at(timezone.now())
    before = {one.duty_id: Take.of(one) for one in counting.select_related("policy")}
    changed = DutyAdoption.objects.bulk_create(
        DutyAdoption(setting=by.setting, adopted_by=by, **one.columns())
        for one in wanted
        if one != before.get(one.duty_id)
    )
    if changed:
        out = sum(bool(one.opted_out_because) for one in changed)
        which = changed[0].duty_id if len(changed) == 1 else None
        record("duties.adopted", changed[0], by=by, number=len(changed), duty=which, opted_out=out)
    return changed


def _refuse_wrong(by: Member, take: Take) -> None:
    duty = catalogue().get(take.duty_id)
    if duty is None:
        raise RuleBroken(f"There is no duty {take.duty_id} in the catalogue.")
    if take.policy and take.policy.setting_id != by.setting_id:
        raise RuleBroken("That policy is not one of yours.")
    if take.interval_days is not None and not 0 < take.interval_days <= duty.days:
        raise RuleBroken(
            f"You can make it more often, not less often: {duty.days} days or fewer for {duty.id}."
        )
