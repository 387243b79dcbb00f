"""What a setting shows its new colleagues beside the ready-made list. Every change is a new row."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from foundation.constraints import NeverChanged
from safeguarding.people.models import Member, SettingRecord
from safeguarding.training import permissions


class OwnItemQuerySet(models.QuerySet["OwnItem"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.topics_readable_by(member))

    def known(self, at: datetime) -> Self:
        """As each item stood at a moment; retired ones too."""
        newer = OwnItem.objects.filter(
            setting=OuterRef("setting"),
            slug=OuterRef("slug"),
            version__gt=OuterRef("version"),
            created_at__lte=at,
        )
        return self.filter(~Exists(newer), created_at__lte=at)


class OwnItem(SettingRecord):
    """One thing to show, as it was from one moment on; the last row says that and why it is no more."""

    slug = models.SlugField(max_length=60)
    version = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=120)
    text = models.CharField(max_length=600)
    audiences = models.JSONField()  # as in library.AUDIENCES
    first_day = models.BooleanField(default=False)
    retired_because = models.CharField(max_length=500, blank=True)
    retired = models.BooleanField(default=False)
    written_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = OwnItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "slug", "version"], name="one_own_item_of_a_version"
            ),
            models.CheckConstraint(
                condition=Q(retired=False) | ~Q(retired_because=""), name="retired_for_a_reason"
            ),
            NeverChanged(name="own_item_is_written_once"),
        ]

    def __str__(self) -> str:
        return self.name
