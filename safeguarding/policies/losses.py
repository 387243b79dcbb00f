"""What a new version would lose: clauses that an adopted duty needs, and which are gone or changed."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

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
    def is_settled(self) -> bool:
        return self.accepted is not None


def losses(version: PolicyVersion) -> list[Loss]:
    """Every duty whose clause the version no longer has, or has in other words. Four queries."""
    duties = [one for one in standing(version.setting_id) if one.policy_id == version.policy_id]
    wanted = {one.clause_number for one in duties if one.clause_number}
    if not wanted:
        return []
    before = _clauses(_in_force_before(version), wanted)
    after = _clauses(version, wanted)
    said = {(one.duty_id, one.clause_number): one for one in version.accepted_losses.all()}
    found = []
    for duty in sorted(duties, key=lambda one: one.duty_id):
        number = duty.clause_number
        was, now = before.get(number), after.get(number)
        what: Literal["gone", "changed"] = "changed" if now else "gone"
        if number and (now is None or (was is not None and _words(was) != _words(now))):
            accepted = said.get((duty.duty_id, number))
            found.append(Loss(duty.duty_id, number, what, was, now, accepted))
    return found


def standing(setting_id: UUID) -> list[DutyAdoption]:
    """The duties a setting has taken on under a clause: of each, the newest row. One query."""
    newest: dict[str, DutyAdoption] = {}
    for one in DutyAdoption.objects.filter(setting=setting_id).order_by("created_at", "pk"):
        newest[one.duty_id] = one
    return [one for one in newest.values() if not one.opted_out_because]


def _in_force_before(version: PolicyVersion) -> PolicyVersion | None:
    adopted = version.policy.versions.filter(adoption__isnull=False).exclude(pk=version.pk)
    return adopted.order_by("-number").first()


def _clauses(version: PolicyVersion | None, numbers: Collection[str]) -> dict[str, Clause]:
    if version is None:
        return {}
    return {one.number: one for one in version.clauses.filter(number__in=numbers)}


def _words(clause: Clause) -> list[str]:
    return f"{clause.heading} {clause.text}".split()
