"""What is said about a policy beside its text: other titles, and duties whose clause a new version loses."""

from django.db import transaction

from foundation.errors import RuleBroken
from safeguarding.audit.trail import record
from safeguarding.people.models import Member
from safeguarding.people.permissions import require
from safeguarding.people.turns import take_turn
from safeguarding.policies.losses import losses
from safeguarding.policies.models import AcceptedLoss, Alias, Policy, PolicyVersion
from safeguarding.policies.permissions import may_write


@transaction.atomic
def add_alias(*, by: Member, policy: Policy, name: str) -> Alias:
    """Keep another title of a policy, so that clauses which use it lead here."""
    require(may_write, by)
    take_turn(by.setting_id)
    standing = Alias.objects.readable_by(by).standing()
    taken = standing.filter(name__iexact=name).select_related("policy").first()
    if taken is not None:
        raise RuleBroken(f"“{name}” is already another title of a policy here.")
    alias = Alias.objects.create(setting=by.setting, policy=policy, name=name, named_by=by)
    record("policy.alias_added", alias, by=by, policy=str(policy.pk))
    return alias


@transaction.atomic
def end_alias(*, by: Member, alias: Alias) -> Alias:
    """Say that a title does not mean this policy any more."""
    require(may_write, by)
    ended = Alias.objects.create(
        setting=by.setting, policy=alias.policy, name=alias.name, has_ended=True, named_by=by
    )
    record("policy.alias_ended", ended, by=by, policy=str(alias.policy_id))
    return ended


@transaction.atomic
def accept_loss(
    *, by: Member, version: PolicyVersion, duty_id: str, moved_to: str = "", reason: str = ""
) -> AcceptedLoss:
    """Say what becomes of a duty whose clause is gone or changed: where it stands now, or why it is right."""
    require(may_write, by)
    take_turn(by.setting_id)
    found = next((one for one in losses(version) if one.duty_id == duty_id), None)
    if found is None or found.is_settled or hasattr(version, "adoption"):
        raise RuleBroken(
            "There is nothing to say about this duty any more. Look at the page again."
        )
    if moved_to and not version.clauses.filter(number=moved_to).exists():
        raise RuleBroken(f"This version has no clause {moved_to}.")
    if not moved_to and not reason.strip():
        raise RuleBroken("Say which clause holds the duty now, or why the change is right.")
    accepted = AcceptedLoss.objects.create(
        setting=version.setting,
        version=version,
        duty_id=duty_id,
        clause_number=found.clause_number,
        moved_to=moved_to,
        reason=reason,
        accepted_by=by,
    )
    record("policy.loss_accepted", version, by=by, duty=duty_id, moved_to=moved_to)
    return accepted
