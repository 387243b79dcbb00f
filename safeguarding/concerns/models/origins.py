"""Where a record about an adult came from. Kept on its own side only (rule R12)."""

from typing import Self

from django.db import models
from django.db.models import Q

from safeguarding.people.models import Member, SettingRecord

from .cases import Case
from .concerns import Concern


class OriginQuerySet(models.QuerySet["Origin"]):
    def readable_by(self, member: Member) -> Self:
        """Whoever reads the record about the adult sees what it came from."""
        return self.filter(concern__in=Concern.objects.readable_by(member))


class Origin(SettingRecord):
    """A report about an adult that was begun while working on something else.

    What it came from holds no row, entry or date of it, and nothing here can be asked from there:
    the person it is about may read that other record.
    """

    concern = models.OneToOneField(Concern, models.PROTECT, related_name="origin")
    from_case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    from_concern = models.ForeignKey(Concern, models.PROTECT, null=True, related_name="+")

    objects = OriginQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(from_case__isnull=True) ^ Q(from_concern__isnull=True),
                name="origin_is_one_record",
            )
        ]

    def __str__(self) -> str:
        return f"{self.concern} from {self.from_case or self.from_concern}"
