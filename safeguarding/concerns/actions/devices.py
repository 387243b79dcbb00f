"""Devices whose holder's role ran out by its day: nobody did anything, so nothing else says so."""

from django.db import transaction

from safeguarding.audit.trail import System, record
from safeguarding.concerns.models import Case

from ._holders import see_to_devices


@transaction.atomic
def see_to_left_devices(*, by: System, case: Case) -> bool:
    """See that those who lead a case know of its devices that were left behind. Whether that was new."""
    Case.objects.select_for_update(no_key=True).get(
        pk=case.pk
    )  # the second of two workers waits here
    if told := see_to_devices(case, by):
        record("case.settled", case, by=by)
    return told
