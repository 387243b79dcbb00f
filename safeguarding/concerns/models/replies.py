"""What those who deal with a report write back to whoever sent it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from safeguarding.people.models import Member, SettingRecord

from .concerns import Concern


class ReporterNote(SettingRecord):
    """A few words to a reporter, on their receipt. Nothing of the case: they may not know it."""

    committed: ClassVar[tuple[str, ...]] = ("text",)

    concern = models.ForeignKey(Concern, models.PROTECT, related_name="notes")
    text = models.CharField(max_length=600)
    written_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["created_at"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="note_has_words")]

    def __str__(self) -> str:
        return f"note to the reporter of {self.concern}"
