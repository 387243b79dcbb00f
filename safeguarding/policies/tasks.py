"""What the worker does for policies. Safe to run twice."""

from django.utils import timezone
from django_tasks import task

from foundation import fence
from safeguarding.audit.trail import System
from safeguarding.people.models import Setting

from . import actions
from .models import NamedApprover


@task()
def look_after_proposals() -> None:
    """Say where a version waits for the yes of somebody who left the committee, setting by setting."""
    for setting in Setting.objects.order_by("slug"):
        with fence.inside(setting.pk):
            by = System("versions that wait for nobody", setting.pk)
            rows = NamedApprover.objects.filter(setting=setting).missing(timezone.localdate())
            for one in rows.select_related("proposal__setting", "proposal__version__setting"):
                actions.tell_of_missing(by=by, approver=one)
