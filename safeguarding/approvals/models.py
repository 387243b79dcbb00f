"""What was asked for, word for word; what another person answered; and that it was done, once."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property

from foundation.constraints import NeverChanged
from foundation.encrypted import EncryptedJSONField
from foundation.keyrings import KeyedQuerySet
from safeguarding.approvals import permissions
from safeguarding.people.models import Member, SettingRecord

from .kinds import KINDS, Kind, Said, digest_of

WAITS = timedelta(hours=72)
WIDENS = timedelta(hours=24)


class ApprovalQuerySet(KeyedQuerySet["Approval"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.readable_by(member)).read_with(member.keyring)

    def to_approve(self, member: Member, at: datetime | None = None) -> Self:
        """What waits for this member's yes or no."""
        return self.filter(permissions.waiting_for(member, at=at))

    def waiting(self, at: datetime) -> Self:
        """Not answered, and not too old to be."""
        return self.filter(answer__isnull=True, expires_at__gt=at)

    def to_widen(self, at: datetime) -> Self:
        """Nobody has answered for a day, and those who are asked last were not asked yet."""
        return self.waiting(at).filter(widened__isnull=True, created_at__lt=at - WIDENS)

    def to_say_over(self, at: datetime) -> Self:
        """Nobody answered in time, and whoever asked was not told of it yet."""
        return self.filter(answer__isnull=True, expires_at__lte=at, ran_out__isnull=True)

    def listed(self) -> Self:
        """The newest first, with what a list shows."""
        rows = self.select_related("asked_by__user", "answer__answered_by__user", "setting")
        return rows.order_by("-created_at")


class Approval(SettingRecord):
    """One thing somebody wants done that takes a second person: what exactly, and until when.

    Written once. What will run is `kind` with exactly these `arguments`, and `digest` is theirs; the trail
    has it too, so that nobody says yes to one thing and gets another.
    """

    # The key of the record it is about, where that is sealed: put here by whoever asks.
    writing_key: tuple[str, bytes] | None = None

    kind = models.CharField(max_length=40)
    arguments = EncryptedJSONField()
    digest = models.CharField(max_length=64)
    about_id = models.UUIDField()  # the case or child behind it: what it is hidden with
    asked_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="approval_ends_after_it_begins"
            ),
            NeverChanged(name="approval_is_written_once"),
        ]
        indexes = [models.Index(fields=["setting", "-created_at"], name="approvals_by_time")]

    def __str__(self) -> str:
        return f"{self.kind} asked for by {self.asked_by}"

    def get_absolute_url(self) -> str:
        """Where it is answered."""
        return self.setting.link_to("approvals:approval", self.pk)

    @property
    def of_kind(self) -> Kind:
        return KINDS[self.kind]

    @property
    def title(self) -> str:
        """What it is called in a list, the same for everybody."""
        return self.of_kind.title

    @cached_property
    def about_whom(self) -> list[Member]:
        """The member it is about, where it is about one: they are never the second person. One query."""
        people = Member.objects.filter(setting=self.setting_id, pk=self.about_id)
        return list(people.select_related("user"))

    @property
    def own_digest(self) -> str:
        """The digest of what stands here now."""
        return digest_of(self.kind, self.setting_id, self.arguments)

    @property
    def is_answered(self) -> bool:
        return hasattr(self, "answer")

    @property
    def is_too_old(self) -> bool:
        return not self.is_answered and self.expires_at <= timezone.now()

    @property
    def is_given(self) -> bool:
        return self.is_answered and self.answer.answer in {Answer.Kind.YES, Answer.Kind.ALONE}

    def text_key(self) -> tuple[str, bytes] | None:
        """The key its words are encrypted with; None for the setting's."""
        return self.writing_key

    def said_to(self, member: Member) -> Said:
        """What will happen, in full, in words for this member; or that it is closed to them."""
        if not self.arguments:
            return Said([("Sealed", member.keyring.closed)])
        return self.of_kind.says(self, member)


class Answer(SettingRecord):
    """What became of it. There is one, so that one yes is used once."""

    class Kind(models.TextChoices):
        YES = "yes", "Yes"
        NO = "no", "No"
        WITHDRAWN = "withdrawn", "Taken back"
        ALONE = "alone", "Done alone, as nobody else is there"

    approval = models.OneToOneField(Approval, models.PROTECT, related_name="answer")
    answer = models.CharField(max_length=10, choices=Kind.choices)
    answered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(answer="no", reason=""), name="a_no_has_a_reason"),
            NeverChanged(name="answer_is_written_once"),
        ]

    def __str__(self) -> str:
        return f"{self.approval}: {self.get_answer_display()}"


class Widened(SettingRecord):
    """Those who are asked last were asked: nobody else could answer, or nobody did for a day."""

    approval = models.OneToOneField(Approval, models.PROTECT, related_name="widened")

    def __str__(self) -> str:
        return f"{self.approval}, asked more widely"


class RanOut(SettingRecord):
    """Nobody answered in time, and whoever asked was told: once, whether or not they are still here."""

    approval = models.OneToOneField(Approval, models.PROTECT, related_name="ran_out")

    class Meta:
        verbose_name_plural = "ran out"

    def __str__(self) -> str:
        return f"{self.approval}, not answered in time"


class Spent(SettingRecord):
    """It was done. There is one, so that it is done once."""

    approval = models.OneToOneField(Approval, models.PROTECT, related_name="spent")

    class Meta:
        verbose_name_plural = "spent"

    def __str__(self) -> str:
        return f"{self.approval}, done"
