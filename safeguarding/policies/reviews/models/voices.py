"""What people said of a policy under review, and what was done about it."""

from typing import Self

from django.db import models
from django.db.models import Q

from foundation.constraints import NeverChanged
from foundation.encrypted import EncryptedTextField
from safeguarding.people.models import Member, SettingRecord
from safeguarding.policies.models import Clause
from safeguarding.policies.reviews import permissions

from .cycle import Review


class VoiceQuerySet(models.QuerySet["Voice"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.voices_readable_by(member))

    def listed(self) -> Self:
        """In the order they were said, with what a list shows."""
        rows = self.select_related("clause", "written_by__user", "answer", "review__outcome")
        return rows.order_by("created_at")


class Voice(SettingRecord):
    """What somebody thinks of a policy. Never with a child's name."""

    class Whose(models.TextChoices):
        STAFF = "staff", "Somebody who works or helps here"
        TECHNICAL = "technical", "Technical support"
        PARENT = "parent", "A parent or carer"
        CHILDREN = "children", "Children"
        COMMITTEE = "committee", "The committee"

    class How(models.TextChoices):
        WRITTEN = "written", "Written here"
        TALK = "talk", "In a talk"
        MEETING = "meeting", "At a meeting or in a circle"
        PLAY = "play", "In play, with pictures or a story"
        PAPER = "paper", "On paper"

    review = models.ForeignKey(Review, models.PROTECT, related_name="voices")
    whose = models.CharField(max_length=10, choices=Whose.choices)
    how = models.CharField(max_length=10, choices=How.choices)
    people = models.PositiveSmallIntegerField(default=1)  # how many were heard
    clause = models.ForeignKey(Clause, models.PROTECT, null=True, related_name="+")
    text = EncryptedTextField(blank=True)  # empty: they have read it, and have nothing to add
    is_their_own = models.BooleanField(default=True)  # else written down for others
    written_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = VoiceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(people__gte=1), name="a_voice_is_of_somebody"),
            NeverChanged(name="voice_is_written_once"),
        ]

    def __str__(self) -> str:
        return f"a view in the {self.review}"

    @property
    def needs_answer(self) -> bool:
        return bool(self.text)

    @property
    def is_answered(self) -> bool:
        return hasattr(self, "answer")


class VoiceAnswerQuerySet(models.QuerySet["VoiceAnswer"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.answers_readable_by(member))


class VoiceAnswer(SettingRecord):
    """What was done about a view: you said, we did."""

    class Did(models.TextChoices):
        CHANGED = "changed", "The policy changes"
        KEPT = "kept", "The policy stays as it is"
        ELSEWHERE = "elsewhere", "It is dealt with in another way"

    voice = models.OneToOneField(Voice, models.PROTECT, related_name="answer")
    did = models.CharField(max_length=10, choices=Did.choices)
    said = EncryptedTextField()  # the view in a few words that name nobody: all staff read them
    text = EncryptedTextField()
    answered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = VoiceAnswerQuerySet.as_manager()

    class Meta:
        constraints = [NeverChanged(name="voice_answer_is_written_once")]

    def __str__(self) -> str:
        return f"{self.voice}, answered"
