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
    wrapped_key = EncryptedTextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=list(KINDS)) & Q(size__gt=0),
                name="stored_file_of_a_known_kind",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def text_key(self) -> tuple[str, bytes] | None:
        """The key for its name and for its own key; None for the setting's."""
        return self.writing_key

    @property
    def content_type(self) -> str:
        return KINDS[self.kind].content_type
