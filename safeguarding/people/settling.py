"""What is settled again when somebody's place here changes: a tie or a role counts, or they are away.

Apps above register what they do then: whoever may no longer know of a thing, or is not there, hands over
what they owed on it. It happens in the transaction of the change, so that nothing is owed by nobody.
"""

from collections.abc import Callable

from django.utils import timezone

from .models import Member

Settle = Callable[[Member], None]

_settling: list[Settle] = []


def settles(function: Settle) -> Settle:
    """Register a function that settles again what a member owed or led."""
    _settling.append(function)
    return function


def settle_again(*members: Member) -> None:
    """Settle everything about these members, with the roles they hold now."""
    ids = sorted({member.pk for member in members})
    for member in Member.objects.with_roles(timezone.localdate()).filter(pk__in=ids):
        for function in _settling:
            function(member)
