"""That somebody was reminded: once for each topic, day it runs out, and stage before it."""

from django.db import models

from foundation.constraints import NeverChanged
from safeguarding.people.models import Member, SettingRecord


class Reminder(SettingRecord):
    """So many days before a topic runs out, its person was told."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    topic = models.SlugField(max_length=60)
    until = models.DateField()
    days_before = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "member", "topic", "until", "days_before"],
                name="reminded_once_of_a_stage",
            ),
            NeverChanged(name="reminder_is_written_once"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} for {self.member}"
