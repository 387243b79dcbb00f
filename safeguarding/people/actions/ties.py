"""Who is close to whom: declared by one, confirmed by another, ended from outside."""

from django.db import transaction

from foundation.errors import RuleBroken
from safeguarding.audit.trail import record
from safeguarding.people import permissions
from safeguarding.people.models import (
    Child,
    Member,
    Relationship,
    RelationshipConfirmed,
    RelationshipEnded,
)
from safeguarding.people.permissions import require
from safeguarding.people.settling import settle_again

from ._here import check_here


@transaction.atomic
def declare_relationship(
    *,
    by: Member,
    about: Member,
    kind: str,
    other_member: Member | None = None,
    child: Child | None = None,
) -> Relationship:
    """Put on record that a member is close to somebody else here (rule R10).

    It counts for whoever declares it at once, and for nobody else until it is confirmed.
    """
    require(permissions.may_declare_relationship, by, about)
    check_here(by, other_member, child)
    if (other_member is None) == (child is None):
        raise RuleBroken("Choose one person: an adult or a child.")
    if other_member == about:
        raise RuleBroken("A tie is with somebody else. Choose another person.")
    tie = Relationship.objects.create(
        setting=by.setting,
        member=about,
        other_member=other_member,
        child=child,
        kind=kind,
        declared_by=by,
    )
    settle_again(*_people_of(tie))
    record("relationship.declared", tie, by=by, member=str(about.pk))
    return tie


@transaction.atomic
def confirm_relationship(*, by: Member, tie: Relationship) -> RelationshipConfirmed:
    """Say that a tie somebody else declared is true: one's own, or one of two others."""
    require(permissions.may_confirm_relationship, by, tie)
    _refuse_ended(tie)
    if tie.confirmations.filter(confirmed_by=by).exists():
        raise RuleBroken("You have already confirmed this tie.")
    confirmed = RelationshipConfirmed.objects.create(
        setting=tie.setting, relationship=tie, confirmed_by=by
    )
    settle_again(*_people_of(tie))
    record("relationship.confirmed", tie, by=by)
    return confirmed


@transaction.atomic
def end_relationship(*, by: Member, tie: Relationship, reason: str) -> RelationshipEnded:
    """Say that a tie is over, or never was. It keeps nobody out of anything from now."""
    require(permissions.may_end_relationship, by, tie)
    _refuse_ended(tie)
    ended = RelationshipEnded.objects.create(
        setting=tie.setting, relationship=tie, ended_by=by, reason=reason
    )
    record("relationship.ended", tie, by=by)
    return ended


def _people_of(tie: Relationship) -> list[Member]:
    return [one for one in (tie.member, tie.other_member) if one is not None]


def _refuse_ended(tie: Relationship) -> None:
    # The second of two waits here.
    Relationship.objects.select_for_update(no_key=True).get(pk=tie.pk)
    if RelationshipEnded.objects.filter(relationship=tie).exists():
        raise RuleBroken("This tie has already ended.")
