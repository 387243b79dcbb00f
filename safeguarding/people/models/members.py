"""People at work in a setting."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.functional import cached_property

from foundation.prepared import prepared
from safeguarding.people import permissions
from safeguarding.people.roles import AT_WORK, LEADERSHIP, LEADS, STAFF, Role

from .posts import RoleHeld
from .settings import Setting, SettingRecord
from .users import User

if TYPE_CHECKING:
    from safeguarding.people.keyring import Keyring


@dataclass(frozen=True)
class Tied:
    """The members and children that somebody is close to, by id."""

    members: frozenset[UUID]
    children: frozenset[UUID]


NOBODY = Tied(frozenset(), frozenset())


def glass_open(member: str, at: datetime) -> Exists:
    """For a query whose field `member` names a member: whether they broke the glass within the hour."""
    running = apps.get_model("people", "BreakGlass")._default_manager
    return Exists(running.filter(member=OuterRef(member), ends_at__gt=at))


@cache  # part of nearly every question about people
def may_be_tied(member: str) -> Q:
    """For a query whose field `member` names a member: whether any tie of theirs is on record at all."""
    here = OuterRef(member)
    ties = apps.get_model("people", "Relationship")._default_manager
    carers = apps.get_model("people", "Carer")._default_manager
    declared = ties.filter(Q(member=here) | Q(other_member=here))
    return Q(Exists(declared)) | Q(Exists(carers.filter(member=here)))


class MemberQuerySet(models.QuerySet["Member"]):
    def readable_by(self, member: "Member") -> Self:
        return self.filter(permissions.members_readable_by(member))

    def open_to(self, user: User, on: date) -> Self:
        """The memberships with which a person may go in on a day, by setting."""
        held = RoleHeld.objects.current(on).filter(member=OuterRef("pk"))
        mine = self.filter(Exists(held), user=user).select_related("setting")
        return mine.order_by("setting__name")

    def staff_of(self, setting: Setting, on: date) -> Self:
        """The adults who work or help here on a day, by name, with their roles: two queries.

        Names for a form, such as who a concern is about. Not a page about these people.
        """
        return self.filter(setting=setting).holding(AT_WORK, on).with_roles(on)

    def holding(self, roles: Iterable[Role], on: date) -> Self:
        """Members who hold any of these roles on a day, by name."""
        held = RoleHeld.objects.current(on).filter(role__in=list(roles), member=OuterRef("pk"))
        return self.filter(Exists(held), user__is_active=True).order_by("name").asking_for_ties()

    def with_roles(self, on: date) -> Self:
        """Ready to answer what they may do: setting, user and current roles already fetched."""
        current = models.Prefetch(
            "roles_held", RoleHeld.objects.current(on), to_attr="current_roles"
        )
        rows = self.select_related("setting", "user").prefetch_related(current)
        return rows.asking_for_ties()

    def asking_for_ties(self) -> Self:
        """With whether any tie of theirs is on record at all: whoever has none is not asked about again."""
        asked = "is_tied" in self.query.annotations
        return self if asked else self.annotate(is_tied=may_be_tied("pk"))


class Member(SettingRecord):
    """A person in one setting. Holding no role today, they may do nothing."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    setting = models.ForeignKey(Setting, models.PROTECT, related_name="members")
    # As this setting knows them. What another setting calls the same account is not for this one.
    name = models.CharField(max_length=120)
    # The names they had here before, each with the moment until which: an old one still means them.
    called_before = models.JSONField(default=list, blank=True)

    # Whether any tie of theirs is on record at all, where a query has asked with `may_be_tied`.
    is_tied = True
    # The roles they hold today, where a query brought them along; see `with_roles` and `holders`.
    current_roles: list[RoleHeld]
    # Whether they may have broken the glass within the hour, where a query has asked with `glass_open`.
    may_have_glass = True

    objects = MemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["setting", "user"], name="one_membership_per_setting")
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        return self.name or self.user.email

    @property
    def names(self) -> list[str]:
        """What they are called here, and what they were called before."""
        return [self.display_name, *(name for name, _ in self.called_before)]

    @property
    def renamed_at(self) -> datetime | None:
        """When they got the name they have here now; None where they always had it."""
        return max((datetime.fromisoformat(at) for _, at in self.called_before), default=None)

    def as_of_now(self) -> "Member":
        """The same without what a request knows of them since it began: for whoever waited for a lock."""
        return Member.objects.select_related("setting", "user").get(pk=self.pk)

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles held today."""
        held = getattr(self, "current_roles", None)
        if held is None:
            held = _HELD(self.pk, timezone.localdate())
        return frozenset(Role(row.role) for row in held)

    @cached_property
    def tied_to(self) -> "Tied":
        """Whoever this member is close to, where it counts. One query, or none where nobody can be."""
        from .ties import tied_to

        return tied_to(self) if self.is_tied else NOBODY

    @cached_property
    def keyring(self) -> "Keyring":
        """What this member opens of what is sealed. A request puts an open one here; without one, closed."""
        from safeguarding.people.keyring import Keyring

        return Keyring(self.setting_id, self.user_id)

    @property
    def is_lead(self) -> bool:
        return bool(self.roles & LEADS)

    @property
    def is_leadership(self) -> bool:
        return bool(self.roles & LEADERSHIP)

    @property
    def is_staff(self) -> bool:
        return bool(self.roles & STAFF)


def _held(member: UUID, on: date) -> models.QuerySet[RoleHeld]:
    return RoleHeld.objects.current(on).filter(member=member)


def _holders(setting: UUID, on: date, *, roles: frozenset[Role]) -> models.QuerySet[Member]:
    rows = Member.objects.filter(setting=setting).holding(roles, on)
    return rows.select_related("user")


def _their_roles(setting: UUID, on: date, *, roles: frozenset[Role]) -> models.QuerySet[RoleHeld]:
    holders = Member.objects.filter(setting=setting).holding(roles, on).order_by().values("pk")
    return RoleHeld.objects.current(on).filter(setting=setting, member__in=holders)


_SOME: list[dict[str, frozenset[Role]]] = [{"roles": LEADS}, {"roles": AT_WORK}]
_HELD = prepared(_held)
_HOLDERS = prepared(_holders, examples=_SOME)
_THEIR_ROLES = prepared(_their_roles, examples=_SOME)


def holders(setting: Setting, roles: Iterable[Role], on: date) -> list[Member]:
    """By name, whoever holds any of these roles in a setting on a day, with their roles. Two queries."""
    wanted = frozenset(roles)
    found: list[Member] = _HOLDERS(setting.pk, on, roles=wanted)
    by_member: dict[UUID, list[RoleHeld]] = {one.pk: [] for one in found}
    for held in _THEIR_ROLES(setting.pk, on, roles=wanted) if found else []:
        by_member[held.member_id].append(held)
    for one in found:
        one.setting, one.current_roles = setting, by_member[one.pk]
    return found
