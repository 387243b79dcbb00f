"""Who is involved, and as what."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q

from foundation.constraints import NeverChanged
from foundation.encrypted import EncryptedTextField
from foundation.keyrings import KeyedQuerySet
from foundation.likeness import LikenessField
from safeguarding.people.models import Child, Member, SettingRecord

from ._sealing import OfSealable
from .cases import Case
from .concerns import Concern


class Involvement(OfSealable, SettingRecord):
    """One person in a concern as reported, or in a case as it was later understood.

    The person is a child of this setting, a member, or somebody else by name. A member who is named as
    the one it is said of sees nothing of it, nor does anyone tied to them (rule R3).
    """

    ON = ("concern", "case")

    class Part(models.TextChoices):
        HARMED = "harmed", "May have been harmed"
        ALLEGED = "alleged", "Said to have done it"
        WITNESS = "witness", "Saw or heard it"
        SIBLING = "sibling", "Brother or sister"
        OTHER = "other", "Involved in another way"

    concern = models.ForeignKey(
        Concern, models.PROTECT, null=True, blank=True, related_name="involvements"
    )
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="involvements"
    )
    part = models.CharField(max_length=10, choices=Part.choices)
    child = models.ForeignKey(Child, models.PROTECT, null=True, blank=True, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    name = EncryptedTextField(blank=True)
    name_like = LikenessField(of="name")
    works_here = models.BooleanField(default=False)
    # A child who has nothing to do with it, as the chronology says. It opens nothing to anybody. What counts
    # now; since when it was so, and whether it was so before, stands in rows: see `in_error_at`.
    in_error = models.BooleanField(default=False)
    # Nobody: the reporter, who has no account.
    added_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(added_by__isnull=False) | Q(concern__isnull=False),
                name="involvement_was_added_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(concern__isnull=True) ^ Q(case__isnull=True),
                name="involved_in_one_thing",
            ),
            models.CheckConstraint(
                condition=(
                    Q(child__isnull=False, member__isnull=True, name="")
                    | Q(child__isnull=True, member__isnull=False, name="")
                    | (Q(child__isnull=True, member__isnull=True) & ~Q(name=""))
                ),
                name="involvement_names_one_person",
            ),
        ]
        indexes = [
            models.Index(fields=["member", "part"], name="involvement_of_member"),
            models.Index(fields=["child", "part"], name="involvement_of_child"),
            models.Index(
                fields=["setting", "name_like"],
                name="involvement_by_name",
                condition=~Q(name_like=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.part_in_words}"

    @property
    def part_in_words(self) -> str:
        """As it stands after a name."""
        return "named in error" if self.in_error else self.get_part_display().lower()

    @property
    def person(self) -> str:
        return str(self.child or self.member or self.name)

    @property
    def is_about_an_adult_here(self) -> bool:
        """Whether it is said of somebody who works or helps at this setting."""
        return self.part == self.Part.ALLEGED and (self.member_id is not None or self.works_here)


class NamedInError(OfSealable, SettingRecord):
    """A child whom a report names has nothing to do with it: said of the report itself, while in no case.

    Said in a case, it stands in the chronology alone, and holds no more once the report has left that case.
    """

    ON = ("involvement.concern",)
    committed: ClassVar[tuple[str, ...]] = ("reason",)

    involvement = models.OneToOneField(Involvement, models.PROTECT, related_name="said_in_error")
    reason = EncryptedTextField()
    said_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "named in error"
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="named_in_error_has_a_reason"),
            NeverChanged(name="named_in_error_is_written_once"),
        ]

    def __str__(self) -> str:
        return f"{self.involvement.person}, named in error"


class InErrorOnCase(SettingRecord):
    """The same, said in a case: from when, and by which line, which leaves the case with its report."""

    involvement = models.ForeignKey(Involvement, models.PROTECT, related_name="in_error_on")
    entry = models.OneToOneField("concerns.Entry", models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "in error on cases"
        constraints = [NeverChanged(name="in_error_on_case_is_written_once")]

    def __str__(self) -> str:
        return f"{self.involvement.person}, named in error on a case"


def in_error_at(at: datetime) -> Q:
    """For a query of who is involved: those who were named in error, as it was known at a moment."""
    of_it = {"involvement": OuterRef("pk"), "created_at__lte": at}
    on_case = InErrorOnCase.objects.filter(**of_it).exclude(entry__left_with__created_at__lte=at)
    return Q(Exists(NamedInError.objects.filter(**of_it))) | Q(Exists(on_case))


def in_case(case: UUID) -> KeyedQuerySet[Involvement]:
    """Everybody in a case: as reported, and as added since.

    Two questions in one, each with an index of its own: asked as one, for this or that, a database reads all
    who were ever involved in anything.
    """
    every: KeyedQuerySet[Involvement] = KeyedQuerySet(Involvement)
    added, reported = every.filter(case=case), every.filter(concern__gathered__case=case)
    return every.filter(pk__in=added.values("pk").union(reported.values("pk")))
