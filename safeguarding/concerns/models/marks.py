"""Marks seen on a child's body, as words and a place, frozen with the report or entry they belong to."""

from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from foundation.beside import beside, lines
from foundation.encrypted import EncryptedTextField, Sealed
from safeguarding.concerns import body
from safeguarding.people.models import SettingRecord

from ._sealing import OfSealable
from .concerns import Concern
from .entries import Entry


class BodyMark(OfSealable, SettingRecord):
    """One mark: where, and how it looked as said. Never a picture, never a diagnosis."""

    ON = ("concern", "entry.case")

    concern = models.ForeignKey(
        Concern, models.PROTECT, null=True, blank=True, related_name="marks"
    )
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, blank=True, related_name="marks")
    number = models.PositiveSmallIntegerField()
    area = models.CharField(max_length=40)
    size = EncryptedTextField(blank=True)
    colour = EncryptedTextField(blank=True)
    shape = EncryptedTextField(blank=True)
    words = EncryptedTextField(blank=True)
    whose = EncryptedTextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(concern__isnull=True) ^ Q(entry__isnull=True),
                name="mark_of_one_report_or_entry",
            ),
            models.CheckConstraint(
                condition=Q(area__in=[*body.AREAS, body.ELSEWHERE]), name="mark_has_a_place"
            ),
            models.UniqueConstraint(
                fields=["setting", "concern", "number"], name="marks_of_a_report_in_order"
            ),
            models.UniqueConstraint(
                fields=["setting", "entry", "number"], name="marks_of_an_entry_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"mark {self.number}: {self.place}"

    @property
    def place(self) -> str:
        return body.NAMES[self.area]

    @property
    def looks(self) -> list[tuple[str, str]]:
        """What was said of it, each under its heading."""
        said = [
            ("Child", self.whose),
            ("Size", self.size),
            ("Colour", self.colour),
            ("Shape", self.shape),
            ("More", self.words),
        ]
        return [pair for pair in said if pair[1]]


SAID = ("size", "colour", "shape", "words", "whose")  # encrypted, so that no stroke stands in them
BESIDE = ("id", "number", "area", *SAID)


def marks_beside() -> Subquery:
    """For a query of reports: their marks, for `take_marks`."""
    rows = BodyMark.objects.filter(concern=OuterRef("pk")).order_by()
    return beside(rows, *BESIDE)


def take_marks(concern: Concern, text: str | None) -> None:
    """Let a report have the marks that it brought along, as if they had been fetched. No query."""
    found = []
    for pk, number, area, *said in lines(text, len(BESIDE)):
        words = {name: Sealed(one) if one else "" for name, one in zip(SAID, said, strict=True)}
        about: dict[str, Any] = {"setting_id": concern.setting_id, "concern": concern, **words}
        found.append(BodyMark(id=UUID(pk), number=int(number), area=area, **about))
    found.sort(key=lambda mark: mark.number)
    rows = concern.marks.all()
    rows._result_cache, rows._prefetch_done = found, True  # type: ignore[attr-defined]
    concern.__dict__["_prefetched_objects_cache"] = {"marks": rows}
