"""Children, the rooms they are in, their families and those who care for them."""

from datetime import date
from typing import Self
from uuid import UUID

from django.db import models

from safeguarding.people import permissions
from safeguarding.people.roles import Role

from .members import Member
from .settings import Setting, SettingRecord


class RoomQuerySet(models.QuerySet["Room"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.rooms_readable_by(member))


class Room(SettingRecord):
    """A room or group: Acorns, Oaks."""

    name = models.CharField(max_length=60)

    objects = RoomQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["setting", "name"], name="one_room_of_a_name")
        ]

    def __str__(self) -> str:
        return self.name


class FamilyQuerySet(models.QuerySet["Family"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.rooms_readable_by(member))


class Family(SettingRecord):
    """Children and carers who belong together."""

    name = models.CharField(max_length=120)

    objects = FamilyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "families"

    def __str__(self) -> str:
        return self.name


class ChildQuerySet(models.QuerySet["Child"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.children_readable_by(member))

    def cared_for_by(self, member: Member) -> Self:
        """The children of the families that somebody cares for still, whatever else they may read."""
        return self.filter(family__in=Carer.objects.current().families_of(member))

    def attending(self, on: date) -> Self:
        """Children who are here on a day, by name."""
        gone = models.Q(left_on__isnull=False, left_on__lt=on)
        return self.exclude(gone).order_by("known_as", "full_name")

    def who_left(self, on: date) -> Self:
        """Children who are no longer here on a day, whoever left last first."""
        return self.filter(left_on__lt=on).order_by("-left_on", "known_as", "pk")


class Child(SettingRecord):
    """A child in our care."""

    known_as = models.CharField(max_length=80)
    full_name = models.CharField(max_length=160)
    born_on = models.DateField(null=True, blank=True)
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="children")
    family = models.ForeignKey(
        Family, models.PROTECT, null=True, blank=True, related_name="children"
    )
    left_on = models.DateField(null=True, blank=True)

    objects = ChildQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "children"
        indexes = [models.Index(fields=["setting", "known_as"], name="child_by_name")]

    def __str__(self) -> str:
        return self.full_name or self.known_as

    def attends_on(self, day: date) -> bool:
        """Whether the child is here on a day: the same as `attending`, of a child already fetched."""
        return self.left_on is None or self.left_on >= day

    def age_on(self, day: date) -> int | None:
        """Whole years of age on a day, or None where the date of birth is not known."""
        if self.born_on is None:
            return None
        before_birthday = (day.month, day.day) < (self.born_on.month, self.born_on.day)
        return day.year - self.born_on.year - before_birthday


class CarerQuerySet(models.QuerySet["Carer"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.rooms_readable_by(member))

    def current(self) -> Self:
        """Those who care for the family still, by name."""
        return self.filter(ended__isnull=True).order_by("name")

    def families_of(self, member: Member) -> models.QuerySet["Carer", UUID]:
        """The ids of the families in which these carers are this member, for a query."""
        return self.filter(member=member.pk).order_by().values_list("family", flat=True)


class Carer(SettingRecord):
    """An adult who cares for the children of a family; with an account, also a member."""

    family = models.ForeignKey(Family, models.PROTECT, related_name="carers")
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="carer_of"
    )
    name = models.CharField(max_length=160)
    relation = models.CharField(max_length=60)

    objects = CarerQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.name} ({self.relation})"


def parents_without_a_child(setting: Setting, on: date) -> models.QuerySet[Member]:
    """Whoever signs in as a parent on a day, though no child they care for is here any more, by name.

    Whose children nobody wrote down is not among them.
    """
    own = Carer.objects.filter(member=models.OuterRef("pk"))
    theirs = own.current().filter(family__children__in=Child.objects.attending(on))
    parents = Member.objects.filter(setting=setting).holding([Role.PARENT], on)
    return parents.filter(models.Exists(own), ~models.Exists(theirs)).select_related("user")


class CarerEnded(SettingRecord):
    """Somebody no longer cares for the children of a family, or was put with it in error."""

    carer = models.OneToOneField(Carer, models.PROTECT, related_name="ended")
    ended_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)

    def __str__(self) -> str:
        return f"{self.carer}, ended"
