"""A new colleague's first weeks: what they are shown, by whom, and their own word that it was."""

from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from foundation.constraints import NeverChanged
from safeguarding.people.models import Member, RoleHeld, SettingRecord
from safeguarding.training import permissions


class InductionQuerySet(models.QuerySet["Induction"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.inductions_readable_by(member))

    def open(self) -> Self:
        """Those with something still to show or to sign, and not left out."""
        left = InductionItem.objects.filter(induction=OuterRef("pk")).unfinished()
        return self.filter(Exists(left), left_out__isnull=True)


class Induction(SettingRecord):
    """Somebody began here in a role. What they are shown is written down with it."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="inductions")
    role_held = models.OneToOneField(RoleHeld, models.PROTECT, null=True, related_name="+")
    audience = models.CharField(max_length=10)
    starts = models.DateField()

    objects = InductionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["setting", "starts"], name="inductions_by_setting")]
        constraints = [NeverChanged(name="induction_is_written_once")]

    def __str__(self) -> str:
        return f"{self.member}’s first weeks"


class InductionLeftOut(SettingRecord):
    """The person needs no induction now: they were here before, or did it elsewhere."""

    induction = models.OneToOneField(Induction, models.PROTECT, related_name="left_out")
    reason = models.CharField(max_length=500)
    decided_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        constraints = [NeverChanged(name="induction_left_out_is_written_once")]

    def __str__(self) -> str:
        return f"{self.induction}, left out"


class InductionItemQuerySet(models.QuerySet["InductionItem"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(induction__in=Induction.objects.readable_by(member))

    def standing(self) -> Self:
        """All but what was ticked by mistake: that stands on the list anew."""
        return self.filter(by_mistake__isnull=True)

    def unfinished(self) -> Self:
        """Those not shown yet, or not signed by whom they were shown."""
        return self.standing().filter(Q(done__isnull=True) | Q(signed__isnull=True))


class InductionItem(SettingRecord):
    """One thing to show, as the list said when it began."""

    induction = models.ForeignKey(Induction, models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    item = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    text = models.CharField(max_length=600)
    first_day = models.BooleanField()
    by_app = models.CharField(max_length=40, blank=True)
    # How often it was ticked by mistake before: each time it stands on the list anew.
    again = models.PositiveSmallIntegerField(default=0)

    objects = InductionItemQuerySet.as_manager()

    class Meta:
        ordering = ["position", "again"]
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "induction", "item", "again"], name="shown_once_in_an_induction"
            ),
            NeverChanged(name="induction_item_is_written_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def can_be_mistaken(self) -> bool:
        """Whether somebody ticked it. What was signed elsewhere, nobody ticked."""
        ticked = hasattr(self, "done") and self.done.presenter_id is not None
        return ticked and not hasattr(self, "by_mistake")


class ItemDone(SettingRecord):
    """It was shown on a day, by somebody else; or another part of Hedgerow says it is done."""

    item = models.OneToOneField(InductionItem, models.PROTECT, related_name="done")
    done_on = models.DateField()
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")  # the new colleague
    presenter = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(presenter__isnull=True) | ~Q(presenter=F("member")),
                name="nobody_shows_it_to_themselves",
            ),
            NeverChanged(name="item_done_is_written_once"),
        ]

    def __str__(self) -> str:
        return f"{self.item}, shown"


class ItemSigned(SettingRecord):
    """The new colleague says that they were shown it. Nobody else can."""

    item = models.OneToOneField(InductionItem, models.PROTECT, related_name="signed")
    signed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        constraints = [NeverChanged(name="item_signed_is_written_once")]

    def __str__(self) -> str:
        return f"{self.item}, signed"


class TickedByMistake(SettingRecord):
    """It was not shown after all: what was ticked and signed counts no more, and it is owed anew."""

    item = models.OneToOneField(InductionItem, models.PROTECT, related_name="by_mistake")
    reason = models.CharField(max_length=500)
    said_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "ticked by mistake"
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="ticked_by_mistake_has_a_reason"),
            NeverChanged(name="ticked_by_mistake_is_written_once"),
        ]

    def __str__(self) -> str:
        return f"{self.item}, ticked by mistake"
