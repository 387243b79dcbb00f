"""The rows of duties that are taken on, and those that a version brings with it."""

from collections.abc import Iterable

from django.utils import timezone

from foundation.errors import RuleBroken
from safeguarding.audit.trail import record
from safeguarding.people.models import Member
from safeguarding.policies.adopting import Take
from safeguarding.policies.duties import catalogue
from safeguarding.policies.models import DutyAdoption, PolicyVersion


def written(by: Member, takes: Iterable[Take]) -> list[DutyAdoption]:
    """The rows of what these change; once more, none."""
    wanted = list(takes)
    for one in wanted:
        _refuse_wrong(by, one)
    counting = DutyAdoption.objects.filter(setting=by.setting_id).as_at(timezone.now())
    before = {one.duty_id: Take.of(one) for one in counting.select_related("policy")}
    return DutyAdoption.objects.bulk_create(
        DutyAdoption(setting=by.setting, adopted_by=by, **one.columns())
        for one in wanted
        if one != before.get(one.duty_id)
    )


def bring_in(by: Member, version: PolicyVersion) -> None:
    """What was planned when a version was built counts from now. Whatever was decided since stays."""
    rows = DutyAdoption.objects.filter(setting=version.setting_id).as_at(timezone.now())
    now = {one.duty_id: one for one in rows}
    takes = []
    for one in version.planned.order_by("duty_id"):
        row = now.get(one.duty_id)
        if row is None or row.created_at < version.created_at:
            days = row.interval_days if row else None
            why = one.opted_out_because
            takes.append(Take(one.duty_id, version.policy, one.clause_number, days, why))
    if changed := written(by, takes):
        out = sum(bool(one.opted_out_because) for one in changed)
        record("duties.adopted", version, by=by, number=len(changed), opted_out=out)


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
