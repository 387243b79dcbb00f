"""Opening a setting with all that it begins with: its people, and the list of who to call."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from safeguarding.audit.trail import System
from safeguarding.directory.actions import install_defaults
from safeguarding.people import actions
from safeguarding.people.models import Member


@transaction.atomic
def open_with_people(by: System, **known: Any) -> Sequence[Member]:
    """Open a setting, as `open_setting` does, and fill its directory. Answers its people."""
    setting = actions.open_setting(by=by, **known)
    install_defaults(by=by, setting=setting)
    return list(Member.objects.filter(setting=setting).select_related("user", "setting"))
