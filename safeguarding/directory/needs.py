"""The directory in the order of what somebody needs, not of what an agency is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from safeguarding.directory.models import Contact

Kind = Contact.Kind


@dataclass(frozen=True)
class Need:
    """One part of the page."""

    id: str
    title: str
    contacts: list[Contact]


def helps(contact: Contact) -> bool:
    """Whether it gives support or information; reports and advice stand in parts of their own."""
    return contact.kind in {Kind.SUPPORT, Kind.INFORMATION}


NEEDS: tuple[tuple[str, str, Callable[[Contact], bool]], ...] = (
    ("danger", "A child is in danger now", lambda c: c.kind == Kind.EMERGENCY),
    ("report", "You want to report something", lambda c: c.kind == Kind.REPORT),
    ("advice", "You want advice", lambda c: c.kind == Kind.ADVICE),
    ("parents", "Support for parents and carers", lambda c: helps(c) and c.for_parents),
    ("children", "Support for children", lambda c: helps(c) and c.for_children),
    (
        "staff",
        "For people who work here",
        lambda c: helps(c) and not (c.for_parents or c.for_children),
    ),
)
LEVELS = [Contact.Level.INTERNAL, Contact.Level.LOCAL, Contact.Level.NATIONAL]


def by_need(contacts: Iterable[Contact]) -> list[Need]:
    """The parts of the page that have something in them; nearest help first, old names last."""
    ordered = sorted(contacts, key=lambda c: LEVELS.index(Contact.Level(c.level)))
    in_use = [contact for contact in ordered if not contact.superseded_by]
    parts = [Need(id_, title, [c for c in in_use if fits(c)]) for id_, title, fits in NEEDS]
    old = Need("old", "Names that have changed", [c for c in ordered if c.superseded_by])
    return [part for part in (*parts, old) if part.contacts]
