"""What is planned so that children, staff and families learn about life online, and how it went."""

from typing import Self

from django.db import models
from django.db.models import Q

from foundation.constraints import NeverChanged
from foundation.encrypted import EncryptedTextField
from safeguarding.people.models import Member, SettingRecord
from safeguarding.training import permissions


class Reaches(models.TextChoices):
    CHILDREN = "children", "Children"
    STAFF = "staff", "Staff"
    FAMILIES = "families", "Parents and carers"


class ActivityQuerySet(models.QuerySet["Activity"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.topics_readable_by(member))


class Activity(SettingRecord):
    """One thing on the plan: for whom, on which day, and the wider event it is part of, if any."""

    title = models.CharField(max_length=160)
    planned_for = models.DateField()
    reaches = models.JSONField()  # the values of `Reaches`
    event = models.CharField(max_length=120, blank=True)
    planned_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "activities"
        indexes = [models.Index(fields=["setting", "planned_for"], name="activities_by_day")]
        constraints = [NeverChanged(name="activity_is_written_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def for_whom(self) -> list[str]:
        """Whom it reaches, in words."""
        return [Reaches(one).label for one in self.reaches]

    @property
    def answer(self) -> "ActivityAnswer | None":
        """How it went, as it was said last."""
        return max(self.answers.all(), key=lambda one: one.number, default=None)

    @property
    def put_right(self) -> list["ActivityAnswer"]:
        """What was said before and put right since, the first first."""
        return sorted(self.answers.all(), key=lambda one: one.number)[:-1]


class ActivityAnswer(SettingRecord):
    """It took place on a day; or it did not, and why. A slip is put right by a further one."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="answers")
    number = models.PositiveSmallIntegerField()  # the newest counts
    because = EncryptedTextField(blank=True)  # why what was said before is put right
    held_on = models.DateField(null=True)
    note = EncryptedTextField(blank=True)
    said_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(held_on__isnull=False) | ~Q(note=""), name="left_out_says_why"
            ),
            models.CheckConstraint(
                condition=Q(number=1, because="") | (Q(number__gt=1) & ~Q(because="")),
                name="an_answer_put_right_says_why",
            ),
            models.UniqueConstraint(
                fields=["setting", "activity", "number"], name="answers_of_an_activity_in_order"
            ),
            NeverChanged(name="activity_answer_is_written_once"),
        ]

    def __str__(self) -> str:
        return f"{self.activity}, {'held' if self.held_on else 'left out'}"
