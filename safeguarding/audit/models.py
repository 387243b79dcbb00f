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

    class Outcome(models.TextChoices):
        ALLOW = "allow", "done"
        DENY = "deny", "refused"

    created_at = None  # type: ignore[assignment]  # `at` is that moment, and is in the link
    v = models.PositiveSmallIntegerField()
    setting_id = models.UUIDField()
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    event = models.CharField(max_length=60)
    outcome = models.CharField(max_length=5, choices=Outcome.choices)
    key_id = models.CharField(max_length=8)  # which key made the seal
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200)
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    details = models.JSONField(default=dict)
    commitment = models.CharField(
        max_length=64, blank=True
    )  # to what a record said: see contents.py
    prev = models.CharField(max_length=64)
    link = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)

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


class Salt(models.Model):
    """What proves the words of one record to the entry that was written with it. See contents.py.

    Emptied when the record is lawfully erased, once an entry says so; never changed otherwise.
    """

    entry_id = models.UUIDField(primary_key=True)
    setting_id = models.UUIDField()
    of_type = models.CharField(max_length=60)
    of_id = models.UUIDField()
    salt = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [models.Index(fields=["setting_id", "of_id"], name="salts_of_a_record")]

    def __str__(self) -> str:
        return f"salt of {self.of_type} {self.of_id}"


class SigningKey(Record):
    """A key that signs checkpoints: its public half, and the word of the key before it.

    The first one is how this record began. A later one counts only with that word.
    """

    origin = models.CharField(max_length=60)
    public = models.CharField(max_length=64, unique=True)
    signed_by_last = models.CharField(max_length=128, blank=True)

    def __str__(self) -> str:
        return self.public


class Checkpoint(Record):
    """All chains at one moment in one number, signed. See checkpoints.py."""

    created_at = None  # type: ignore[assignment]  # `at` is that moment, and is signed
    number = models.PositiveBigIntegerField(unique=True)
    origin = models.CharField(max_length=60)
    size = models.PositiveIntegerField()  # of how many chains
    root = models.CharField(max_length=64)
    at = models.DateTimeField()
    public = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)
    words = models.CharField(max_length=100, unique=True)
    moved = models.JSONField()  # the chains that went on since the one before: {id: [seq, link]}

    def __str__(self) -> str:
        return f"checkpoint {self.number}"


class Check(Record):
    """The record was checked: how far it is whole, or where it is not. Only a whole check clears."""

    setting_id = models.UUIDField()
    is_whole = models.BooleanField()  # all of it was walked, not only the last part
    is_intact = models.BooleanField()
    checkpoint = models.PositiveBigIntegerField(null=True)  # the newest that it reached
    layer = models.CharField(max_length=12, blank=True)
    position = models.PositiveBigIntegerField(null=True)
    wrong = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["setting_id", "-created_at"], name="checks_by_time")]

    def __str__(self) -> str:
        return f"checked {self.created_at:%Y-%m-%d %H:%M}"


def refuse() -> NoReturn:
    """Say no in Python too; the triggers say it to everyone else."""
    raise TypeError("The audit trail is only ever added to.")
