"""A policy, as it was written, clause by clause. A change is a new version; what was adopted never moves."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from foundation.constraints import NeverChanged
from safeguarding.people.models import Member, SettingRecord
from safeguarding.policies import permissions


class PolicyQuerySet(models.QuerySet["Policy"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.readable_by(member))


class Policy(SettingRecord):
    """One policy of a setting, under whatever title its newest version has."""

    slug = models.SlugField(max_length=60)

    objects = PolicyQuerySet.as_manager()

    def times_mistaken(self) -> "list[SavedByMistake]":
        """Each time that it was said to be saved by mistake, the newest last."""
        return list(self.mistakes.select_related("said_by__user").order_by("created_at"))

    class Meta:
        verbose_name_plural = "policies"
        constraints = [
            models.UniqueConstraint(fields=["setting", "slug"], name="one_policy_of_a_slug"),
            NeverChanged(name="policy_is_written_once"),
        ]

    def __str__(self) -> str:
        return self.slug


class AliasQuerySet(models.QuerySet["Alias"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.readable_by(member))

    def standing(self) -> Self:
        """Of each name, what was said last, where that was not that it ended."""
        newer = Alias.objects.filter(
            policy=OuterRef("policy"),
            name__iexact=OuterRef("name"),
            created_at__gt=OuterRef("created_at"),
        )
        return self.filter(has_ended=False).filter(~Exists(newer))


class Alias(SettingRecord):
    """Another title under which people know a policy. That it ended is a row as well."""

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="aliases")
    name = models.CharField(max_length=200)
    has_ended = models.BooleanField(default=False)
    named_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = AliasQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "aliases"
        constraints = [NeverChanged(name="alias_is_written_once")]

    def __str__(self) -> str:
        return self.name


class PolicyVersionQuerySet(models.QuerySet["PolicyVersion"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.readable_by(member))

    def listed(self) -> Self:
        """With what a list shows of each, newest first, in as many queries for many as for one."""
        return self.select_related("setting", "policy", "adoption", "written_by").order_by(
            "-number"
        )

    def built(self) -> Self:
        """Those made from our own text, with their policy."""
        return self.filter(made=PolicyVersion.Made.BUILT).select_related("policy")

    def with_withdrawal(self, at: datetime | None = None) -> Self:
        """With whether the policy was withdrawn, until a moment, after this version came about."""
        return self.annotate(is_withdrawn=_withdrawn(at or timezone.now()))

    def with_mistakes(self, at: datetime) -> Self:
        """With whether the policy was said to be saved by mistake, until a moment, after this version."""
        return self.annotate(is_mistaken=_said_by_mistake(at, OuterRef("created_at")))

    def in_force(self) -> Self:
        """Of each policy that was not withdrawn since, the newest version that was adopted."""
        newer = PolicyVersion.objects.filter(
            policy=OuterRef("policy"), number__gt=OuterRef("number"), adoption__isnull=False
        )
        adopted = self.filter(adoption__isnull=False).filter(~Exists(newer))
        return adopted.exclude(_withdrawn(timezone.now()))


def _withdrawn(at: datetime) -> Q:
    """By a review, or because it was saved by mistake: a version that comes afterwards brings it back."""
    since = Coalesce(OuterRef("adoption__created_at"), OuterRef("created_at"))
    withdrawn = Policy.objects.filter(
        pk=OuterRef("policy"),
        reviews__outcome__kind="withdrawn",
        reviews__outcome__created_at__gt=since,
        reviews__outcome__created_at__lte=at,
    )
    return Exists(withdrawn) | _said_by_mistake(at, since)


def _said_by_mistake(at: datetime, since: OuterRef | Coalesce) -> Exists:
    said = SavedByMistake.objects.filter(policy=OuterRef("policy"), created_at__lte=at)
    return Exists(said.filter(created_at__gt=since))


class SavedByMistake(SettingRecord):
    """A policy that was never adopted should not be here, nor its versions until then."""

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="mistakes")
    reason = models.CharField(max_length=500)
    said_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "saved by mistake"
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_mistake_says_why"),
            NeverChanged(name="saved_by_mistake_is_written_once"),
        ]

    def __str__(self) -> str:
        return f"{self.policy}, saved by mistake"


class PolicyVersion(SettingRecord):
    """The whole text of a policy as it was written down once."""

    is_withdrawn: bool  # put here by `with_withdrawal`
    is_mistaken: bool  # put here by `with_mistakes`

    class Made(models.TextChoices):
        IMPORTED = "imported", "Brought in from a file"
        BUILT = "built", "Built from our own text"
        WRITTEN = "written", "Written here"

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    made = models.CharField(max_length=10, choices=Made.choices)
    change_note = models.CharField(max_length=1000, blank=True)
    digest = models.CharField(max_length=64)  # of title and clauses: what an adoption is bound to
    source_sha256 = models.CharField(
        max_length=64, blank=True
    )  # of the file it was brought in from
    written_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = PolicyVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "policy", "number"], name="one_version_of_a_number"
            ),
            NeverChanged(name="policy_version_is_written_once"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"

    def get_absolute_url(self) -> str:
        """Where it is read."""
        return self.setting.link_to("policies:version", self.pk)

    @property
    def is_adopted(self) -> bool:
        return hasattr(self, "adoption")


class Clause(SettingRecord):
    """One part of a version. `number` is as printed ("7.3.2"), or `is_ours` where none is printed."""

    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="clauses")
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=20, blank=True)
    is_ours = models.BooleanField(default=False)  # the number: none is printed, so we gave it one
    level = models.PositiveSmallIntegerField(default=1)  # 1 is a section
    heading = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "version", "position"], name="one_clause_in_a_place"
            ),
            NeverChanged(name="clause_is_written_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.heading}".strip()


class Adoption(SettingRecord):
    """The committee took a version as theirs, on a day: exactly the text with this digest."""

    version = models.OneToOneField(PolicyVersion, models.PROTECT, related_name="adoption")
    adopted_on = models.DateField()
    adopted_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    minutes = models.CharField(max_length=200, blank=True)  # where the minutes say so

    class Meta:
        constraints = [NeverChanged(name="adoption_is_written_once")]

    def __str__(self) -> str:
        return f"{self.version}, adopted"


class DutyAdoptionQuerySet(models.QuerySet["DutyAdoption"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.readable_by(member))

    def as_at(self, at: datetime) -> Self:
        """Of each duty of each setting, the row that counted at a moment."""
        newer = DutyAdoption.objects.filter(
            setting=OuterRef("setting"),
            duty_id=OuterRef("duty_id"),
            created_at__gt=OuterRef("created_at"),
            created_at__lte=at,
        )
        return self.filter(~Exists(newer), created_at__lte=at)

    def with_first_day(self, at: datetime) -> Self:
        """With the moment since which the duty counts: another clause or interval does not begin it anew."""
        same = DutyAdoption.objects.filter(
            setting=OuterRef("setting"), duty_id=OuterRef("duty_id"), created_at__lte=at
        )
        left = same.exclude(opted_out_because="").filter(created_at__gt=OuterRef("created_at"))
        since = same.filter(~Exists(left), opted_out_because="").order_by("created_at")
        return self.annotate(taken_at=Subquery(since.values("created_at")[:1]))


class DutyAdoption(SettingRecord):
    """A duty of the catalogue that a setting took on, under a clause of its own; the newest row counts."""

    taken_at: datetime | None  # put here by `with_first_day`; none where it is left out

    duty_id = models.CharField(max_length=40)
    policy = models.ForeignKey(Policy, models.PROTECT, null=True, related_name="duties")
    clause_number = models.CharField(max_length=20, blank=True)
    interval_days = models.PositiveIntegerField(null=True)  # the setting's own, never looser
    opted_out_because = models.CharField(max_length=500, blank=True)
    adopted_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = DutyAdoptionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["setting", "duty_id", "-created_at"], name="duties_by_setting")
        ]
        constraints = [NeverChanged(name="duty_adoption_is_written_once")]

    def __str__(self) -> str:
        return f"{self.duty_id} of {self.setting}"


class PlannedDuty(SettingRecord):
    """What becomes of a duty once a version is adopted: its clause there, or why it is left out."""

    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="planned")
    duty_id = models.CharField(max_length=40)
    clause_number = models.CharField(max_length=20, blank=True)
    opted_out_because = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name_plural = "planned duties"
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "version", "duty_id"], name="a_duty_is_planned_once"
            ),
            NeverChanged(name="planned_duty_is_written_once"),
        ]

    def __str__(self) -> str:
        return f"{self.duty_id} in {self.version}"


def digest_of(title: str, clauses: Iterable[Clause]) -> str:
    """SHA-256 of a version's title and clauses, in their order: what an adoption is bound to."""
    said = [[one.number, one.level, one.heading, one.text] for one in clauses]
    return hashlib.sha256(json.dumps([title, said], ensure_ascii=True).encode()).hexdigest()
