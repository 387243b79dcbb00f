"""What is kept from whom: apps above say which of their things have come to name a member (rule R15).

Every list of messages, clocks and mails leaves those out, so that nothing a person may no longer know of
shows on any page, not even that it moves on.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import OuterRef, Q, QuerySet

from foundation.in_turn import InTurn
from safeguarding.people.models import Member

Ids = QuerySet[Any, Any]
Curtain = Callable[[Member], Iterable[Ids]]

_curtains: list[Curtain] = []


def curtain(function: Curtain) -> Curtain:
    """Register a function that gives the ids of things that name a member, as subqueries."""
    _curtains.append(function)
    return function


def kept_from(member: Member, field: str = "about_id") -> Q:
    """Rows whose root, in this field, is one of those things. Asks nothing by itself."""
    hidden = Q(pk__in=[])
    for function in _curtains:
        for ids in function(member):
            # Row by row: a list of all that is hidden would grow with every year.
            hidden |= Q(InTurn(ids.filter(pk=OuterRef(field))))
    return hidden
