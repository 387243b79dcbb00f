"""Whether what a message leads to is still open to whoever got it.

A role ends, or a place on a list, and the message stays. It then stands there without a link: nobody is led
to a page that is not there for them, and noted as having knocked at it. Apps above say so for their pages;
a page of which none says anything is open to everyone here.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import QuerySet
from django.urls import Resolver404, resolve

from safeguarding.people.middleware import INSIDE
from safeguarding.people.models import Member

from .models import Notification

# The records a member may open there, or whether they may open it at all.
Open = Callable[[Member], QuerySet[Any] | bool]


class Page(NamedTuple):
    """A page of an app: to whom it is open, and what its address calls the record it shows."""

    is_open: Open
    names: str


class Place(NamedTuple):
    """Where a message leads: the name of a page, and the ids in its address."""

    name: str
    ids: Mapping[str, Any]


PAGES: dict[str, Page] = {}


def opens(name: str, to: Open, names: str = "") -> None:
    """Say to whom a page is open: by a rule about the member, or by which records they may read."""
    PAGES[name] = Page(to, names)


def closed_to(member: Member, messages: Iterable[Notification]) -> set[UUID]:
    """Those of these messages that lead to nothing the member may open. One query at most."""
    led = {one.pk: place for one in messages if (place := _place(one.path)).name in PAGES}
    found = {name: PAGES[name].is_open(member) for name in {one.name for one in led.values()}}
    rows = {name: rows for name, rows in found.items() if isinstance(rows, QuerySet)}
    wanted = {pk: one.ids[PAGES[one.name].names] for pk, one in led.items() if one.name in rows}
    there = _there([*rows.values()], {*wanted.values()})
    shut = {pk for pk, one in led.items() if found[one.name] is False}
    return shut | {pk for pk, record in wanted.items() if record not in there}


def _there(rows: list[QuerySet[Any]], ids: set[UUID]) -> set[UUID]:
    """Which of these records are among these rows, whatever they are of."""
    if not rows:
        return set()
    first, *others = (one.filter(pk__in=ids).order_by().values_list("pk") for one in rows)
    return {pk for (pk,) in (first.union(*others) if others else first)}


def _place(path: str) -> Place:
    """An address inside a setting; nowhere, where an earlier version of the program had such a page."""
    rest = urlsplit(path).path.split("/", 3)[-1]
    try:
        found = resolve(f"/{rest}", urlconf=INSIDE)
    except Resolver404:
        return Place("", {})
    return Place(found.view_name, found.kwargs)
