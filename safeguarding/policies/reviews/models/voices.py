"""What people said of a policy under review, and what was done about it."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from foundation.codes import readable_code
from foundation.constraints import NeverChanged
from foundation.encrypted import EncryptedTextField
from safeguarding.people.models import Member, Setting, SettingRecord
from safeguarding.policies.models import Clause
from safeguarding.policies.reviews import permissions

from .cycle import Review


class WayInQuerySet(models.QuerySet["WayIn"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.ways_readable_by(member))

    def standing(self) -> Self:
        """Not closed, and its review is open."""
        return self.filter(closed__isnull=True, review__outcome__isnull=True)

    def with_code(self, setting: Setting, code: str) -> Self:
        """The one that this code opens, however it was typed."""
        return self.filter(setting=setting, code=as_printed(code))


class WayIn(SettingRecord):
    """A code on a letter, with which anybody can say what they think of a policy while it is looked at."""

    review = models.ForeignKey("policies.Review", models.PROTECT, related_name="ways_in")
    code = models.CharField(
        max_length=9, default=readable_code
    )  # on paper for all to see: no secret
    made_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = WayInQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "ways in"
        constraints = [
            models.UniqueConstraint(fields=["setting", "code"], name="one_way_in_of_a_code"),
            NeverChanged(name="way_in_is_written_once"),
        ]

    def __str__(self) -> str:
        return f"a way into the {self.review}"

    @property
    def is_open(self) -> bool:
        return self.review.is_open and not hasattr(self, "closed")


class WayInClosed(SettingRecord):
    """A code that opens nothing any more."""

    way_in = models.OneToOneField(WayIn, models.PROTECT, related_name="closed")
    closed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "ways in closed"
        constraints = [NeverChanged(name="way_in_closed_is_written_once")]

    def __str__(self) -> str:
        return f"{self.way_in}, closed"


def as_printed(code: str) -> str:
    """The eight signs in two groups, however they were typed."""
    signs = "".join(sign for sign in code.upper() if sign.isalnum())[:8]
    return f"{signs[:4]}-{signs[4:]}"


class VoiceQuerySet(models.QuerySet["Voice"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.voices_readable_by(member))

    def listed(self) -> Self:
        """In the order they were said, what may be misuse last, with what a list shows."""
        rows = self.select_related("clause", "written_by__user", "answer", "review__outcome")
        return rows.order_by("may_be_abuse", "created_at")


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
        LETTER = "letter", "With the code from a letter"

    review = models.ForeignKey(Review, models.PROTECT, related_name="voices")
    whose = models.CharField(max_length=10, choices=Whose.choices)
    how = models.CharField(max_length=10, choices=How.choices)
    people = models.PositiveSmallIntegerField(default=1)  # how many were heard
    clause = models.ForeignKey(Clause, models.PROTECT, null=True, related_name="+")
    text = EncryptedTextField(blank=True)  # empty: they have read it, and have nothing to add
    is_their_own = models.BooleanField(default=True)  # else written down for others
    written_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    way_in = models.ForeignKey(WayIn, models.PROTECT, null=True, related_name="voices")
    form = models.UUIDField(null=True)  # the form it came with: sent twice, it is kept once
    may_be_abuse = models.BooleanField(default=False)  # one of very many: it needs no answer
    shown_from: "models.DateTimeField[datetime | None, datetime | None]" = models.DateTimeField(
        null=True
    )  # later than it came: see may_be_abuse

    objects = VoiceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(people__gte=1), name="a_voice_is_of_somebody"),
            models.CheckConstraint(
                condition=Q(written_by__isnull=False, way_in__isnull=True, may_be_abuse=False)
                | Q(written_by__isnull=True, way_in__isnull=False, form__isnull=False),
                name="a_voice_is_written_by_somebody_or_comes_by_letter",
            ),
            models.UniqueConstraint(fields=["setting", "form"], name="one_voice_of_a_form"),
            NeverChanged(name="voice_is_written_once"),
        ]

    def __str__(self) -> str:
        return f"a view in the {self.review}"

    @property
    def needs_answer(self) -> bool:
        return bool(self.text) and not self.may_be_abuse

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
