"""A list of staff compared with those who are here: matched by e-mail address."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from safeguarding.people import permissions
from safeguarding.people.models import Member, RoleEnded, RoleHeld
from safeguarding.people.models.posts import WAITS
from safeguarding.people.roles import FOUR_EYES, Role

from .cells import Problem
from .lists import StaffLine
from .plans import Plan, Shown, problem

OWN = "This is you. Somebody else gives you a role, never you yourself."
TWO_PEOPLE = "counts once a second person has confirmed it"


@dataclass
class StaffPlan(Plan):
    """What a list of staff would do."""

    joining: list[StaffLine] = field(default_factory=list)
    given: list[tuple[Member, StaffLine, Role]] = field(default_factory=list)


def compare(by: Member, lines: Sequence[StaffLine], problems: Sequence[Problem]) -> StaffPlan:
    """Three queries, however long the list is."""
    plan = StaffPlan(problems=list(problems))
    people = Member.objects.readable_by(by).select_related("user", "setting").order_by("name", "pk")
    here = {one.user.email.lower(): one for one in people}
    held = _held(by)
    for line in lines:
        member = here.get(line.email)
        if member is None:
            plan.joining.append(line)
            plan.added.append(Shown(line.line, line.name, tuple(_roles_said(line.roles))))
        else:
            _compare(plan, by, line, member, held[member.pk])
    plan.problems.sort(key=lambda one: one.line)
    named = {line.email for line in lines}
    gone = [one for email, one in here.items() if held[one.pk] and email not in named]
    plan.missing = [Shown(None, one.display_name) for one in gone]
    return plan


def _compare(plan: StaffPlan, by: Member, line: StaffLine, member: Member, held: set[str]) -> None:
    new = sorted(role for role in line.roles if role not in held)
    refused = [role for role in new if not permissions.may_grant_role(by, member, role)]
    if refused:
        why = OWN if member.pk == by.pk else "You may not give this role."
        plan.problems.append(problem(line, "Role", refused[0].label, why))
        return
    plan.given += [(member, line, role) for role in new]
    notes = (
        [] if line.name == member.name else [f"is called {member.display_name} here, and stays so"]
    )
    plan.show(line, member.display_name, _roles_said(new), notes)


def _held(by: Member) -> dict[UUID, set[str]]:
    """The roles of everyone here that count, will count, or wait for a second person."""
    now = timezone.now()
    over = RoleEnded.objects.counting().filter(role_held=OuterRef("pk"))
    lapsed = Q(
        role__in=sorted(FOUR_EYES),
        granted_by__isnull=False,
        confirmed__isnull=True,
        created_at__lte=now - WAITS,
    )
    rows = RoleHeld.objects.filter(~Exists(over), ~lapsed, setting=by.setting_id)
    found: dict[UUID, set[str]] = defaultdict(set)
    open_ended = Q(ends__isnull=True) | Q(ends__gte=timezone.localdate(now))
    for member, role in rows.filter(open_ended).values_list("member", "role"):
        found[member].add(role)
    return found


def _roles_said(roles: Iterable[Role]) -> list[str]:
    return [
        f"{role.label}: {TWO_PEOPLE}" if role in FOUR_EYES else role.label for role in sorted(roles)
    ]
