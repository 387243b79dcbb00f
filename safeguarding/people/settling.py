"""What is settled again when somebody's place here changes: a tie or a role counts, or they are away.

Apps above register what they do then: whoever may no longer know of a thing, or is not there, hands over
what they owed on it. It happens in the transaction of the change, so that nothing is owed by nobody.
"""

from collections.abc import Callable, Sequence

from django.db import transaction
from django.utils import timezone

from .models import Member

Settle = Callable[[Member], None]
Hold = Callable[[Sequence[Member]], None]

_settling: list[Settle] = []
_holding: list[Hold] = []


def settles(function: Settle) -> Settle:
    """Register a function that settles again what a member owed or led."""
    _settling.append(function)
    return function


def holds(function: Hold) -> Hold:
    """Register a function that holds whatever may be settled again, before any of it is."""
    _holding.append(function)
    return function


@transaction.atomic
def settle_again(*members: Member) -> None:
    """Settle everything about these members, with the roles they hold now.

    Call it before `record`: what they owe may be held by somebody who waits to write their own line.
    """
    if found := hold_what_is_settled(*members):
        for member in found:
            for function in _settling:
                function(member)


def hold_what_is_settled(*members: Member) -> list[Member]:
    """Let nobody else change what they owe or lead before the commit. These members, as they are now."""
    ids = {member.pk for member in members}
    rows = Member.objects.with_roles(timezone.localdate()).filter(pk__in=ids)
    found = list(rows.order_by("pk")) if ids else []
    for function in _holding if found else []:
        function(found)
    return found
