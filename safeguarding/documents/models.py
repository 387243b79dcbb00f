"""Files kept outside the database, each encrypted with a key of its own that the database holds."""

from django.db import models
from django.db.models import Q

from foundation.encrypted import EncryptedTextField
from safeguarding.people.models import SettingRecord

from .kinds import KINDS


class StoredFile(SettingRecord):
    """One file: its name as it was sent, what it was found to be, and its key, wrapped.

    Whoever may read it is for the app to say whose record it belongs to. Its id names it on the disk.
    """

    writing_key: tuple[str, bytes] | None = (
        None  # of the record it belongs to, where that is sealed
    )

    name = EncryptedTextField()
    kind = models.CharField(max_length=10)
    size = models.PositiveIntegerField()
    wrapped_key = EncryptedTextField(blank=True)  # empty once it was destroyed
    destroyed_at = models.DateTimeField(null=True)
    waits_for_scan = models.BooleanField(default=False)  # closed until a Scan says that it is clean

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(wrapped_key="") ^ Q(destroyed_at__isnull=True),
                name="stored_file_has_its_key_or_lost_it",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=list(KINDS)) & Q(size__gt=0),
                name="stored_file_of_a_known_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def text_key(self) -> tuple[str, bytes] | None:
        """The key for its name and for its own key; None for the setting's."""
        return self.writing_key

    @property
    def content_type(self) -> str:
        return KINDS[self.kind].content_type

    @property
    def is_quarantined(self) -> bool:
        """Whether nobody may open it yet, or ever."""
        return self.waits_for_scan and not self.scans.filter(found_virus=False).exists()


class Scan(SettingRecord):
    """What the virus scanner said of a file. It says it once."""

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="scans")
    found_virus = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["setting", "file"], name="a_file_is_scanned_once")
        ]

    def __str__(self) -> str:
        return f"scan of {self.file}"
