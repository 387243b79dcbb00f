"""What those who deal with a report write back to whoever sent it."""

from django.db import models
from django.db.models import Q

from foundation.encrypted import EncryptedTextField
from safeguarding.people.models import Member, SettingRecord

from .concerns import Concern


class ReporterNote(SettingRecord):
    """A few words to a reporter, on their receipt. Nothing of the case: they may not know it."""

    concern = models.ForeignKey(Concern, models.PROTECT, related_name="notes")
    text = EncryptedTextField()
    written_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["created_at"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="note_has_words")]

    def __str__(self) -> str:
        return f"note to the reporter of {self.concern}"
