"""Which duties a setting takes on, under which of its own clauses: ready-made for the two policies."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from .duties import POLICIES, Duty, Section, catalogue
from .models import Clause, DutyAdoption, Policy, PolicyVersion

# How a policy's title shows which of the two it is.
TITLES = {
    "MTSM": re.compile(r"mobile|social media", re.IGNORECASE),
    "OSP": re.compile(r"online safety", re.IGNORECASE),
}


@dataclass(frozen=True)
class Take:
    """One duty as a setting takes it on; or, with a reason, as it does not."""

    duty_id: str
    policy: Policy | None = None
    clause_number: str = ""
    interval_days: int | None = None
    opted_out_because: str = ""

    @classmethod
    def of(cls, row: DutyAdoption) -> Self:
        """What an earlier row said."""
        reason = row.opted_out_because
        return cls(row.duty_id, row.policy, row.clause_number, row.interval_days, reason)

    def columns(self) -> dict[str, Any]:
        """As the row has it."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def ready_made(setting_id: UUID) -> list[Take]:
    """Every duty of the catalogue under its clause here, as far as one fits. Two queries.

    Where the setting has no such policy, or no such clause, the number is that of the policy of 2020.
    """
    policies = _policies(setting_id)
    clauses = _clauses(version for version in policies.values())
    taken = []
    for duty in catalogue().values():
        version = policies.get(duty.policy)
        found = clause_for(duty, clauses.get(version.pk, ()) if version else ())
        taken.append(Take(duty.id, version.policy if version else None, found))
    return taken


def clause_for(duty: Duty, clauses: Iterable[Clause]) -> str:
    """The number of the clause that a duty belongs to: by its heading, else the longest number that fits."""
    there = [one for one in clauses if one.number]
    by_heading = [one for one in there if _plain(one.heading) == _plain(duty.place.heading)]
    if by_heading and "." not in duty.clause:
        return by_heading[0].number
    fitting = [one.number.rstrip(".") for one in there if _is_within(duty.clause, one.number)]
    return max(fitting, key=len, default=duty.clause)


def _is_within(number: str, clause: str) -> bool:
    """Whether 5.3.2 is in 5, 5.3 or 5.3.2; it is not in 5.31."""
    return f"{number}.".startswith(f"{clause.rstrip('.')}.")


def _plain(heading: str) -> str:
    return re.sub(r"[^a-z]", "", heading.casefold())


def _policies(setting_id: UUID) -> dict[str, PolicyVersion]:
    """The setting's own OSP and MTSM, in their newest version."""
    newest: dict[UUID, PolicyVersion] = {}
    rows = PolicyVersion.objects.filter(setting=setting_id).with_withdrawal()
    for version in rows.select_related("policy").order_by("number"):
        if not version.is_withdrawn:
            newest[version.policy_id] = version
    found: dict[str, PolicyVersion] = {}
    for version in newest.values():
        for name, title in TITLES.items():
            if title.search(version.title):
                found.setdefault(name, version)
    return found


def _clauses(versions: Iterable[PolicyVersion]) -> dict[UUID, list[Clause]]:
    found: dict[UUID, list[Clause]] = {}
    for clause in Clause.objects.filter(version__in=list(versions)):
        found.setdefault(clause.version_id, []).append(clause)
    return found


@dataclass(frozen=True)
class Clauses:
    """One section of a policy with its duties, each with how it was taken on, if at all."""

    policy: str
    section: Section
    duties: list[tuple[Duty, DutyAdoption | None]]


def by_clause(taken: Mapping[str, DutyAdoption]) -> list[Clauses]:
    """The whole catalogue in the order of the policies. No query."""
    found: dict[tuple[str, str, str], Clauses] = {}
    for duty in catalogue().values():
        place = duty.place
        key = (duty.policy, place.section, place.heading)
        part = found.setdefault(key, Clauses(POLICIES[duty.policy], place, []))
        part.duties.append((duty, taken.get(duty.id)))
    return list(found.values())
