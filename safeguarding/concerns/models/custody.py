"""Devices in custody: who has had each, where, under which seal, and what the police said of it.

An item knows no case: the case knows its items. Whoever holds one time of custody gave the one before
up at that very moment, so that no gap and no overlap can be written down, by anybody (ADR 0020).
"""

from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.functional import cached_property

from foundation.constraints import PointsTo
from foundation.encrypted import EncryptedTextField
from safeguarding.concerns import permissions
from safeguarding.people.models import Member, SettingRecord

from .cases import Case
from .offers import Offer, Outside

if TYPE_CHECKING:
    from .keeping import CustodyEnd, DeviceCorrected, KeptOn


class CustodyItemQuerySet(models.QuerySet["CustodyItem"]):
    def readable_by(self, member: Member) -> Self:
        """Items a member may see the number and place of; not what they are, nor for which case."""
        return self.filter(permissions.items_readable_by(member))

    def naming(self, member: Member) -> Self:
        """Items of cases the member is shut out of."""
        return self.filter(permissions.naming_item(member))

    def in_custody(self) -> Self:
        return self.filter(ends__isnull=True)

    def of(self, case: Case) -> Self:
        """The devices of a case, oldest first. Only for who may read it."""
        return self.filter(of_case__case=case).with_descriptions().order_by("created_at")

    def with_descriptions(self) -> Self:
        """With how each was described anew. One query."""
        return self.prefetch_related(models.Prefetch("corrections", to_attr="put_right"))

    def in_short(self) -> Self:
        """With where each is and how it stands: four queries."""
        return self.with_holder().with_descriptions().prefetch_related("ends")

    def with_holder(self) -> Self:
        """With who has it, and its quarantine: two queries."""
        holders = Handover.objects.select_related("holder__user", "offer__to__user")
        rows = self.select_related("quarantine__lifted")
        return rows.prefetch_related(models.Prefetch("handovers", holders))

    def to_be_shown(self) -> Self:
        """With all that its pages say, in the same number of queries for any number of items."""
        from . import keeping

        holders = Handover.objects.select_related(
            "holder__user", "witness__user", "offer__to__user"
        )
        ends = keeping.CustodyEnd.objects.select_related("recorded_by__user", "second__user")
        asked = Offer.objects.select_related(
            "offered_by__user", "to__user", "witness__user", "accepted", "closed__closed_by__user"
        )
        rows = self.select_related(
            "quarantine__lifted__recorded_by__user", "of_case__case__setting"
        )
        return rows.prefetch_related(
            models.Prefetch("handovers", holders.order_by("number")),
            models.Prefetch("offers", asked.order_by("created_at")),
            models.Prefetch("ends", ends),
        ).annotate(
            was_corrected=Exists(keeping.DeviceCorrected.objects.filter(item=OuterRef("pk"))),
            was_kept=Exists(keeping.KeptOn.objects.filter(item=OuterRef("pk"))),
        )


class CustodyItem(SettingRecord):
    """One device in our hands. Its number says nothing; what it is, only readers of the case see."""

    class Whose(models.TextChoices):
        OURS = "ours", "This setting’s"
        CHILD = "child", "A child’s"
        FAMILY = "family", "A parent’s or carer’s"
        ADULT_HERE = "adult_here", "Somebody’s who works or helps here"
        OTHER = "other", "Somebody else’s, or not known"

    number = models.CharField(max_length=12)
    what = EncryptedTextField()
    whose = models.CharField(max_length=12, choices=Whose.choices)
    owner = EncryptedTextField(blank=True)
    taken_from = EncryptedTextField()

    objects = CustodyItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["setting", "number"], name="one_item_a_custody_number")
        ]

    def __str__(self) -> str:
        return f"Custody {self.number}"

    @property
    def path(self) -> str:
        return self.setting.link_to("concerns:custody_item", self.pk)

    @property
    def case(self) -> Case:
        """The case it belongs to. Only for what whoever asks may read."""
        return self.of_case.case

    @property
    def described(self) -> "CustodyItem | DeviceCorrected":
        """What it is and whose, as it was put right last. Only for what whoever asks may read."""
        return max(self.put_right, key=lambda one: one.number, default=self)

    @cached_property
    def put_right(self) -> "list[DeviceCorrected]":
        """How it was described anew, the newest last. No query where it is known that it never was."""
        rows = self.corrections.select_related("corrected_by__user").order_by("number")
        return list(rows) if getattr(self, "was_corrected", True) else []

    @property
    def times_kept(self) -> "list[KeptOn]":
        """Why it stayed, the newest last. No query where it is known that nobody said so."""
        rows = self.kept_on.select_related("decided_by__user").order_by("created_at")
        return list(rows) if getattr(self, "was_kept", True) else []

    @property
    def now(self) -> "Handover":
        """Who has it."""
        return max(self.handovers.all(), key=lambda one: one.number)

    @property
    def log(self) -> list["Handover"]:
        """Everyone who has had it, in order, each knowing until when."""
        rows = sorted(self.handovers.all(), key=lambda one: one.number)
        for row, following in pairwise(rows):
            row.ended_at = following.began_at
        for one in sorted(self.put_right, key=lambda one: one.number):
            if one.seal:  # of the bag that it was in when that was said, and of no later one
                then = (row for row in reversed(rows) if row.created_at <= one.created_at)
                next(then, rows[0]).seal_put_right = one
        return rows

    @property
    def offer(self) -> "Offer | None":
        """The hand-over that waits for somebody's yes."""
        return next((one for one in self.offers.all() if one.is_open), None)

    @property
    def is_quarantined(self) -> bool:
        held = getattr(self, "quarantine", None)
        return held is not None and not hasattr(held, "lifted")

    @property
    def is_in_custody(self) -> bool:
        return not self.ends.all()

    @property
    def by_mistake(self) -> "CustodyEnd | None":
        """What says that it never was with us under this number."""
        return next((one for one in self.ends.all() if one.kind in one.BY_MISTAKE), None)


class CaseItem(SettingRecord):
    """Which case an item belongs to: written on the case's side, so that the item tells nobody (R12)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="custody")
    item = models.OneToOneField(CustodyItem, models.PROTECT, related_name="of_case")

    def __str__(self) -> str:
        return f"{self.item} of {self.case}"


class HandoverQuerySet(models.QuerySet["Handover"]):
    def readable_by(self, member: Member) -> Self:
        """Whoever sees a device sees who has had it."""
        return self.filter(item__in=CustodyItem.objects.readable_by(member))

    def latest_of(self, case: Case) -> Self:
        """Where each device of a case is now, with how it stands. One query."""
        later = Handover.objects.filter(item=OuterRef("item"), follows=OuterRef("number"))
        rows = self.filter(~Exists(later), item__of_case__case=case).order_by("item__created_at")
        return rows.select_related("item__quarantine__lifted", "holder__user").annotate(
            was_corrected=Exists(
                CustodyItem.objects.filter(pk=OuterRef("item"), corrections__isnull=False)
            ),
            has_seal_put_right=Exists(_seals_put_right()),
            is_over=Exists(CustodyItem.objects.filter(pk=OuterRef("item"), ends__isnull=False)),
            was_mistake=Exists(_ends_of_mistakes()),
        )


def _ends_of_mistakes() -> "models.QuerySet[CustodyEnd]":
    """For a query of hand-overs: what says that the device never was with us under its number."""
    from .keeping import CustodyEnd

    return CustodyEnd.objects.filter(item=OuterRef("item"), kind__in=CustodyEnd.BY_MISTAKE)


def _seals_put_right() -> "models.QuerySet[DeviceCorrected]":
    """For a query of the last hand-overs of devices: where the seal of one was put right since."""
    from .keeping import DeviceCorrected

    since = DeviceCorrected.objects.filter(created_at__gte=OuterRef("created_at"))
    return since.exclude(seal="").filter(item=OuterRef("item"))


class Handover(Outside, SettingRecord):
    """A time of custody: who has had a device from when, where and under which seal.

    It ends when the next begins, and nothing else says so. Who gave it is whoever had it before.
    """

    item = models.ForeignKey(CustodyItem, models.PROTECT, related_name="handovers")
    number = models.PositiveSmallIntegerField()
    began_at = models.DateTimeField()
    # The one before, by its number and the moment it began; nothing for the first.
    follows = models.PositiveSmallIntegerField(null=True, blank=True)
    follows_from = models.DateTimeField(null=True, blank=True)
    offer = models.OneToOneField(
        Offer, models.PROTECT, null=True, blank=True, related_name="accepted"
    )
    holder = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    witness = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    place = EncryptedTextField()
    seal = EncryptedTextField(blank=True)

    ended_at: datetime | None = None  # known in a log
    seal_put_right: "DeviceCorrected | None" = None  # the same, where it was written wrongly
    has_seal_put_right: bool  # known after `latest_of`

    objects = HandoverQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["setting", "item", "number"], name="custody_in_order"),
            models.UniqueConstraint(
                fields=["setting", "item", "number", "began_at"], name="custody_link"
            ),
            PointsTo(
                fields={
                    "setting": "setting",
                    "item": "item",
                    "follows": "number",
                    "follows_from": "began_at",
                },
                name="custody_without_a_gap",
            ),
            models.CheckConstraint(
                condition=(
                    Q(number=1, follows__isnull=True, follows_from__isnull=True, offer__isnull=True)
                    | Q(
                        number=F("follows") + 1,
                        follows_from__isnull=False,
                        began_at__gte=F("follows_from"),
                        offer__isnull=False,
                    )
                ),
                name="custody_follows_the_one_before",
            ),
            models.CheckConstraint(
                condition=(
                    Q(holder__isnull=False, outside_name="")
                    | (Q(holder__isnull=True, witness__isnull=False) & ~Q(outside_name=""))
                ),
                name="custody_of_one_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.keeper}"

    @property
    def keeper(self) -> str:
        """Whoever has it, in words."""
        return str(self.holder or self.outsider)

    @property
    def keeper_in_short(self) -> str:
        """The same for whoever does not read the case. Only somebody outside has it without a holder."""
        return str(self.holder) if self.holder or not self.offer else self.offer.receiver_in_short
