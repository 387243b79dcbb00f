"""A form that cannot be taken in as it was sent, as words, and whom it may be about (R10)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from safeguarding.concerns import kinds
from safeguarding.concerns.models import Concern, Involvement
from safeguarding.concerns.report import Person, Report
from safeguarding.people import held
from safeguarding.people.models import Child, Member, Setting
from safeguarding.portal.told import ALLEGED, About, Identity, Told, who_it_is_about

from .drops import Sent

APART = {"key", held.FIELD, "own_name", "contact"}  # no words of the report
CHOSEN = re.compile(r"people-\d+-who")
Found = Mapping[str, Child | Member]


@dataclass(frozen=True)
class Row:
    """One row of “who was involved”, as it was sent."""

    who: str
    name: str
    part: str


def in_words(sent: Sent, setting: Setting, writer: Member | None) -> Told:
    """All of it as words. Chosen, written or mentioned: nobody whom it may be about is told."""
    rows = list(_rows(sent))
    found = _chosen(setting, rows)
    report = Report(
        kind=kinds.OTHER,
        risk_area=Concern.RiskArea.UNSURE,
        in_danger_now=_box(sent, "in_danger_now") == "yes",
        told_lead="",
        happened_on=None,
        saw=_words(sent, found),
        people=tuple(_each_once([*_people(sent, setting, rows), *_those(rows, found)])),
    )
    name = _box(sent, "own_name") or str(writer or "")
    identity = Identity(name=name, contact=_box(sent, "contact"))
    return Told(report, Concern.ToldAs.OTHER, identity, sent.may_be_abuse)


def _words(sent: Sent, found: Found) -> str:
    """Every box with its name, and whoever was chosen by their name."""
    said = (
        (name, str(found.get(value, value)) if CHOSEN.fullmatch(name) else value)
        for name, values in sent.fields.items()
        if name not in APART
        for value in values
        if value
    )
    return "\n\n".join(f"{name}: {value}" for name, value in said)


def _people(sent: Sent, setting: Setting, rows: Iterable[Row]) -> Iterator[Person]:
    """Whom it may be about: a post, a name that was written, and whoever is mentioned anywhere."""
    about, said = _box(sent, "about"), _words(sent, {})
    post = About(about) if about in set(About) - {About.NO} else About.UNSURE
    written = [_box(sent, "name"), *(row.name for row in rows if row.part in {"", ALLEGED})]
    for name in ["", *filter(None, written)]:
        yield from who_it_is_about(setting, post, name, said)


def _those(rows: Iterable[Row], found: Found) -> Iterator[Person]:
    """Whoever was chosen. An adult without a part that we know is one whom it may be about."""
    for row in rows:
        who = found.get(row.who)
        if isinstance(who, Member):
            yield Person(row.part or ALLEGED, member=who)
        elif who:
            yield Person(row.part or Involvement.Part.OTHER, child=who)
        elif row.name and row.part not in {"", ALLEGED}:
            yield Person(row.part, name=row.name)


def _each_once(people: Iterable[Person]) -> Iterator[Person]:
    """The same person in the same part once, and in no other part than the one they are said to have done."""
    kept = list(dict.fromkeys(people))
    alleged = {one.member for one in kept if one.part == ALLEGED}
    return (
        one
        for one in kept
        if one.part == ALLEGED or one.member is None or one.member not in alleged
    )


def _rows(sent: Sent) -> Iterator[Row]:
    for box in filter(CHOSEN.fullmatch, sorted({*sent.fields} | _names(sent))):
        row = box.removesuffix("who")
        part = _box(sent, f"{row}part")
        known = part if part in set(Involvement.Part) else ""
        yield Row(_box(sent, box), _box(sent, f"{row}name"), known)


def _names(sent: Sent) -> set[str]:
    """The rows in which a name was written, by the box in which somebody would have been chosen."""
    return {re.sub(r"-name$", "-who", one) for one in sent.fields}


def _chosen(setting: Setting, rows: Iterable[Row]) -> Found:
    """The people of this setting whom somebody chose, by what the form said for them."""
    of: dict[str, set[UUID]] = {"member": set(), "child": set()}
    for row in rows:
        kind, _, pk = row.who.partition(":")
        try:
            of.get(kind, set()).add(UUID(pk))
        except ValueError:
            continue
    members = Member.objects.filter(setting=setting, pk__in=of["member"]).select_related("user")
    children = Child.objects.filter(setting=setting, pk__in=of["child"])
    return {f"member:{one.pk}": one for one in members} | {
        f"child:{one.pk}": one for one in children
    }


def _box(sent: Sent, name: str) -> str:
    """The last thing that was sent for a box, as a form would read it."""
    return next(reversed(sent.fields.get(name, [])), "").strip()
