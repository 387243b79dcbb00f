"""What a new version would lose: clauses that an adopted duty needs, and which are gone or changed."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

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
    """Every duty whose clause the version no longer has, or has in other words. Four queries."""
    held = [one for one in standing(version.setting_id) if one.policy_id == version.policy_id]
    wanted = {one.clause_number for one in held if one.clause_number}
    if not wanted:
        return []
    before = _clauses(_in_force_before(version), wanted)
    after = _clauses(version, wanted)
    said = {(one.duty_id, one.clause_number): one for one in version.accepted_losses.all()}
    found = []
    for taken in sorted(held, key=lambda one: one.duty_id):
        number = taken.clause_number
        was, now = before.get(number), after.get(number)
        what: Literal["gone", "changed"] = "changed" if now else "gone"
        if number and (now is None or (was is not None and _words(was) != _words(now))):
            accepted = said.get((taken.duty_id, number))
            found.append(Loss(taken.duty_id, number, what, was, now, accepted))
    return found


def standing(setting_id: UUID) -> list[DutyAdoption]:
    """The duties a setting has taken on, as they stand now. One query."""
    rows = DutyAdoption.objects.filter(setting=setting_id).as_at(timezone.now())
    return list(rows.filter(opted_out_because=""))


def _in_force_before(version: PolicyVersion) -> PolicyVersion | None:
    adopted = version.policy.versions.filter(adoption__isnull=False).exclude(pk=version.pk)
    return adopted.order_by("-number").first()


def _clauses(version: PolicyVersion | None, numbers: Collection[str]) -> dict[str, Clause]:
    if version is None:
        return {}
    return {one.number: one for one in version.clauses.filter(number__in=numbers)}


def _words(clause: Clause) -> list[str]:
    return f"{clause.heading} {clause.text}".split()
