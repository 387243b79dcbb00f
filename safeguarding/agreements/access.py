"""Whether an access stands: agreement, role and training, worked out for any moment, for many at once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from safeguarding.people.models import Carer, Member, RoleHeld
from safeguarding.people.roles import Role
from safeguarding.training.currency import missing

from .audiences import Audience
from .kinds import KINDS, AccessKind
from .models import Grant, GrantEnded
from .standing import Stand, signed_at

Why = GrantEnded.Why
NOT_GIVEN = {
    Why.ROLE: "{who} holds no role that goes with it. It is for: {roles}.",
    Why.AGREEMENT: "{who} has not signed what it rests on. Ask them to sign first.",
    Why.TRAINING: "Training that {who} needs is not up to date: {training}.",
    Why.CARE: "{who} no longer cares for a child here, as it is written down with the family.",
}


@dataclass(frozen=True)
class Standing:
    """What the access of one person rests on, at a moment."""

    roles: frozenset[Role]
    signed: frozenset[Audience]
    missing_training: tuple[str, ...] = ()
    cares_no_more: bool = False

    def lacks(self, kind: AccessKind) -> Why | None:
        """What an access of this kind lacks; None where it stands."""
        if not self.roles & kind.holders:
            return Why.ROLE
        if kind.carer and self.cares_no_more:
            return Why.CARE
        if kind.agreements_for(self.roles) - self.signed:
            return Why.AGREEMENT
        return Why.TRAINING if kind.training and self.missing_training else None

    def why_not(self, kind: AccessKind, who: str) -> str:
        """The sentence for whoever wants to give it; empty where nothing is in the way."""
        lacks = self.lacks(kind)
        if lacks is None:
            return ""
        roles = ", ".join(sorted(role.label for role in kind.holders))
        said = {"who": who, "roles": roles, "training": ", ".join(self.missing_training)}
        return NOT_GIVEN[lacks].format(**said)


def standing(member_ids: Collection[UUID], at: datetime) -> dict[UUID, Standing]:
    """What these people's access rests on at a moment: eight queries, however many they are."""
    held: dict[UUID, set[Role]] = {pk: set() for pk in member_ids}
    settings: dict[UUID, UUID] = {}
    gone: set[UUID] = set()
    rows = RoleHeld.objects.current(timezone.localdate(at), known_at=at)
    rows = rows.filter(member__in=member_ids, created_at__lte=at)
    rows = rows.annotate(cares_no_more=_cares_no_more("member", at))
    told = ("member_id", "setting_id", "role", "cares_no_more")
    for member, setting, role, cares_no_more in rows.values_list(*told):
        held[member].add(Role(role))
        settings[member] = setting
        gone |= {member} if cares_no_more else set()
    signed, untrained = signed_at(member_ids, at, settings), missing(member_ids, at)
    return {
        pk: Standing(
            frozenset(roles),
            signed.get(pk, frozenset()),
            tuple(untrained.get(pk, ())),
            cares_no_more=pk in gone,
        )
        for pk, roles in held.items()
    }


def _cares_no_more(member: str, at: datetime) -> Q:
    """Whether somebody was put with a family, and at a moment cares for none: not who never was."""
    theirs = Carer.objects.filter(member=OuterRef(member), created_at__lte=at)
    over = Q(ended__created_at__lte=at)
    return Q(Exists(theirs.filter(over)), ~Exists(theirs.exclude(over)))


def own_access(
    member: Member, stands: Iterable[Stand], at: datetime
) -> tuple[list[tuple[Grant, Why | None]], tuple[str, ...]]:
    """What somebody was given, each with what it lacks at this moment, and which training is missing.

    Whoever asks has their roles and how they stand towards what they sign. One query, and five where
    something of it rests on training.
    """
    rows = Grant.objects.readable_by(member).filter(member=member.pk).open()
    rows = rows.annotate(cares_no_more=_cares_no_more("member", at))
    grants = list(rows.order_by("-created_at"))
    signed = frozenset(Audience) - {
        Audience(one.agreement.audience) for one in stands if one.shuts_access
    }
    rests_on_training = any(one.of_kind.training for one in grants)
    untrained = tuple(missing([member.pk], at).get(member.pk, ())) if rests_on_training else ()
    gone = any(getattr(one, "cares_no_more") for one in grants)  # noqa: B009  annotated
    now = Standing(member.roles, signed, untrained, cares_no_more=gone)
    return [(one, now.lacks(one.of_kind)) for one in grants], untrained


def lapsed(grants: Iterable[Grant], at: datetime) -> list[tuple[Grant, Why]]:
    """Those of these that no longer stand, each with what it lacks."""
    grants = list(grants)
    stands = standing({one.member_id for one in grants}, at) if grants else {}
    found = ((one, stands[one.member_id].lacks(KINDS[one.kind])) for one in grants)
    return [(one, why) for one, why in found if why is not None]
