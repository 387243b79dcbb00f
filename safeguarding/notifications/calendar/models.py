"""The secret address of a member's calendar. Only a digest of it is kept."""

import hashlib
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef

from foundation.constraints import NeverChanged
from safeguarding.people.models import Member, Setting, SettingRecord


class CalendarAddressQuerySet(models.QuerySet["CalendarAddress"]):
    def readable_by(self, member: Member) -> Self:
        """Everyone sees that they have one, and since when."""
        return self.filter(setting=member.setting_id, member=member)

    def standing(self) -> Self:
        """Those that still open something: the newest of each member, unless it was ended."""
        newer = CalendarAddress.objects.filter(
            member=OuterRef("member"), created_at__gt=OuterRef("created_at")
        )
        return self.filter(~Exists(newer), ended__isnull=True)

    def with_token(self, setting: Setting, token: str) -> Self:
        """Whoever's address this is. The same one question to the database for any at all."""
        return self.standing().filter(setting=setting, digest=digest_of(setting, token))


class CalendarAddress(SettingRecord):
    """An address with a secret in it, that shows its member's dates without signing in."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="calendar_addresses")
    digest = models.CharField(
        max_length=64
    )  # of the secret, which was shown once and is kept nowhere

    objects = CalendarAddressQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "calendar addresses"
        constraints = [
            models.UniqueConstraint(fields=["setting", "digest"], name="one_calendar_an_address"),
            NeverChanged(name="calendar_address_is_written_once"),
        ]
        indexes = [models.Index(fields=["member", "-created_at"], name="calendars_by_member")]

    def __str__(self) -> str:
        return f"calendar of {self.member}"


class CalendarAddressEnded(SettingRecord):
    """Its member closed the address: it opens nothing any more."""

    address = models.OneToOneField(CalendarAddress, models.PROTECT, related_name="ended")

    class Meta:
        verbose_name_plural = "calendar addresses ended"
        constraints = [NeverChanged(name="calendar_end_is_written_once")]

    def __str__(self) -> str:
        return f"{self.address}, closed"


def digest_of(setting: Setting, token: str) -> str:
    """What is kept of a secret. It holds 256 random bits, so that nobody can try them out."""
    return hashlib.sha256(f"calendar {setting.pk} {token}".encode()).hexdigest()
