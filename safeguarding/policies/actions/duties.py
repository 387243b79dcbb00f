"""Taking duties on, clause by clause; the newest word on each counts."""

from collections.abc import Iterable

from django.db import transaction

from safeguarding.audit.trail import record
from safeguarding.people.models import Member
from safeguarding.people.permissions import require
from safeguarding.people.turns import take_turn
from safeguarding.policies.adopting import Take
from safeguarding.policies.models import DutyAdoption
from safeguarding.policies.permissions import may_adopt_duties

from ._duties import written


@transaction.atomic
def adopt_duties(*, by: Member, takes: Iterable[Take]) -> list[DutyAdoption]:
    """Take duties on, or say why one is not taken on. Gives those that this changes; once more, none."""
    require(may_adopt_duties, by)
    take_turn(by.setting_id)
    changed = written(by, takes)
    if changed:
        out = sum(bool(one.opted_out_because) for one in changed)
        which = changed[0].duty_id if len(changed) == 1 else None
        record("duties.adopted", changed[0], by=by, number=len(changed), duty=which, opted_out=out)
    return changed
