"""The key pairs of people, and the keys of records that are sealed to them (ADR 0027)."""

from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from foundation.beside import beside
from foundation.models import Record
from safeguarding.people.one_person import users_of

from .members import Member
from .settings import SettingRecord
from .users import User

FIELDS = 5  # of a line about a copy


def copies_of(record: str) -> Subquery:
    """For a query whose field `record` is the id of a sealable record: all copies of its keys."""
    rows = KeyCopy.objects.filter(key__record_id=OuterRef(record))
    return beside(rows, "key_id", "to_id", "to__user_id", "sealed", "to__user__name")


class PersonKeyQuerySet(models.QuerySet["PersonKey"]):
    def newest(self) -> Self:
        """Of each person the pair that their password opens now."""
        theirs = PersonKey.objects.filter(user=OuterRef("user")).order_by("-created_at", "-pk")
        return self.filter(pk=Subquery(theirs.values("pk")[:1]))

    def sealed_to_at(self, setting_id: UUID) -> Self:
        """The pairs to which a setting seals: the first a person made, and later ones once confirmed."""
        confirmed = PersonKeyConfirmed.objects.filter(key=OuterRef("pk"), setting=setting_id)
        return self.newest().filter(Q(follows__isnull=True) | models.Exists(confirmed))

    def to_confirm(self, member: Member) -> Self:
        """New pairs of colleagues who had one before, which a second person has yet to check."""
        here = Member.objects.filter(setting=member.setting_id).values("user")
        rows = self.newest().filter(follows__isnull=False, user__in=here)
        done = PersonKeyConfirmed.objects.filter(key=OuterRef("pk"), setting=member.setting_id)
        return rows.exclude(user__in=users_of(member)).exclude(models.Exists(done))


class PersonKey(Record):
    """A person's pair of keys. The secret half is wrapped with a key made from their password."""

    user = models.ForeignKey(User, models.PROTECT, related_name="key_pairs")
    public = models.CharField(max_length=100)
    follows = models.OneToOneField("self", models.PROTECT, null=True, related_name="followed_by")
    # Machine state: a changed password wraps the same secret again.
    wrapped = models.BinaryField()
    salt = models.BinaryField()
    rounds = models.PositiveSmallIntegerField()
    memory = models.PositiveIntegerField()  # KiB
    lanes = models.PositiveSmallIntegerField()

    objects = PersonKeyQuerySet.as_manager()

    def __str__(self) -> str:
        return f"key of {self.user}"


class PersonKeyConfirmed(SettingRecord):
    """A second person compared the words of somebody's new key with them (rules R13, R23)."""

    key = models.ForeignKey(PersonKey, models.PROTECT, related_name="confirmations")
    confirmed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "person keys confirmed"
        constraints = [
            models.UniqueConstraint(fields=["setting", "key"], name="a_key_is_confirmed_once_here")
        ]

    def __str__(self) -> str:
        return f"{self.key}, confirmed"


class RecordKeyQuerySet(models.QuerySet["RecordKey"]):
    def of(self, *record_ids: object) -> Self:
        return self.filter(record_id__in=record_ids).order_by("-created_at", "-pk")


class RecordKey(SettingRecord):
    """One key that encrypts words of one record. The key itself lies in its copies only."""

    record_id = models.UUIDField()

    objects = RecordKeyQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["record_id", "-created_at"], name="keys_of_a_record")]

    def __str__(self) -> str:
        return f"key {self.pk.hex[:8]}"


class KeyCopy(SettingRecord):
    """The key of a record, sealed to one person; or, while none of them has a key, to the key file.

    Machine state: a copy goes when its person may no longer have it, or when one of them can open it.
    """

    key = models.ForeignKey(RecordKey, models.CASCADE, related_name="copies")
    to = models.ForeignKey(PersonKey, models.PROTECT, null=True, related_name="+")
    sealed = models.TextField()  # as base64, so that copies can be fetched beside their record

    class Meta:
        verbose_name_plural = "key copies"
        constraints = [
            models.UniqueConstraint(fields=["setting", "key", "to"], name="one_copy_a_person"),
            models.UniqueConstraint(
                fields=["setting", "key"], condition=Q(to__isnull=True), name="one_waiting_copy"
            ),
        ]

    def __str__(self) -> str:
        return f"copy of {self.key}"


class SettingKey(SettingRecord):
    """A key of a setting, wrapped by a key service; only where the installation uses one."""

    name = models.CharField(max_length=20)
    wrapped = models.TextField()
    public = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["setting", "name"], name="one_key_of_a_name")
        ]

    def __str__(self) -> str:
        return f"key {self.name}"
