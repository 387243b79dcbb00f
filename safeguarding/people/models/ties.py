"""Who is close to whom. A tie counts for somebody on their own word, or on a second person's."""

from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value

from foundation.prepared import prepared
from safeguarding.people import permissions
from safeguarding.people.roles import CONFIRMS

from .children import Carer, Child
from .members import Member, Tied
from .settings import SettingRecord


class RelationshipQuerySet(models.QuerySet["Relationship"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.relationships_readable_by(member))

    def involving(self, member: Member) -> Self:
        """Ties with this member on either side, newest first."""
        return self.filter(_with(member.pk)).order_by("-created_at")

    def counting_for(self, member: UUID) -> Self:
        """Ties that keep this member out of what concerns the other one.

        They have not ended, and the member declared or confirmed them, or somebody outside did
        confirm them. What others only declare about a member takes nothing away from that member.
        """
        said = RelationshipConfirmed.objects.filter(relationship=OuterRef("pk"))
        own_word = Q(declared_by=member) | Exists(said.filter(confirmed_by=member))
        return self.filter(
            _with(member), own_word | Exists(said.from_outside()), ended__isnull=True
        )

    def to_confirm(self, member: Member) -> Self:
        """Ties that do not count for all in them yet, and that this member may confirm."""
        said = RelationshipConfirmed.objects.filter(relationship=OuterRef("pk"))
        waiting = self.half_known().filter(
            ~Exists(said.filter(confirmed_by=member.pk)), setting=member.setting_id
        )
        waiting = waiting.exclude(declared_by=member.pk)
        mine = waiting if member.roles & CONFIRMS else waiting.filter(_with(member.pk))
        people = ("member__user", "other_member__user", "child", "declared_by__user")
        return mine.select_related(*people).order_by("created_at")

    def half_known(self) -> Self:
        """Ties that somebody in them has not said anything to yet, and nobody outside has confirmed."""
        said = RelationshipConfirmed.objects.filter(relationship=OuterRef("pk"))
        one_knows = Q(declared_by=F("member")) | Exists(
            said.filter(confirmed_by=F("relationship__member"))
        )
        other_knows = (
            Q(child__isnull=False)
            | Q(declared_by=F("other_member"))
            | Exists(said.filter(confirmed_by=F("relationship__other_member")))
        )
        return self.filter(
            ~(one_knows & other_knows), ~Exists(said.from_outside()), ended__isnull=True
        )


class Relationship(SettingRecord):
    """A declared tie between a member and another person here: a conflict of interest (rule R10).

    Where it counts for somebody, nothing about an allegation against the other is shown to them.
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
                condition=~Q(member=F("other_member")), name="relationship_is_to_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.get_kind_display()} of {self.other_member or self.child}"

    @property
    def pair(self) -> set[UUID | None]:
        """The ids of the members in it."""
        return {self.member_id, self.other_member_id} - {None}

    @property
    def is_ended(self) -> bool:
        return hasattr(self, "ended")


class RelationshipConfirmedQuerySet(models.QuerySet["RelationshipConfirmed"]):
    def from_outside(self) -> Self:
        """What somebody said who is not in the tie: it makes the tie count for everyone in it."""
        not_the_other = Q(relationship__other_member__isnull=True) | ~Q(
            confirmed_by=F("relationship__other_member")
        )
        return self.filter(~Q(confirmed_by=F("relationship__member")), not_the_other)


class RelationshipConfirmed(SettingRecord):
    """Somebody other than the one who declared it said that a tie is true."""

    relationship = models.ForeignKey(Relationship, models.PROTECT, related_name="confirmations")
    confirmed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = RelationshipConfirmedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "relationship", "confirmed_by"], name="one_word_each_on_a_tie"
            )
        ]

    def __str__(self) -> str:
        return f"{self.relationship}, confirmed by {self.confirmed_by}"


class RelationshipEnded(SettingRecord):
    """A tie that is over, or was put on record in error. It stays to be seen, and counts no more."""

    relationship = models.OneToOneField(Relationship, models.PROTECT, related_name="ended")
    ended_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)

    def __str__(self) -> str:
        return f"{self.relationship}, ended"


def _with(member: UUID) -> Q:
    return Q(member=member) | Q(other_member=member)


def _close(member: UUID) -> models.QuerySet[Relationship, tuple[UUID | None, ...]]:
    ties = Relationship.objects.counting_for(member).values_list("member", "other_member", "child")
    carers = Carer.objects.filter(member=member).current().order_by()
    own = Child.objects.filter(family__carers__in=carers)
    none = Value(None, output_field=models.UUIDField())
    return ties.union(own.values_list(none, none, "pk"), all=True)


CLOSE = prepared(_close)


def tied_to(member: Member) -> Tied:
    """Whoever a member is close to by a tie that counts, and the children they care for. One query."""
    rows: list[tuple[UUID | None, ...]] = CLOSE(member.pk)
    people = {one for row in rows for one in row[:2] if one is not None} - {member.pk}
    return Tied(frozenset(people), frozenset(row[2] for row in rows if row[2] is not None))
