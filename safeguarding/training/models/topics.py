"""A setting's own topics, and what it asks of whom beside the ready-made. Every change is a new row."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from foundation.constraints import NeverChanged
from safeguarding.people.models import Member, SettingRecord
from safeguarding.people.roles import Role
from safeguarding.training import permissions


class OwnTopicQuerySet(models.QuerySet["OwnTopic"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.topics_readable_by(member))

    def known(self, at: datetime) -> Self:
        """As each topic stood at a moment; those taken off the list too."""
        newer = OwnTopic.objects.filter(
            setting=OuterRef("setting"),
            slug=OuterRef("slug"),
            version__gt=OuterRef("version"),
            created_at__lte=at,
        )
        return self.filter(~Exists(newer), created_at__lte=at)


class OwnTopic(SettingRecord):
    """A topic a setting added, as it was from one moment on. The newest version counts."""

    slug = models.SlugField(max_length=60)
    version = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=120)
    about = models.CharField(max_length=500)
    every = models.CharField(max_length=40)  # a length of time as in the rules: "1 year"
    removed = models.BooleanField(default=False)
    written_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = OwnTopicQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "slug", "version"], name="one_topic_of_a_version"
            ),
            NeverChanged(name="topic_is_written_once"),
        ]

    def __str__(self) -> str:
        return self.name


class RequirementQuerySet(models.QuerySet["Requirement"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.topics_readable_by(member))

    def in_force(self, on: date, known_at: datetime) -> Self:
        """What was asked on a day, as far as it was written down by then. The last row counts."""
        rows = self.filter(starts__lte=on, created_at__lte=known_at)
        rows = rows.exclude(taken_back__created_at__lte=known_at)
        return rows.order_by("starts", "created_at")

    def to_come(self, on: date) -> Self:
        """What was written down for a later day, and not taken back; what comes first is first."""
        rows = self.filter(starts__gt=on, taken_back__isnull=True).select_related("set_by__user")
        return rows.order_by("starts", "created_at")


class Requirement(SettingRecord):
    """From a day on, whoever holds a role needs a topic, within its own time; or does not need it.

    What comes ready-made is left out for a written reason only.
    """

    topic = models.SlugField(max_length=60)
    role = models.CharField(max_length=30, choices=Role.choices)
    is_needed = models.BooleanField()
    every = models.CharField(max_length=40, blank=True)  # empty: as the topic says
    before_role = models.BooleanField(default=False)
    reason = models.CharField(max_length=500, blank=True)
    starts = models.DateField()
    set_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = RequirementQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["setting", "starts"], name="requirements_by_setting")]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_needed=True) | ~Q(reason=""), name="left_out_for_a_reason"
            ),
            NeverChanged(name="requirement_is_written_once"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} for {self.get_role_display()}"


class RequirementTakenBack(SettingRecord):
    """What was to be asked from a later day on was taken back before that day: it never counts."""

    requirement = models.OneToOneField(Requirement, models.PROTECT, related_name="taken_back")
    taken_back_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "requirements taken back"
        constraints = [NeverChanged(name="requirement_taken_back_is_written_once")]

    def __str__(self) -> str:
        return f"{self.requirement}, taken back"
