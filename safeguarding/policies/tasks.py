"""What the worker does for policies. Safe to run twice."""

from django.utils import timezone
from django_tasks import task

from safeguarding.audit.trail import System
from safeguarding.people.each import in_each_setting
from safeguarding.people.models import Setting

from . import actions
from .models import NamedApprover


@task()
def look_after_proposals() -> None:
    """Say where a version waits for the yes of somebody who left the committee, setting by setting."""
    in_each_setting(_tell_of_missing)


def _tell_of_missing(setting: Setting) -> None:
    by = System("versions that wait for nobody", setting.pk)
    rows = NamedApprover.objects.filter(setting=setting).missing(timezone.localdate())
    for one in rows.select_related("proposal__setting", "proposal__version__setting"):
        actions.tell_of_missing(by=by, approver=one)
