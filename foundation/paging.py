"""Pages of a list that nobody counts: the first page costs the same however long the list is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet

Row = TypeVar("Row", bound=Any)
SIZE = 50
FURTHEST = 400  # pages; further back, people search instead


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of rows, and whether there are more on either side."""

    rows: Sequence[Row]
    number: int
    has_next: bool
    paginator: SimpleNamespace = field(default_factory=lambda: SimpleNamespace(num_pages=None))

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_other_pages(self) -> bool:
        return self.has_next or self.has_previous

    @property
    def next_page_number(self) -> int:
        return self.number + 1

    @property
    def previous_page_number(self) -> int:
        return self.number - 1


def page_of(rows: QuerySet[Row], number: str | None, size: int = SIZE) -> Page[Row]:
    """The numbered page of an ordered queryset, in one query. A number that is none gives the first."""
    return page_from(lambda start, end: list(rows[start:end]), number, size)


def page_from(
    some: Callable[[int, int], list[Row]], number: str | None, size: int = SIZE
) -> Page[Row]:
    """The same of whatever gives the rows from one place up to another."""
    wanted = int(number) if number and is_page(number) else 1
    wanted = min(max(wanted, 1), FURTHEST)
    start = (wanted - 1) * size
    found = some(start, start + size + 1)
    return Page(found[:size], wanted, has_next=len(found) > size)


def is_page(number: str) -> bool:
    return number.isascii() and number.isdecimal() and len(number) < 6
