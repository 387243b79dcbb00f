"""Who may know what prompted a look at a policy, where that is not for everybody who leads.

The app that holds the ground says so: this one keeps no trace of it. Where nobody says, nobody sees it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db.models import Q

if TYPE_CHECKING:
    from safeguarding.people.models import Member

Known = Callable[["Member"], Q]

_registered: list[Known] = []


def knows_grounds(function: Known) -> Known:
    """Register which close requests a member may know of, as a condition on requests."""
    _registered.append(function)
    return function


def known_to(member: Member) -> Q:
    """The close requests whose ground this member may know."""
    found = Q(pk__in=[])
    for function in _registered:
        found |= function(member)
    return found
