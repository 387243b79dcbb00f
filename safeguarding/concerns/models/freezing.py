"""A file that should never have been added: frozen at once, destroyed only as the police said (rule R33).

A freezing ends only by a row of its own, which takes two people; then the file can be frozen again.
"""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from foundation.constraints import NeverChanged, PointsTo
from foundation.encrypted import EncryptedTextField
from foundation.keyrings import KeyedQuerySet
from safeguarding.concerns import permissions
from safeguarding.people.models import Member, SettingRecord

from .files import CaseFile

WAITS = timedelta(
    hours=72
)  # a second person says yes within it, or it is asked for again (rule R23)


class FileFrozenQuerySet(KeyedQuerySet["FileFrozen"]):
    def readable_by(self, member: Member) -> Self:
        """Those who lead its case, and who may be the second person; never whom the case names."""
        return self.filter(permissions.frozen_readable_by(member)).read_with(member.keyring)

    def standing(self) -> Self:
        """Those that hold: nobody opened the file again since."""
        return self.filter(thawed__isnull=True)

    def standing_at(self, at: datetime) -> Self:
        """Those that held at a moment."""
        return self.filter(created_at__lte=at).exclude(thawed__created_at__lte=at)

    def to_be_shown(self) -> Self:
        """With all that its page says: two queries."""
        rows = self.select_related(
            "case_file__entry__case__setting",
            "case_file__file",
            "frozen_by__user",
            "thawed__by__user",
            "thawed__second__user",
        )
        answers = ("by__user", "approved__by__user", "declined__by__user")
        with_people = Destruction.objects.select_related(*answers)
        return rows.prefetch_related(models.Prefetch("destructions", with_people))


class FileFrozen(SettingRecord):
    """From this moment nobody opens a file of a case, and nobody deletes it. Its code says nothing."""

    case_file = models.ForeignKey(CaseFile, models.PROTECT, related_name="freezings")
    code = models.CharField(max_length=12)
    reason = EncryptedTextField()
    frozen_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = FileFrozenQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "files frozen"
        constraints = [
            models.UniqueConstraint(fields=["setting", "code"], name="one_frozen_file_a_code")
        ]

    def __str__(self) -> str:
        return f"frozen file {self.code}"

    @property
    def path(self) -> str:
        return self.setting.link_to("concerns:frozen_file", self.pk)

    @property
    def asked(self) -> "list[Destruction]":
        """What the police were recorded to have instructed, the oldest first."""
        known = (one for one in self.destructions.all() if one.approves_id is None)
        return sorted(known, key=lambda one: one.created_at)

    @classmethod
    def of_an_entry(cls) -> Subquery:
        """In a query of entries: which freezing holds of the file that came with one."""
        rows = cls.objects.standing().filter(case_file__entry=OuterRef("pk"))
        return Subquery(rows.values("pk")[:1])

    @property
    def is_over(self) -> bool:
        return hasattr(self, "thawed")

    @property
    def is_destroyed(self) -> bool:
        return self.case_file.file.destroyed_at is not None


class FileThawed(SettingRecord):
    """A file was frozen that may well be here: who asked to open it again, why, and who said yes."""

    frozen = models.OneToOneField(FileFrozen, models.PROTECT, related_name="thawed")
    reason = EncryptedTextField()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    second = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "files thawed"
        constraints = [
            models.CheckConstraint(condition=~Q(by=F("second")), name="two_people_thaw_a_file"),
            NeverChanged(name="thawing_is_written_once"),
        ]

    def __str__(self) -> str:
        return f"{self.frozen}, opened again"


class DestructionQuerySet(models.QuerySet["Destruction"]):
    def readable_by(self, member: Member) -> Self:
        """Whoever sees a frozen file sees what the police instructed."""
        return self.filter(frozen__in=FileFrozen.objects.readable_by(member))

    def waiting(self, at: datetime) -> Self:
        """What the police instructed, one person recorded, and no second one has said yes to yet."""
        unanswered = self.filter(approves=None, approved=None, declined=None)
        return unanswered.filter(created_at__gt=at - WAITS)


class Destruction(SettingRecord):
    """What the police instructed to be destroyed; or, pointing to that, the yes of a second person.

    A yes repeats of what it says yes to the file, the person who recorded it and the digest of all that
    was recorded. The database holds it to that, and to another person.
    """

    frozen = models.ForeignKey(FileFrozen, models.PROTECT, related_name="destructions")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    bound_to = models.CharField(max_length=64)
    officer = EncryptedTextField(blank=True)
    force = EncryptedTextField(blank=True)
    reference = EncryptedTextField(blank=True)
    instructed_at = models.DateTimeField(null=True)
    instruction = EncryptedTextField(blank=True)
    approves = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="approved"
    )
    recorded_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    objects = DestructionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "id", "frozen", "bound_to", "by"], name="destruction_link"
            ),
            PointsTo(
                fields={
                    "setting": "setting",
                    "approves": "id",
                    "frozen": "frozen",
                    "bound_to": "bound_to",
                    "recorded_by": "by",
                },
                name="destruction_of_this_very_file",
            ),
            models.CheckConstraint(
                condition=(
                    Q(approves__isnull=True, recorded_by__isnull=True, instructed_at__isnull=False)
                    & ~Q(officer="")
                    & ~Q(force="")
                    & ~Q(reference="")
                    & ~Q(instruction="")
                )
                | (Q(approves__isnull=False, recorded_by__isnull=False) & ~Q(by=F("recorded_by"))),
                name="the_police_say_and_two_people_do",
            ),
        ]

    def __str__(self) -> str:
        return f"destruction of {self.frozen}"

    def is_waiting(self, at: datetime) -> bool:
        """The same as `waiting`, of a row at hand."""
        answered = hasattr(self, "approved") or hasattr(self, "declined")
        return not answered and self.created_at > at - WAITS

    @property
    def digest(self) -> str:
        """Of exactly what would be done: this file, as these police said it, recorded by this person."""
        said = [self.officer, self.force, self.reference, self.instruction]
        what = [str(self.pk), str(self.frozen_id), str(self.frozen.case_file.file_id)]
        when = self.instructed_at.isoformat() if self.instructed_at else ""
        words = json.dumps([*what, str(self.by_id), when, *said])
        return hashlib.sha256(words.encode()).hexdigest()


class DestructionDeclined(SettingRecord):
    """A no to what was recorded of the police, and why. The file stays frozen; it may be asked again."""

    destruction = models.OneToOneField(Destruction, models.PROTECT, related_name="declined")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    reason = EncryptedTextField()

    class Meta:
        verbose_name_plural = "destructions declined"
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_no_to_destroying_has_a_reason"),
            NeverChanged(name="no_to_destroying_is_written_once"),
        ]

    def __str__(self) -> str:
        return f"{self.destruction}, declined"
