"""The library as a list: for each policy what is in force, what is newer, and what waits."""

from collections.abc import Iterable
from dataclasses import dataclass

from .models import PolicyVersion, Proposal
from .reviews.due import Standing


@dataclass
class Shelf:
    """One policy."""

    newest: PolicyVersion
    in_force: PolicyVersion | None = None
    waits: PolicyVersion | None = None
    review: Standing | None = None  # when it is looked at next

    @property
    def title(self) -> str:
        return (self.in_force or self.newest).title

    @property
    def is_behind(self) -> bool:
        """Whether there is a newer version that was not adopted."""
        return not self.newest.is_adopted

    @property
    def is_withdrawn(self) -> bool:
        return self.review is not None and self.review.withdrawn


def shelves(
    versions: Iterable[PolicyVersion], waiting: Iterable[Proposal], reviews: Iterable[Standing]
) -> list[Shelf]:
    """By title, those that count first. `versions` come newest first."""
    looked_at = {one.policy_id: one for one in reviews}
    asked = {one.version_id for one in waiting}
    found: dict[object, Shelf] = {}
    for one in versions:
        shelf = found.setdefault(one.policy_id, Shelf(one, review=looked_at.get(one.policy_id)))
        if one.is_adopted and shelf.in_force is None and not shelf.is_withdrawn:
            shelf.in_force = one
        if one.pk in asked and shelf.waits is None:
            shelf.waits = one
    return sorted(found.values(), key=lambda one: (one.is_withdrawn, one.title.casefold()))
