"""What may belong together: brothers and sisters of a child in a case, and reports that share something."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from foundation.likeness import likeness
from safeguarding.people.models import Child, Family, Member

from .models import Case, Concern, Involvement
from .permissions import may_lead

MOST_CANDIDATES = 200
MOST_SHOWN = 20
SAME = {
    "place": "the same place",
    "device": "the same device",
    "web_address": "the same web address",
}


@dataclass(frozen=True)
class Related:
    """A report that shares something with another, and what."""

    concern: Concern
    shares: tuple[str, ...]


@dataclass(frozen=True)
class Traits:
    """What reports may share: children, adults, names, and what is written in three of the boxes."""

    children: frozenset[UUID]
    members: frozenset[UUID]
    names: frozenset[str]
    written: dict[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, concerns: Iterable[Concern], people: Iterable[Involvement]) -> Self:
        known, rows = list(people), list(concerns)
        return cls(
            children=frozenset(one.child_id for one in known if one.child_id and not one.in_error),
            members=frozenset(one.member_id for one in known if one.member_id),
            names=frozenset(_alike(one.name) for one in known if one.name),
            written={
                box: frozenset(_alike(getattr(one, box)) for one in rows if getattr(one, box))
                for box in SAME
            },
        )

    def shared_with(self, other: "Traits") -> tuple[str, ...]:
        """What two have in common, in words."""
        shared = []
        if self.children & other.children:
            shared.append("the same child")
        if self.members & other.members or self.names & other.names:
            shared.append("the same person")
        shared += [words for box, words in SAME.items() if self.written[box] & other.written[box]]
        return tuple(shared)


def related_to(
    concerns: list[Concern], people: Iterable[Involvement], member: Member
) -> list[Related]:
    """Other reports that this member may read and that share something. Three queries.

    Those that share most come first, then the newest. What is about an adult here shows such a link on
    its own pages only, never on those of a report or case about a child (rule R12).
    """
    traits = Traits.of(concerns, people)
    own = {one.pk for one in concerns}
    ids = _candidates(traits, member.setting_id) if _any(traits) else []
    rows = Concern.objects.readable_by(member).filter(pk__in=[one for one in ids if one not in own])
    if not any(_is_about_an_adult_here(one) for one in concerns):
        rows = rows.exclude(Q(record_class="C3") | Q(gathered__case__record_class="C3"))
    rows = rows.select_related("gathered__case").prefetch_related("involvements")
    found = [
        Related(one, traits.shared_with(Traits.of([one], one.involvements.all())))
        for one in rows.order_by("-created_at")
    ]
    return sorted(found, key=lambda one: -len(one.shares))[:MOST_SHOWN]


def siblings_to_add(case: Case, people: Iterable[Involvement], member: Member) -> list[Child]:
    """Children of the families of those in a case who are not in it yet. One query.

    Only for whoever may add them, and may read which families there are.
    """
    there = [one.child for one in people if one.child and not one.in_error]
    if not may_lead(member, case) or not there:
        return []
    families = Family.objects.readable_by(member).filter(
        pk__in=[one.family_id for one in there if one.family_id]
    )
    rows = Child.objects.readable_by(member).filter(family__in=families)
    rows = rows.exclude(pk__in=[one.pk for one in there])
    return list(rows.attending(timezone.localdate()))


def _alike(words: str) -> str:
    """Words as they are compared: as `likeness` finds them, whatever capitals and spaces."""
    return " ".join(words.split()).casefold()


def _is_about_an_adult_here(concern: Concern) -> bool:
    gathered = getattr(concern, "gathered", None)
    return "C3" in {concern.record_class, gathered.case.record_class if gathered else ""}


def _any(traits: Traits) -> bool:
    return any((traits.children, traits.members, traits.names, *traits.written.values()))


def _candidates(traits: Traits, setting: UUID) -> list[UUID]:
    """Ids of reports that share something, whoever may read them. Each part goes by an index of its own."""
    here = Concern.objects.filter(setting=setting)
    people = Involvement.objects.filter(setting=setting, concern__isnull=False)
    by_person = people.filter(
        Q(child__in=traits.children, in_error=False) | Q(member__in=traits.members)
    )
    by_name = people.filter(name_like__in=[likeness(setting, "name", one) for one in traits.names])
    by_box = [
        here.filter(**{f"{box}_like__in": [likeness(setting, box, one) for one in words]})
        for box, words in traits.written.items()
    ]
    told = ("concern_id", "concern__created_at")
    others = [rows.values_list("pk", "created_at") for rows in by_box]
    by_person_too = by_name.values_list(*told)
    every = by_person.values_list(*told).union(by_person_too, *others)
    newest = every.order_by("-concern__created_at")
    return [pk for pk, _ in newest[:MOST_CANDIDATES]]
