"""Whether somebody waits for a member's word: asked on every look at the day, so put together once."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, Q, QuerySet

from foundation.prepared import Value, prepared
from safeguarding.approvals.models import Approval
from safeguarding.approvals.permissions import APPROVES
from safeguarding.people.models import Member, Relationship, RoleEnded, RoleHeld
from safeguarding.people.models.posts import WAITS
from safeguarding.people.roles import BREAKS_GLASS, CONFIRMS, Role
from safeguarding.people.somebody import Somebody, asks, shape_of, ties_of


def _word(
    member: UUID,
    setting: UUID,
    user: UUID,
    name: str,
    on: date,
    at: datetime,
    since: datetime,
    *tied: UUID,
    members: int,
    roles: frozenset[Role],
    glass: bool,
) -> QuerySet[Any, Any]:
    of = {"roles": roles, "may_have_glass": glass, "user_id": user, "name": name, "now": (on, at)}
    who = Somebody.with_ties(member, setting, tied, members, **of)
    asked = Approval.objects.to_approve(who, at)
    # Asked of the member's own row, so that one question is enough.
    row = Member.objects.filter(pk=member, setting=setting, user=user)
    return row.values_list(_of_people(who, (on, since)), Exists(asked))


def _of_people(who: Any, when: tuple[date, datetime]) -> Any:
    roles = RoleHeld.objects.to_confirm(who, when)
    ends = RoleEnded.objects.to_confirm(who, when)
    ties = Relationship.objects.to_confirm(who)
    any_ = Q(Exists(roles)) | Q(Exists(ends)) | Q(Exists(ties))
    return ExpressionWrapper(any_, output_field=BooleanField())


_WORD = prepared(
    _word,
    examples=[
        {"members": 0, "roles": roles, "glass": glass}
        for roles in (CONFIRMS, BREAKS_GLASS & CONFIRMS, frozenset({Role.GROUP_OFFICER}))
        for glass in (False, True)
    ],
)


def waiting_for(member: Member, at: datetime) -> tuple[bool, bool]:
    """Whether anything about people waits for a member's word, and whether any approval. One query."""
    if not member.roles & APPROVES:  # none of the approvals is for them: only ties can be
        return Relationship.objects.to_confirm(member).exists(), False
    who: tuple[Value, ...] = (*asks(member, at), at - WAITS, *ties_of(member))
    shape = {"roles": member.roles, "glass": member.may_have_glass, **shape_of(member)}
    [(waits, asked)] = _WORD(*who, **shape)
    return waits, asked
