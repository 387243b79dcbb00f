"""People at work in a setting, the roles they hold, and who is related to whom."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.functional import cached_property

from foundation.errors import RuleBroken
from safeguarding.people import permissions
from safeguarding.people.roles import AT_WORK, LEADERSHIP, LEADS, STAFF, TEMPORARY, Role

from .settings import Setting, SettingRecord
from .users import User


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
        return self.filter(Exists(held), user__is_active=True).order_by("user__name")

    def with_roles(self, on: date) -> Self:
        """Ready to answer what they may do: setting, user and current roles already fetched."""
        current = models.Prefetch(
            "roles_held", RoleHeld.objects.current(on), to_attr="current_roles"
        )
        return self.select_related("setting", "user").prefetch_related(current)


class Member(SettingRecord):
    """A person in one setting. Holding no role today, they may do nothing."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    setting = models.ForeignKey(Setting, models.PROTECT, related_name="members")

    objects = MemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["setting", "user"], name="one_membership_per_setting")
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        return self.user.name or self.user.email

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles held today."""
        held = getattr(self, "current_roles", None)
        if held is None:
            held = self.roles_held.current(timezone.localdate())
        return frozenset(Role(row.role) for row in held)

    @property
    def is_lead(self) -> bool:
        return bool(self.roles & LEADS)

    @property
    def is_leadership(self) -> bool:
        return bool(self.roles & LEADERSHIP)

    @property
    def is_staff(self) -> bool:
        return bool(self.roles & STAFF)


class RoleHeldQuerySet(models.QuerySet["RoleHeld"]):
    def readable_by(self, member: Member) -> Self:
        """Whoever may see a member's page sees the roles on it."""
        return self.filter(member__in=Member.objects.readable_by(member))

    def current(self, on: date) -> Self:
        """Roles in force on a day: started, not run out, not ended early."""
        open_ended = Q(ends__isnull=True) | Q(ends__gte=on)
        return self.filter(open_ended, starts__lte=on, ended__isnull=True)


class RoleHeld(SettingRecord):
    """A role somebody holds, from a day, perhaps to a day."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="roles_held")
    role = models.CharField(max_length=30, choices=Role.choices)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    objects = RoleHeldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=models.F("starts")),
                name="role_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~Q(role__in=sorted(TEMPORARY)) | Q(ends__isnull=False),
                name="temporary_role_has_an_end",
            ),
        ]
        indexes = [models.Index(fields=["setting", "role"], name="role_by_setting")]

    def __str__(self) -> str:
        return self.get_role_display()

    @staticmethod
    def check_dates(role: Role, starts: date, ends: date | None) -> None:
        """Refuse a volunteer without a last day, and a role that ends before it starts."""
        if ends is None and role in TEMPORARY:
            raise RuleBroken(
                f"{role.label} is a role for a time: write the day it ends. "
                "You can give it again then."
            )
        if ends is not None and ends < starts:
            raise RuleBroken("The last day of a role cannot be before its first day.")


class RoleEnded(SettingRecord):
    """A role that was taken away or given up before its end date. It counts from that moment."""

    role_held = models.OneToOneField(RoleHeld, models.PROTECT, related_name="ended")
    ended_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=500)

    def __str__(self) -> str:
        return f"{self.role_held} ended"


class RelationshipQuerySet(models.QuerySet["Relationship"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.relationships_readable_by(member))

    def involving(self, member: Member) -> Self:
        """Ties with this member on either side, newest first."""
        either = Q(member=member.pk) | Q(other_member=member.pk)
        return self.filter(either).order_by("-created_at")


class Relationship(SettingRecord):
    """A declared tie between a member and another person here: a conflict of interest (rule R10).

    Ties between members count both ways. Nothing about an allegation against either of them is
    shown to the other.
    """

    class Kind(models.TextChoices):
        RELATIVE = "relative", "Relative"
        HOUSEHOLD = "household", "Same household"
        CLOSE = "close", "Partner or close friend"

    member = models.ForeignKey(Member, models.PROTECT, related_name="relationships")
    other_member = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="relationships_to"
    )
    child = models.ForeignKey(
        "people.Child", models.PROTECT, null=True, blank=True, related_name="relationships_to"
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    declared_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = RelationshipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(other_member__isnull=True) ^ Q(child__isnull=True),
                name="relationship_is_to_one_person",
            ),
            models.CheckConstraint(
                condition=~Q(member=models.F("other_member")), name="relationship_is_to_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.get_kind_display()} of {self.other_member or self.child}"
