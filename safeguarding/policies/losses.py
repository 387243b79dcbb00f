"""What a new version would lose: clauses that an adopted duty needs, and which are gone or changed."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from .duties import duty
from .models import AcceptedLoss, Clause, DutyAdoption, PolicyVersion


@dataclass(frozen=True)
class Loss:
    """One duty, the clause it stands under, what became of that clause, and what somebody said about it."""

    duty_id: str
    clause_number: str
    what: Literal["gone", "changed"]
    before: Clause | None
    after: Clause | None
    accepted: AcceptedLoss | None

    @property
    def asks(self) -> str:
        """What the duty asks, in a sentence."""
        found = duty(self.duty_id)
        return found.duty if found else ""

    @property
    def is_settled(self) -> bool:
        return self.accepted is not None


def losses(version: PolicyVersion) -> list[Loss]:
    """Every duty whose clause the version no longer has, or has in other words. Five queries.

    A build plans the clause of each duty in the new text. It is compared with the one it has until then.
    """
    held = [one for one in standing(version.setting_id) if one.policy_id == version.policy_id]
    planned = dict(version.planned.values_list("duty_id", "clause_number"))
    numbers = {one.duty_id: one.clause_number for one in held if one.clause_number}
    now_at = {duty_id: planned.get(duty_id, number) for duty_id, number in numbers.items()}
    now_at = {duty_id: number for duty_id, number in now_at.items() if number}
    if not now_at:
        return []
    was_at = numbers | _numbers_before(version)
    before, after = _clauses(version, {*was_at.values(), *now_at.values()})
    said = {(one.duty_id, one.clause_number): one for one in version.accepted_losses.all()}
    found = []
    for duty_id, number in sorted(now_at.items()):
        was, now = before.get(was_at[duty_id]), after.get(number)
        if now is None or (was is not None and _words(was) != _words(now)):
            accepted = said.get((duty_id, number))
            what: Literal["gone", "changed"] = "changed" if now else "gone"
            found.append(Loss(duty_id, number, what, was, now, accepted))
    return found


def standing(setting_id: UUID) -> list[DutyAdoption]:
    """The duties a setting has taken on, as they stand now. One query."""
    rows = DutyAdoption.objects.filter(setting=setting_id).as_at(timezone.now())
    return list(rows.filter(opted_out_because=""))


def _numbers_before(version: PolicyVersion) -> dict[str, str]:
    """The clause of each duty at the moment at which this version was written. One query."""
    rows = DutyAdoption.objects.filter(setting=version.setting_id, policy=version.policy_id)
    then = rows.as_at(version.created_at).values_list("duty_id", "clause_number")
    return {duty_id: number for duty_id, number in then if number}


def _clauses(
    version: PolicyVersion, numbers: set[str]
) -> tuple[dict[str, Clause], dict[str, Clause]]:
    """Clauses with these numbers, of the version in force before and of this one. One query."""
    adopted = version.policy.versions.filter(adoption__isnull=False).exclude(pk=version.pk)
    before = adopted.order_by("-number").values("pk")[:1]
    rows = Clause.objects.filter(Q(version=version) | Q(version__in=before), number__in=numbers)
    found: tuple[dict[str, Clause], dict[str, Clause]] = {}, {}
    for one in rows:
        found[one.version_id == version.pk][one.number] = one
    return found


def _words(clause: Clause) -> list[str]:
    return f"{clause.heading} {clause.text}".split()
