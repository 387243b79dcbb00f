"""A policy that was saved by mistake: another's version, or none at all. Its words stay to be read."""

from django.db import transaction
from django.utils import timezone

from foundation.errors import RuleBroken
from safeguarding.audit.trail import record
from safeguarding.notifications.clocks import stop_clocks
from safeguarding.people.models import Member
from safeguarding.people.permissions import require
from safeguarding.people.turns import take_turn
from safeguarding.policies.adopting import Take, ready_made
from safeguarding.policies.models import (
    Adoption,
    DutyAdoption,
    Policy,
    Proposal,
    SavedByMistake,
)
from safeguarding.policies.permissions import may_withdraw_policy

from ._duties import written

ADOPTED = (
    "The committee adopted this policy, so it was no mistake. Nothing was changed. Begin a review of it, "
    "and end that by saying that it is withdrawn."
)
WAITS = "A version of it waits for the committee. Take that back first, on the page of the version."
REVIEWED = "It is being looked at again. End that review first, by saying that it is withdrawn."
SAID = "Somebody has said already that this was saved by mistake. Look at its page again."
WHY = "Say why. For example: it is a new version of the online safety policy."


@transaction.atomic
def say_saved_by_mistake(*, by: Member, policy: Policy, reason: str) -> SavedByMistake:
    """Say that a policy nobody adopted should not be here: boards, reviews and reminders forget it."""
    require(may_withdraw_policy, by, policy)
    take_turn(by.setting_id)  # whoever proposes it, or takes a duty, waits here
    _refuse(policy, reason)
    mistake = SavedByMistake.objects.create(
        setting=policy.setting, policy=policy, reason=reason, said_by=by
    )
    _move_duties(by, policy)
    stop_clocks(setting_id=policy.setting_id, subject_id=policy.pk)
    record("policy.saved_by_mistake", policy, by=by)
    return mistake


def _refuse(policy: Policy, reason: str) -> None:
    said = SavedByMistake.objects.filter(policy=policy).order_by("-created_at").first()
    if said and not policy.versions.filter(created_at__gt=said.created_at).exists():
        raise RuleBroken(SAID)
    if not reason.strip():
        raise RuleBroken(WHY)
    if Adoption.objects.filter(version__policy=policy).exists():
        raise RuleBroken(ADOPTED)
    if Proposal.objects.open().filter(version__policy=policy).exists():
        raise RuleBroken(WAITS)
    if policy.reviews.filter(outcome__isnull=True).exists():
        raise RuleBroken(REVIEWED)


def _move_duties(by: Member, policy: Policy) -> None:
    """Duties that came under it stand where they would stand without it; how often and whether, as before."""
    rows = DutyAdoption.objects.filter(setting=policy.setting_id).as_at(timezone.now())
    under = {one.duty_id: one for one in rows.filter(policy=policy)}
    without = ready_made(policy.setting_id) if under else ()
    takes = [_moved(under[to.duty_id], to) for to in without if to.duty_id in under]
    if changed := written(by, takes):
        record("duties.adopted", changed[0], by=by, number=len(changed))


def _moved(row: DutyAdoption, to: Take) -> Take:
    return Take(row.duty_id, to.policy, to.clause_number, row.interval_days, row.opted_out_because)
