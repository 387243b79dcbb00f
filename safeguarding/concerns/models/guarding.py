"""How closely a case is guarded, who said so, and what it asks for that a case may be about a picture."""

from collections.abc import Iterable

from django.db import models
from django.db.models import OuterRef, Q

from foundation.encrypted import EncryptedTextField
from foundation.in_turn import InTurn
from safeguarding.concerns import kinds
from safeguarding.people.models import Member, SettingRecord
from safeguarding.procedures.models import Run

from ._sealing import OfSealable
from .cases import Case
from .concerns import Concern
from .entries import Entry

PICTURES = "C4"
REPORTED = (
    "A report in this case is about a picture of a child, and no procedure for pictures is followed. "
    "Start one, under “Follow a further procedure”."
)
SAID_BY_HAND = (
    "This case is guarded as one about a picture of a child, and no procedure for pictures is followed. "
    "Start one, under “Follow a further procedure”; or say, with a second person, why it is about none."
)


class Reclassification(OfSealable, SettingRecord):
    """The class of a case was changed, and why."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="reclassifications")
    changed_from = models.CharField(max_length=3)
    changed_to = models.CharField(max_length=3)
    by_hand = models.BooleanField()  # somebody said so; else a procedure asked for it
    reason = EncryptedTextField()
    changed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.case}: {self.changed_from} to {self.changed_to}"


def reported() -> Q:
    """For a query of cases: a report in it is about a picture of a child."""
    rows = Concern.objects.filter(gathered__case=OuterRef("pk"))
    return Q(InTurn(rows.filter(Q(record_class=PICTURES) | Q(kind__in=kinds.of_pictures()))))


def guarded_by_hand() -> Q:
    """The same: somebody said by hand that it is about a picture; no procedure alone did."""
    changed = Reclassification.objects.filter(case=OuterRef("pk"), changed_to=PICTURES)
    opened_so = Q(opened_so_by_hand=True) & ~InTurn(changed)
    return Q(record_class=PICTURES) & (InTurn(changed.filter(by_hand=True)) | opened_so)


def said_to_be_about_none() -> Q:
    """The same: two people said that it is about no picture after all, and that stands."""
    said = Entry.objects.counting().filter(case=OuterRef("pk"), kind=Entry.Kind.NO_PICTURE)
    return Q(InTurn(said))


def wanting_a_procedure() -> Q:
    """The same: it closes only once a procedure for pictures was followed, or two people said why none is.

    Where its class came with a procedure alone, setting that aside was two people's word.
    """
    by_hand = guarded_by_hand() & ~said_to_be_about_none()
    return Q(record_class=PICTURES) & (reported() | by_hand)


def is_so(case: Case, *what: Q) -> bool:
    """Whether all of this holds of a case. One query."""
    return Case.objects.filter(*what, pk=case.pk).exists()


def about_no_picture(case: Case) -> Entry | None:
    """What says that a case is about no picture after all, where that stands."""
    return case.entries.counting().filter(kind=Entry.Kind.NO_PICTURE).first()


def follows_for_pictures(runs: Iterable[Run]) -> bool:
    """Whether a procedure for pictures is among these, and was not set aside."""
    return any(run.definition.imagery and not run.set_aside for run in runs)


def what_a_picture_asks_for(case: Case, runs: Iterable[Run]) -> list[str]:
    """What a case that may be about a picture still wants before it closes, as a sentence."""
    if case.record_class != PICTURES or follows_for_pictures(runs):
        return []
    if not is_so(case, wanting_a_procedure()):
        return []
    return [REPORTED if is_so(case, reported()) else SAID_BY_HAND]
