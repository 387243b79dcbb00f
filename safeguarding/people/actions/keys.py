"""Saying that somebody's new key is theirs (rules R13, R23)."""

from django.db import transaction

from foundation.errors import RuleBroken
from safeguarding.audit.trail import record
from safeguarding.people import permissions
from safeguarding.people.models import Member, PersonKey, PersonKeyConfirmed
from safeguarding.people.permissions import require
from safeguarding.people.turns import take_turn


@transaction.atomic
def confirm_key(*, by: Member, key: PersonKey) -> PersonKeyConfirmed:
    """Say that the words of a colleague's new key were compared with them, not by mail.

    From now on records are sealed to it. What was sealed before is shared by somebody who reads it.
    """
    require(permissions.may_confirm_key, by, key)
    take_turn(by.setting_id)
    if not PersonKey.objects.to_confirm(by).filter(pk=key.pk).exists():
        raise RuleBroken("This key does not wait for anybody any more. Look at the page again.")
    confirmed = PersonKeyConfirmed.objects.create(setting=by.setting, key=key, confirmed_by=by)
    record("key.confirmed", key, by=by, person=str(key.user_id))
    return confirmed
