"""The file of one child: all that concerns that child across cases, seen from that child alone.

Other children stand in it by their part, never by name. Nothing about an adult who works here is ever
in it (rule R12), and nothing that whoever looks may not read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import cached_property
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q, Value

from foundation.templatetags.uk import uk_date
from safeguarding.concerns import permissions
from safeguarding.concerns.models import Addendum, BodyMark, Case, Concern, Entry, Involvement
from safeguarding.law.calendar import LONDON
from safeguarding.people.models import Carer, Child, Member
from safeguarding.people.models.posts import ever_worked_here

from .content import BESIDE_AN_ENTRY, Content, Numbers, Roles, entry, report
from .files import listed
from .hiding import Hide, Names, Reading, ways_to_say
from .marks import marked
from .others import Others

Row = Concern | Entry


@dataclass(frozen=True)
class Item:
    """One thing in the file, at the moment when it happened."""

    moment: datetime
    row: Row

    @property
    def is_report(self) -> bool:
        return isinstance(self.row, Concern)


@dataclass
class ChildsFile:
    """What a member may read, or give out (`capability` X), of what concerns one child. Six queries."""

    child: Child
    member: Member
    capability: str = "R"
    _named: Q = field(init=False)

    def __post_init__(self) -> None:
        self._named = Q(child=self.child, in_error=False)

    @cached_property
    def cases(self) -> list[Case]:
        """The cases that this child is in, the newest first."""
        named = Involvement.objects.filter(self._named, setting=self.child.setting_id)
        here = Q(Exists(named.filter(case=OuterRef("pk")))) | Q(
            Exists(named.filter(concern__gathered__case=OuterRef("pk")))
        )
        rows = Case.objects.filter(permissions.cases_with(self.member, self.capability), here)
        return list(rows.exclude(record_class="C3").with_open().order_by("-created_at"))

    @cached_property
    def concerns(self) -> list[Concern]:
        """The reports that name this child; and, of its cases, those that name no child at all.

        In a case that the child is in, also one that names them in error: they are named there anew.
        """
        children = Involvement.objects.filter(concern=OuterRef("pk"), child__isnull=False)
        theirs = Q(Exists(children.filter(self._named)))
        nobodys = ~Q(Exists(children.filter(in_error=False)))
        anew = Q(Exists(children.filter(child=self.child)))
        mine = permissions.concerns_with(self.member, self.capability)
        within = Q(gathered__case__in=self._case_ids) & (nobodys | anew)
        rows = Concern.objects.filter(mine, theirs | within)
        rows = rows.exclude(Q(record_class="C3") | Q(gathered__case__record_class="C3"))
        rows = rows.select_related("reported_by__user", "gathered", "not_taken_forward")
        added = Addendum.objects.annotate(ours=ever_worked_here("added_by"))
        added = added.select_related("added_by__user").order_by("created_at")
        rows = rows.annotate(ours=ever_worked_here("reported_by"))
        return list(rows.prefetch_related(Prefetch("addenda", added)))

    @cached_property
    def entries(self) -> list[Entry]:
        """What is written on those cases, but for support given to other children and who was let in.

        What corrects such an entry says the same again, and is left out with it.
        """
        rows = Entry.objects.standing().filter(case__in=self._case_ids)
        rows = rows.select_related(*BESIDE_AN_ENTRY)
        by_pk = {one.pk: one for one in rows.annotate(ours=ever_worked_here("written_by"))}
        return [one for one in by_pk.values() if self._is_shown(_first(one, by_pk))]

    def _is_shown(self, row: Entry) -> bool:
        support = getattr(row, "support", None)
        for_another = support is not None and support.child_id not in {None, self.child.pk}
        return row.kind != Entry.Kind.ACCESS and not for_another

    @cached_property
    def items(self) -> list[Item]:
        """Reports and entries in the order in which they happened."""
        found = [Item(happened(one), one) for one in self.concerns]
        found += [Item(one.happened_at, one) for one in self.entries]
        return sorted(found, key=lambda one: (one.moment, one.row.created_at))

    @cached_property
    def numbers(self) -> Numbers:
        return Numbers(one.row for one in self.items)

    @cached_property
    def involvements(self) -> list[Involvement]:
        """Everyone in these cases and reports."""
        concerns = [one.pk for one in self.concerns]
        here = Q(case__in=self._case_ids) | Q(concern__in=concerns)
        by_case = Q(concern__gathered__case__in=self._case_ids)
        rows = Involvement.objects.filter(here | by_case, setting=self.child.setting_id)
        rows = rows.annotate(ours=ever_worked_here("member"))
        rows = rows.select_related("child", "member__user", "concern__gathered")
        return list(rows.order_by("created_at"))

    def authors(self) -> list[tuple[str, str]]:
        """Who wrote what is in it, by name, to choose from."""
        people = ((str(one.pk), one.display_name) for one in self.writers)
        return sorted(people, key=lambda one: one[1])

    @property
    def writers(self) -> set[Member]:
        """Everyone with an account who wrote some of it."""
        return {one for one in map(_author, (item.row for item in self.items)) if one}

    @cached_property
    def people(self) -> Others:
        """The other people in it, those included who only wrote some of it."""
        rows: list[tuple[Member | None, models.Model]] = []
        rows += [(one.member, one) for one in self.involvements]
        rows += [(one.added_by, one) for row in self.concerns for one in row.addenda.all()]
        rows += [(_author(one.row), one.row) for one in self.items]
        outside = {who.pk: who for who, row in rows if who and not _is_ours(row)}
        return Others(self.child, self.involvements, outside)

    def parts(self, case: Case) -> list[str]:
        """What this child is in a case, each part once."""
        rightly = (one for one in self.involvements if not one.in_error)
        mine = [one for one in rightly if one.child_id == self.child.pk]
        there = [one for one in mine if case.pk in {one.case_id, _gathered_in(one)}]
        return list(dict.fromkeys(one.get_part_display() for one in there))

    def as_content(
        self, items: Iterable[Item], hide: Hide, roles: Roles | None = None
    ) -> list[Content]:
        """Some of the items as plain values, with what is to be hidden left out of their words."""
        known = roles or Roles((), outside=self.people.outside)
        return [self._content(one.row, hide, known) for one in items]

    def _content(self, row: Row, hide: Hide, roles: Roles) -> Content:
        if isinstance(row, Concern):
            known = report(row, self.people.of(row, hide), roles, hide)
            known["number"] = self.numbers.of(row.pk)
        else:
            known = entry(
                row, self.numbers, roles, hide, with_pictures=row.case_id in self._with_pictures
            )
        marks = self._marks.get(row.pk, []) if self.is_for_paper else []
        return {**known, **marked(marks, hide)}

    @property
    def is_for_paper(self) -> bool:
        """Whether it is to be given out. The body is drawn there; on the screen, in the case."""
        return self.capability == "X"

    @cached_property
    def _marks(self) -> dict[UUID, list[BodyMark]]:
        """The marks on the body of this child, by the report or entry they belong to. One query."""
        found = dict[UUID, list[BodyMark]]()
        here = Q(concern__in=self.concerns) | Q(entry__in=self.entries)
        for mark in BodyMark.objects.filter(here):
            owner = mark.concern_id or mark.entry_id
            if owner and not self.people.is_on_another(mark):
                found.setdefault(owner, []).append(mark)
        return found

    @cached_property
    def _with_pictures(self) -> set[UUID]:
        return {one.pk for one in self.cases if one.record_class == "C4"}

    @property
    def _case_ids(self) -> list[UUID]:
        return [one.pk for one in self.cases]


def content_of(file: ChildsFile, hide: Hide) -> Content:
    """The whole file, for paper."""
    added = {one.added_by_id for row in file.concerns for one in row.addenda.all()}
    roles = Roles({one.pk for one in file.writers} | added, outside=file.people.outside)
    return {
        "title": f"File of {file.child.full_name}",
        "reference": "",
        "setting": file.child.setting.name,
        "facts": _facts(file, hide),
        "imagery": any(one.record_class == "C4" for one in file.cases),
        "people": [],
        "reports": [],
        "items": file.as_content(file.items, hide, roles),
        "files": listed(file.cases, hide),
        "readers": [],
    }


def _facts(file: ChildsFile, hide: Hide) -> list[list[str]]:
    born = file.child.born_on
    facts = [["Born", uk_date(born)]] if born else []
    for one in file.cases:
        part = ", ".join(file.parts(one)).lower()
        state = "open" if one.is_open else "closed"
        facts.append([f"Case {one.reference}", f"{hide(one.title)}: {part} ({state})"])
    return facts


def names_in(file: ChildsFile, items: Iterable[Item]) -> set[str]:
    """Names that stand in the words of these items: of the others in the file, and of any family here."""
    written = Reading()
    file.as_content(items, written)
    _facts(file, written)
    _names_of_files(file, written)
    every = file.people.names | _roll(file)
    return Names(written.possible(every)).found_in("\n".join(written.texts))


def _names_of_files(file: ChildsFile, hide: Hide) -> None:
    for row in file.entries:
        if row.kind == Entry.Kind.FILE:
            hide(row.case_file.file.name)


def _roll(file: ChildsFile) -> set[str]:
    """What the other children of the setting are called, and who cares for them. Those who left as well.

    Who cares for a child in the file may be called by half: the name of a mother says which child it was.
    """
    own = file.child.family_id
    there = {one.child.family_id for one in file.involvements if one.child}
    rows = _families(file.child)
    kin = {name for family, name, _, cares in rows if cares and family == own}
    but = f"{file.child.full_name} {file.child.known_as} {' '.join(kin)}"
    names = {name for _, *both, _ in rows for name in both if name}
    near = (name for family, name, _, cares in rows if cares and family in there - {own})
    names = names.union(*(ways_to_say(name, but=but) for name in near))
    ours = {name for one in file.writers for name in one.names if one.pk not in file.people.outside}
    return names - kin - ours - {file.child.full_name, file.child.known_as}


def _families(child: Child) -> list[tuple[UUID | None, str, str, int]]:
    """Every other child and every carer who never worked here: the family, how they are called. One query."""
    children = Child.objects.filter(setting=child.setting_id).exclude(pk=child.pk)
    carers = Carer.objects.filter(~ever_worked_here("member"), setting=child.setting_id)
    rows = children.annotate(cares=Value(0)).values_list("family", "full_name", "known_as", "cares")
    others = carers.annotate(nick=Value(""), cares=Value(1))
    return list(rows.union(others.values_list("family", "name", "nick", "cares"), all=True))


def happened(concern: Concern) -> datetime:
    """When it happened; without a time, at the beginning of that day."""
    if concern.happened_on is None:  # the public form asks for it in words
        return concern.created_at
    return datetime.combine(concern.happened_on, concern.happened_time or time(), LONDON)


def _first(row: Entry, by_pk: Mapping[UUID, Entry]) -> Entry:
    """The entry that was there before it was corrected, and the correction corrected."""
    while row.corrects_id and row.corrects_id in by_pk:
        row = by_pk[row.corrects_id]
    return row


def _author(row: Row) -> Member | None:
    return row.reported_by if isinstance(row, Concern) else row.written_by


def _is_ours(row: models.Model) -> bool:
    """Whether whoever it names, or whoever wrote it, ever worked or helped here."""
    return bool(getattr(row, "ours"))  # noqa: B009  annotated


def _gathered_in(one: Involvement) -> UUID | None:
    gathered = getattr(one.concern, "gathered", None) if one.concern else None
    return gathered.case_id if gathered else None
