"""The trail itself: one row for each thing that happened, and where each chain ends."""

from typing import Any, Final, NoReturn
from uuid import UUID

from django.db import models

from foundation.models import Record

# The chain of what happens outside any setting, such as signing in or opening a setting.
INSTALLATION: Final = UUID(int=0)


class Entry(Record):
    """One thing that happened. Written once; never changed, never deleted.

    It names people and records by value, not by foreign key: it must outlive them. Only
    `trail.record` writes it, and the database refuses whatever does not continue the chain.
    """

    created_at = None  # type: ignore[assignment]  # `at` is that moment, and is in the link
    v = models.PositiveSmallIntegerField()
    setting_id = models.UUIDField()
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    event = models.CharField(max_length=60)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200)
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    details = models.JSONField(default=dict)
    prev = models.CharField(max_length=64)
    link = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(
                fields=["setting_id", "seq"], name="an_entry_has_one_place_in_its_chain"
            )
        ]
        indexes = [
            models.Index(fields=["setting_id", "subject_id"], name="audit_by_subject"),
            models.Index(fields=["setting_id", "at"], name="audit_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.event}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            refuse()
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        refuse()


class ChainHead(models.Model):
    """Where one setting's chain ends. A trigger moves it on with each entry; nothing else may."""

    setting_id = models.UUIDField(primary_key=True)
    seq = models.PositiveBigIntegerField()
    link = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.setting_id} at {self.seq}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            refuse()
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        refuse()


def refuse() -> NoReturn:
    """Say no in Python too; the triggers say it to everyone else."""
    raise TypeError("The audit trail is only ever added to.")
