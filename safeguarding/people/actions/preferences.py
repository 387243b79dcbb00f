"""What people choose for themselves."""

from django.db import transaction

from safeguarding.audit.trail import record
from safeguarding.people import permissions
from safeguarding.people.models import Member, Preference
from safeguarding.people.permissions import require


@transaction.atomic
def prefer(*, by: Member, about: str, wanted: bool) -> Preference:
    """Turn one kind of help on or off for oneself."""
    require(permissions.may_prefer, by)
    chosen = Preference.objects.create(setting=by.setting, member=by, about=about, wanted=wanted)
    record("preference.chosen", chosen, by=by, about=about, wanted="yes" if wanted else "no")
    return chosen
