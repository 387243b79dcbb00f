"""Forms that were taken, so that none is taken twice."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models

from .settings import SettingRecord


class SentFormQuerySet(models.QuerySet["SentForm"]):
    def forgotten(self, at: datetime) -> Self:
        """Forms that nobody can send again: the note they carry has run out."""
        return self.filter(created_at__lt=at - SentForm.KEEP)


class SentForm(SettingRecord):
    """A form that was taken. Neither who sent it nor what it said (see `people.once`)."""

    KEEP = timedelta(days=1)
    LONGEST = 300  # characters of an address

    digest = models.CharField(max_length=64)
    led_to = models.CharField(max_length=LONGEST, blank=True)

    objects = SentFormQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["setting", "digest"], name="form_is_taken_once")
        ]

    def __str__(self) -> str:
        return "a form that was taken"
