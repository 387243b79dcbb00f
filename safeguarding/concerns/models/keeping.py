"""What the police say of a device in custody, why it is kept, and how that ends."""

from django.db import models
from django.db.models import F, Q

from foundation.constraints import NeverChanged
from foundation.encrypted import EncryptedTextField
from safeguarding.people.models import Member, SettingRecord

from .custody import CustodyItem, Handover


class Quarantine(SettingRecord):
    """A device nobody may use or give back until the police have advised."""

    item = models.OneToOneField(CustodyItem, models.PROTECT, related_name="quarantine")
    placed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    reason = EncryptedTextField()

    def __str__(self) -> str:
        return f"{self.item} in quarantine"


class QuarantineLifted(SettingRecord):
    """The police advised that a device need not be kept apart: who, when, under which reference."""

    quarantine = models.OneToOneField(Quarantine, models.PROTECT, related_name="lifted")
    officer = EncryptedTextField()
    force = EncryptedTextField()
    reference = EncryptedTextField()
    advised_at = models.DateTimeField()
    advice = EncryptedTextField()
    recorded_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "quarantines lifted"
        constraints = [
            models.CheckConstraint(
                condition=~Q(officer="") & ~Q(force="") & ~Q(reference="") & ~Q(advice=""),
                name="only_the_police_lift_a_quarantine",
            )
        ]

    def __str__(self) -> str:
        return f"{self.quarantine} lifted"


class DeviceCorrected(SettingRecord):
    """A device was described wrongly: what it is, whose, its seal. What was written first stays."""

    item = models.ForeignKey(CustodyItem, models.PROTECT, related_name="corrections")
    number = models.PositiveSmallIntegerField()  # the newest counts
    what = EncryptedTextField()
    whose = models.CharField(max_length=12, choices=CustodyItem.Whose.choices)
    owner = EncryptedTextField(blank=True)
    taken_from = EncryptedTextField()
    seal = EncryptedTextField(blank=True)  # of whoever had it then; nothing: as its log says
    reason = EncryptedTextField()
    corrected_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "devices corrected"
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "item", "number"], name="corrections_of_a_device_in_order"
            ),
            NeverChanged(name="device_corrected_is_written_once"),
        ]

    def __str__(self) -> str:
        return f"{self.item}, described anew"


class KeptOn(SettingRecord):
    """Why a device stays in custody though its case is over, and when somebody looks at it again."""

    item = models.ForeignKey(CustodyItem, models.PROTECT, related_name="kept_on")
    reason = EncryptedTextField()
    look_again_on = models.DateField()
    decided_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "kept on"

    def __str__(self) -> str:
        return f"{self.item} kept on"


class CustodyEnd(SettingRecord):
    """How our custody of a device came to an end."""

    class Kind(models.TextChoices):
        POLICE = "police", "Handed to the police"
        OWNER = "owner", "Given back to its owner"
        DESTROYED = "destroyed", "Destroyed by the police, or as they directed"
        NEVER = "never", "Never in our custody"
        TWICE = "twice", "Recorded twice"

    BY_MISTAKE = (
        Kind.NEVER,
        Kind.TWICE,
    )  # as two people said: it was not with us under this number

    item = models.ForeignKey(CustodyItem, models.PROTECT, related_name="ends")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    handover = models.OneToOneField(
        Handover, models.PROTECT, null=True, blank=True, related_name="end"
    )
    officer = EncryptedTextField(blank=True)
    reference = EncryptedTextField(blank=True)
    text = EncryptedTextField(blank=True)
    recorded_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    # Of what was recorded by mistake: who else said so, and under which number it is in truth.
    second = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    same_as = models.ForeignKey(CustodyItem, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["setting", "item", "kind"], name="custody_ends_once"),
            models.CheckConstraint(
                condition=(
                    Q(handover__isnull=False)
                    | (~Q(officer="") & ~Q(reference=""))
                    | (Q(kind__in=["never", "twice"], second__isnull=False) & ~Q(text=""))
                ),
                name="custody_ends_by_hand_or_by_police",
            ),
            models.CheckConstraint(
                condition=(
                    Q(kind="never", handover__isnull=True, same_as__isnull=True)
                    | Q(kind="twice", handover__isnull=True, same_as__isnull=False)
                    | Q(kind__in=["police", "owner", "destroyed"], second=None, same_as=None)
                ),
                name="custody_by_mistake_ends_by_two",
            ),
            models.CheckConstraint(
                condition=(Q(second__isnull=True) | ~Q(second=F("recorded_by")))
                & (Q(same_as__isnull=True) | ~Q(same_as=F("item"))),
                name="custody_by_mistake_of_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.get_kind_display().lower()}"
