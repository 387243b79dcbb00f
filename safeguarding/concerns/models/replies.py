"""What those who deal with a report write back to whoever sent it.

Once the report is part of a case, each also stands in its chronology, as does what the reporter answers.
"""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from foundation.encrypted import EncryptedTextField
from safeguarding.people.models import Member, SettingRecord

from .concerns import Concern


class ReporterNote(SettingRecord):
    """A few words to a reporter, on their receipt. Nothing of the case: they may not know it."""

    committed: ClassVar[tuple[str, ...]] = ("text",)

    concern = models.ForeignKey(Concern, models.PROTECT, related_name="notes")
    text = EncryptedTextField()
    written_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["created_at"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="note_has_words")]

    def __str__(self) -> str:
        return f"note to the reporter of {self.concern}"


class LetterQuerySet(models.QuerySet["Letter"]):
    def readable_by(self, member: Member) -> Self:
        """With the report it belongs to."""
        return self.filter(concern__in=Concern.objects.readable_by(member))


class Letter(SettingRecord):
    """What was written to whoever sent a report without an account. They read it with their code."""

    concern = models.ForeignKey(Concern, models.PROTECT, related_name="letters")
    written_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    # Not sealed to people, though its report may be: whoever comes back with the code reads it.
    text = EncryptedTextField()
    fingerprint = models.CharField(max_length=64)

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "concern", "fingerprint"], name="written_twice_sent_once"
            )
        ]

    def __str__(self) -> str:
        return f"letter to whoever sent {self.concern}"
