"""A device on its way from one person to the next, until the second of them has said yes."""

from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from foundation.encrypted import EncryptedTextField
from safeguarding.people.models import Member, SettingRecord

OUTSIDE = {"police": "the police", "owner": "its owner"}


class OfferQuerySet(models.QuerySet["Offer"]):
    def readable_by(self, member: Member) -> Self:
        """Whoever sees a device sees whom it is offered to; whoever was asked, that it is settled."""
        from .custody import CustodyItem

        seen = CustodyItem.objects.readable_by(member).filter(pk=OuterRef("item"))
        named = CustodyItem.objects.naming(member).filter(pk=OuterRef("item"))
        asked = Q(setting=member.setting_id) & (Q(to=member) | Q(witness=member))
        return self.filter(Q(Exists(seen)) | asked & ~Q(Exists(named)))


class Outside(models.Model):
    """Somebody outside the setting who takes a device: by name, with their organisation and number."""

    outside_name = EncryptedTextField(blank=True)
    outside_of = EncryptedTextField(blank=True)
    outside_number = EncryptedTextField(blank=True)  # collar or staff number

    class Meta:
        abstract = True

    @property
    def outsider(self) -> str:
        """As a line: name, number, organisation."""
        return ", ".join(
            one for one in (self.outside_name, self.outside_number, self.outside_of) if one
        )


class Offer(Outside, SettingRecord):
    """Somebody gives a device away; it stays theirs until the other, or a witness, has said yes."""

    class Purpose(models.TextChoices):
        KEEP = "keep", "To somebody here, to keep it"
        POLICE = "police", "To the police"
        OWNER = "owner", "Back to its owner"

    item = models.ForeignKey("CustodyItem", models.PROTECT, related_name="offers")
    offered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    instead = EncryptedTextField(blank=True)  # why not by whoever holds it
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    to = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    witness = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    place = EncryptedTextField()
    seal = EncryptedTextField(blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(purpose="keep", to__isnull=False, witness__isnull=True, outside_name="")
                    | (
                        Q(purpose__in=["police", "owner"], to__isnull=True, witness__isnull=False)
                        & ~Q(outside_name="")
                    )
                ),
                name="offer_to_one_with_a_second_person",
            ),
            models.CheckConstraint(
                condition=(Q(to__isnull=True) | ~Q(to=F("offered_by")))
                & (Q(witness__isnull=True) | ~Q(witness=F("offered_by"))),
                name="nobody_hands_over_to_themselves",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} offered"

    @property
    def asked(self) -> Member:
        """Whoever has to say yes: the receiver, or for somebody outside the witness."""
        found = self.to or self.witness
        assert found is not None, "the database holds one of them"  # noqa: S101
        return found

    def is_theirs(self, member: Member) -> bool:
        """Whether a member offered it, or is asked to say yes."""
        return member.pk in {self.offered_by_id, self.asked.pk}

    @property
    def receiver(self) -> str:
        return str(self.to or self.outsider)

    @property
    def receiver_in_short(self) -> str:
        """The same for whoever does not read the case: of somebody outside, only whose they are."""
        return str(self.to or OUTSIDE[self.purpose])

    @property
    def is_open(self) -> bool:
        return not hasattr(self, "accepted") and not hasattr(self, "closed")


class OfferClosed(SettingRecord):
    """A hand-over that did not happen: taken back by the giver, or not taken by the other."""

    offer = models.OneToOneField(Offer, models.PROTECT, related_name="closed")
    closed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    reason = EncryptedTextField()

    class Meta:
        verbose_name_plural = "offers closed"

    def __str__(self) -> str:
        return f"{self.offer}: not taken"
