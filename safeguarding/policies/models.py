"""A policy, as it was written, clause by clause. A change is a new version; what was adopted never moves."""

import hashlib
import json
from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef

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

    class Meta:
        verbose_name_plural = "policies"
        constraints = [
            models.UniqueConstraint(fields=["setting", "slug"], name="one_policy_of_a_slug"),
            NeverChanged(name="policy_is_written_once"),
        ]

    def __str__(self) -> str:
        return self.slug


class PolicyVersionQuerySet(models.QuerySet["PolicyVersion"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(policy__in=Policy.objects.readable_by(member))

    def in_force(self) -> Self:
        """Of each policy, the newest version that was adopted."""
        newer = PolicyVersion.objects.filter(
            policy=OuterRef("policy"), number__gt=OuterRef("number"), adoption__isnull=False
        )
        return self.filter(adoption__isnull=False).filter(~Exists(newer))


class PolicyVersion(SettingRecord):
    """The whole text of a policy as it was written down once."""

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


class Clause(SettingRecord):
    """One numbered part of a version. `number` is as printed ("7.3.2"), empty where there is none."""

    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="clauses")
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=20, blank=True)
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

    class Meta:
        constraints = [NeverChanged(name="adoption_is_written_once")]

    def __str__(self) -> str:
        return f"{self.version}, adopted"


class DutyAdoption(SettingRecord):
    """A duty of the catalogue that a setting took on, under a clause of its own; the newest row counts."""

    duty_id = models.CharField(max_length=40)
    policy = models.ForeignKey(Policy, models.PROTECT, null=True, related_name="duties")
    clause_number = models.CharField(max_length=20, blank=True)
    interval_days = models.PositiveIntegerField(null=True)  # the setting's own, never looser
    opted_out_because = models.CharField(max_length=500, blank=True)
    adopted_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["setting", "duty_id", "-created_at"], name="duties_by_setting")
        ]
        constraints = [NeverChanged(name="duty_adoption_is_written_once")]

    def __str__(self) -> str:
        return f"{self.duty_id} of {self.setting}"


def digest_of(title: str, clauses: Iterable[Clause]) -> str:
    """SHA-256 of a version's title and clauses, in their order: what an adoption is bound to."""
    said = [[one.number, one.level, one.heading, one.text] for one in clauses]
    return hashlib.sha256(json.dumps([title, said], ensure_ascii=True).encode()).hexdigest()


from .reviews import models as reviews  # noqa: E402, F401  its records belong to this app as well
