"""What technical staff do for a case they know nothing of."""

from django.db import transaction

from safeguarding.audit.trail import record
from safeguarding.concerns.models import Case, Entry
from safeguarding.concerns.permissions import may_do_technical_step
from safeguarding.people.models import Member
from safeguarding.people.permissions import require

from ._writing import StepRef, write_entry


@transaction.atomic
def confirm_technical_step(*, by: Member, step: StepRef, text: str) -> Entry:
    """Confirm a technical step, such as blocking access, without seeing the case (OSP-11-IMG-07)."""
    require(may_do_technical_step, by, step.run, step.step_id)
    case = Case.objects.get(pk=step.run.subject_id, setting=by.setting_id)
    details = [("Who did it", by.display_name)]
    entry = write_entry(case, Entry.Kind.CONTAINMENT, by=by, text=text, details=details, step=step)
    record("run.technical_step_done", step.run, by=by, step=step.step_id)
    return entry
