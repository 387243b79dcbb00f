"""Files of a case: letters and papers that came with it, where its class takes them."""

from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef

from foundation.constraints import NeverChanged
from foundation.encrypted import EncryptedTextField
from foundation.keyrings import KeyedQuerySet
from safeguarding.documents.models import StoredFile
from safeguarding.people.models import Member, SettingRecord

from ._sealing import OfSealable
from .cases import Case
from .entries import Entry


class CaseFileQuerySet(KeyedQuerySet["CaseFile"]):
    def readable_by(self, member: Member) -> Self:
        """The files of a case are for whoever reads the case."""
        cases = Case.objects.readable_by(member).filter(pk=OuterRef("entry__case"))
        return self.filter(Exists(cases)).read_with(member.keyring)


class CaseFile(SettingRecord):
    """A file added to a case. Which file, and why, is a line of the chronology."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="case_file")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")

    objects = CaseFileQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.file} on {self.entry.case}"


class PicturesChoice(SettingRecord):
    """Whether cases of a setting take pictures: never until somebody chose it. The newest row counts."""

    takes = models.BooleanField()
    reason = models.CharField(max_length=300)
    chosen_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        constraints = [NeverChanged(name="pictures_choice_is_written_once")]
        indexes = [models.Index(fields=["setting", "-created_at"], name="pictures_by_setting")]

    def __str__(self) -> str:
        return f"{self.setting} takes {'pictures' if self.takes else 'no pictures'}"

    @classmethod
    def of(cls, setting_id: UUID) -> bool:
        """Whether a setting takes pictures now. One query."""
        newest = cls.objects.filter(setting=setting_id).order_by("-created_at", "-pk")
        return bool(newest.values_list("takes", flat=True).first())


class FilesCleared(OfSealable, SettingRecord):
    """A lead said that the files a case had before it was about pictures hold no such picture."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="files_cleared")
    reason = EncryptedTextField()
    cleared_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "files cleared"

    def __str__(self) -> str:
        return f"files of {self.case} cleared"
