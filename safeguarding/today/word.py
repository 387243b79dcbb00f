"""Whether somebody waits for a member's word: asked on every look at the day, so put together once."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, Q, QuerySet

from foundation.prepared import prepared
from safeguarding.approvals.models import Approval
from safeguarding.approvals.permissions import APPROVES
from safeguarding.people.models import Member, Relationship, RoleEnded, RoleHeld
from safeguarding.people.models.posts import WAITS
from safeguarding.people.somebody import EXAMPLES, Alike, account_of, alike_to, values_of


def _word(
    member: UUID,
    setting: UUID,
    on: date,
    at: datetime,
    user: UUID,
    name: str,
    since: datetime,
    *tied: UUID,
    alike: Alike,
) -> QuerySet[Any, Any]:
    who = alike.somebody(member, setting, tied, user_id=user, name=name, now=(on, at))
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


_WORD = prepared(_word, examples=EXAMPLES)


def waiting_for(member: Member, at: datetime) -> tuple[bool, bool]:
    """Whether anything about people waits for a member's word, and whether any approval. One query."""
    if not member.roles & APPROVES:  # none of the approvals is for them: only ties can be
        return Relationship.objects.to_confirm(member).exists(), False
    who = values_of(member, *account_of(member), at - WAITS, at=at)
    [(waits, asked)] = _WORD(*who, alike=alike_to(member))
    return waits, asked
