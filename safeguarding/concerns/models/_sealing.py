"""With which key the words of a record are encrypted: its setting’s, or its own if it is about an adult."""

from functools import reduce
from typing import Any, Self, TypeVar

from django.db import models

from foundation.keyrings import KeyedQuerySet
from safeguarding.people.keyring import Copy
from safeguarding.people.models import copies_of

SEALED = "C3"  # what is said of adults here is sealed to those who may read it (ADR 0027)


class NoKeyYet(Exception):  # noqa: N818  reads as a sentence
    """An action writes on a sealed record without `seals.ready`."""


Row = TypeVar("Row", bound=models.Model, covariant=True)


class SealableQuerySet(KeyedQuerySet[Row]):
    """Cases or reports."""

    def with_copies(self) -> Self:
        """With the copies of their keys beside them."""
        return self.annotate(sealed_copies=copies_of("pk"))

    def _fetch_all(self) -> None:
        super()._fetch_all()
        if self._keyring is not None:
            for row in getattr(self, "_result_cache", None) or []:
                if copies := getattr(row, "sealed_copies", None):
                    self._keyring.add(Copy.all_in(copies))


class Sealable(models.Model):
    """A case or a report: it may be sealed, with all that is written on it."""

    writing_key: tuple[str, bytes] | None = None  # name and key, put here by `seals`

    # All copies of its keys, where it was fetched `with_copies`: then its words open without a query.
    sealed_copies: str | None = None

    class Meta:
        abstract = True

    def text_key(self) -> tuple[str, bytes] | None:
        """The key for its words; None for the setting's."""
        if getattr(self, "record_class") != SEALED:  # noqa: B009
            return None
        if self.writing_key is None:
            raise NoKeyYet(f"{self._meta.label} is written on without `seals.ready`.")
        return self.writing_key


class OfSealable(models.Model):
    """Something written on a case or a report: encrypted as that is. `ON` says which way to it."""

    ON: tuple[str, ...] = ("case",)

    class Meta:
        abstract = True

    def text_key(self) -> tuple[str, bytes] | None:
        """The key of the record it is written on."""
        for way in self.ON:  # the first that there is
            record: Any = reduce(getattr, way.split("."), self)
            if record is not None:
                found: tuple[str, bytes] | None = record.text_key()
                return found
        return None
