"""The other people in the file of a child: what stands there for them, and the names they go by."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from safeguarding.concerns.models import BodyMark, Concern, Involvement
from safeguarding.people.models import Child, Member

from .hiding import Hide, Names, described, of_ours, ways_to_say


@dataclass
class Others:
    """Everyone in the file of a child but that child.

    Those `outside` have an account and never worked or helped here: parents and carers.
    """

    child: Child
    involvements: Collection[Involvement]
    outside: Mapping[UUID, Member]

    @cached_property
    def names(self) -> set[str]:
        """The ways to name those who do not work here, as somebody might write them."""
        said = [described(one.name) for one in self.involvements if not one.works_here]
        said += [name for one in self.outside.values() for name in one.names]
        return self._childrens.union(*(ways_to_say(one, but=self._own) for one in said))

    def of(self, concern: Concern, hide: Hide) -> list[str]:
        """Who is in a report: this child by name, adults who work here by name, others by their part."""
        there = [one for one in self.involvements if one.concern_id == concern.pk]
        return list(dict.fromkeys(self._by_part(one, hide) for one in there))

    def is_on_another(self, mark: BodyMark) -> bool:
        """Whether a mark is said to be on another child. Not where that is unclear: the lead looks."""
        named = self._all_children.found_in(mark.whose)
        return bool(named) and named <= self._childrens

    def _by_part(self, one: Involvement, hide: Hide) -> str:
        part = one.part_in_words
        if one.child_id == self.child.pk:
            return f"{one.person}: {part}"
        if one.member_id and one.member_id not in self.outside:
            return f"{of_ours(one.person, hide)}: {part}"
        who = "Another child" if one.child_id else "Somebody else"
        return f"{who}: {part}"

    @cached_property
    def _childrens(self) -> set[str]:
        children = {one.child for one in self.involvements if one.child} - {self.child}
        said = (ways_to_say(one.full_name, one.known_as, but=self._own) for one in children)
        return set[str]().union(*said)

    @cached_property
    def _all_children(self) -> Names:
        return Names(self._childrens | ways_to_say(self.child.full_name, self.child.known_as))

    @property
    def _own(self) -> str:
        return f"{self.child.full_name} {self.child.known_as}"
