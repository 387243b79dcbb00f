"""The library as a list: for each policy what is in force, what is newer, and what waits."""

from collections.abc import Iterable
from dataclasses import dataclass

from .models import PolicyVersion, Proposal


@dataclass
class Shelf:
    """One policy."""

    newest: PolicyVersion
    in_force: PolicyVersion | None = None
    waits: PolicyVersion | None = None

    @property
    def title(self) -> str:
        return (self.in_force or self.newest).title

    @property
    def is_behind(self) -> bool:
        """Whether there is a version that is not in force."""
        return self.in_force is None or self.in_force.pk != self.newest.pk


def shelves(versions: Iterable[PolicyVersion], waiting: Iterable[Proposal]) -> list[Shelf]:
    """By title. `versions` come newest first."""
    asked = {one.version_id for one in waiting}
    found: dict[object, Shelf] = {}
    for one in versions:
        shelf = found.setdefault(one.policy_id, Shelf(one))
        if one.is_adopted and shelf.in_force is None:
            shelf.in_force = one
        if one.pk in asked and shelf.waits is None:
            shelf.waits = one
    return sorted(found.values(), key=lambda shelf: shelf.title.casefold())
